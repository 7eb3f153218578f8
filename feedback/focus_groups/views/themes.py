"""Themes: their list by country, one theme with its quotes, and the form."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import saving
from cop_platform.common.refusals import NotPossible
from experts.models import Country
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain import own_countries
from feedback.focus_groups.domain.coding import independence, theme_page, theme_writing
from feedback.focus_groups.forms.themes import ThemeForm
from feedback.focus_groups.models import Theme


@require_safe
def theme_list(request: MemberRequest) -> HttpResponse:
    permissions.may_enter(request.user)
    country, countries = _country(request, all_for_manager=True)
    looks = request.GET.get("all") == "1"
    closed = independence.closed_to(request.user, country.pk, looks=looks)
    context = {
        "country": country,
        "countries": countries,
        "rows": theme_page.listed(country, request.user, closed),
        "closed": len(closed),
        "looks": looks,
        "may_write": permissions.may_hear.allows(request.user, country.pk),
    }
    return render(request, "feedback/theme_list.html", context)


@require_safe
def theme_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Theme.objects.visible_to(request.user)
    theme = get_object_or_404(visible.select_related("country", "version__material"), pk=pk)
    looks = request.GET.get("all") == "1"
    closed = independence.closed_to(request.user, theme.country_id, looks=looks)
    context = {
        "theme": theme,
        "page": theme_page.build(theme, request.user, closed),
        "closed": len(closed),
        "looks": looks,
    }
    return render(request, "feedback/theme_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_new(request: MemberRequest) -> HttpResponse:
    permissions.may_code(request.user)
    country, _countries = _country(request, all_for_manager=False)
    form = ThemeForm(request.POST if request.method == "POST" else None, country=country)
    if form.is_bound and form.is_valid():
        try:
            theme = theme_writing.add(
                country=country, said=form.said(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, _("The theme is written down."))
            return redirect(theme)
    context = {"form": form, "country": country, "theme": None}
    return render(request, "feedback/theme_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Theme.objects.visible_to(request.user).select_related("country", "version")
    theme = get_object_or_404(visible, pk=pk)
    permissions.may_hear(request.user, theme.country_id)
    data = request.POST if request.method == "POST" else None
    form = ThemeForm(data, country=theme.country, theme=theme)
    saved = saving.save(
        request,
        form,
        theme,
        lambda revision: theme_writing.change(
            theme_id=pk,
            said=form.said(),
            revision=revision,
            by=request.user,
            at=timezone.now(),
        ),
        beside="title",
    )
    if saved.is_done:
        messages.success(request, _("The theme is saved."))
        return redirect(theme)
    context = {"form": form, "country": theme.country, "theme": theme, "saved": saved}
    return render(request, "feedback/theme_form.html", context, status=saved.status)


def _country(request: MemberRequest, *, all_for_manager: bool) -> tuple[Country, list[Country]]:
    among = own_countries.open_to(request.user, all_for_manager=all_for_manager)
    country = own_countries.chosen(request.user, among, request.GET.get("country", ""))
    if country is None:
        raise Http404
    return country, among
