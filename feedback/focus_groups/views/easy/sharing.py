"""Views translate: the link of a form, its code, its poster and its paper version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.files import private_bytes
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import editing, form_links, guest_words, listed, paper
from feedback.focus_groups.forms.sharing import PosterForm
from feedback.focus_groups.models import EasyForm
from sessions.domain import feeds

_PDF = "application/pdf"


@require_safe
def form_share(request: MemberRequest, pk: int) -> HttpResponse:
    form = _form(request, pk)
    if listed.is_rule(form):
        return redirect("form_detail", pk=pk)
    return _page(request, form, PosterForm(form=form))


@require_safe
def form_poster(request: MemberRequest, pk: int) -> HttpResponse:
    """The poster in the languages of the address; without one, the page that asks for them."""
    form = _form(request, pk)
    asked = PosterForm(request.GET or None, form=form)
    if not asked.is_valid():
        return _page(request, form, asked)
    return _printed(request, form, asked, asked.cleaned_data["languages"])


@require_safe
def form_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The paper version in a language that the form offers, else in its first one."""
    form = _form(request, pk)
    chosen = request.GET.get("language", "")
    code = chosen if chosen in form.languages else form.languages[0]
    try:
        content = paper.sheet(form, code)
    except NotPossible as error:
        messages.error(request, str(error))
        return _page(request, form, PosterForm(form=form))
    return private_bytes(content, name=f"form-{pk}-{code}.pdf", media_type=_PDF)


@require_http_methods(["GET", "POST"])
def form_call_back(request: MemberRequest, pk: int) -> HttpResponse:
    """GET asks, POST makes every link and printed code worthless."""
    form = _form(request, pk)
    permissions.may_plan(request.user, form.country_id)
    if request.method == "POST":
        editing.call_back(form_id=pk, by=request.user, at=timezone.now())
        messages.success(
            request, _("The old links and codes are worthless. Share and print the new one.")
        )
        return redirect("form_share", pk=pk)
    return render(request, "feedback/form_call_back.html", {"row": form})


def _printed(
    request: MemberRequest, form: EasyForm, asked: PosterForm, codes: list[str]
) -> HttpResponse:
    try:
        content = paper.poster(form, codes)
    except NotPossible as error:
        asked.add_error(None, str(error))
        return _page(request, form, asked)
    return private_bytes(content, name=f"poster-{form.pk}.pdf", media_type=_PDF)


def _page(request: MemberRequest, form: EasyForm, asked: PosterForm) -> HttpResponse:
    link = form_links.link(form)
    at = timezone.now()
    context = {
        "row": form,
        "state": listed.state(form, at),
        "standing": listed.standing(form, at),
        "link": link,
        "qr": feeds.qr_code(link),
        "papers": [(code, guest_words.own_name(code)) for code in form.languages],
        "poster": asked,
        "may_plan": permissions.may_plan.allows(request.user, form.country_id),
        "is_open": listed.state(form, at) is listed.State.OPEN,
    }
    return render(request, "feedback/form_share.html", context)


def _form(request: MemberRequest, pk: int) -> EasyForm:
    return get_object_or_404(listed.one(request.user), pk=pk)
