"""Briefs: the list, one to read and take home, making and changing one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting import writing
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.briefs import document, making, page, sources
from practices.forms.briefs import BriefEditForm, BriefForm
from practices.models import Brief

PER_PAGE = 25
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def brief_list(request: MemberRequest) -> HttpResponse:
    briefs = Brief.objects.visible_to(request.user).select_related("country")
    context = {
        "page_obj": Paginator(briefs, PER_PAGE).get_page(request.GET.get("page")),
        "may_write": permissions.may_write_briefs.allows(request.user),
    }
    return render(request, "practices/brief_list.html", context)


@require_safe
def brief_detail(request: MemberRequest, pk: int) -> HttpResponse:
    brief = _brief(request, pk)
    return _shown(request, brief)


@require_http_methods(["GET", "HEAD", "POST"])
def brief_new(request: MemberRequest) -> HttpResponse:
    permissions.may_write_briefs(request.user)
    data = request.POST if request.method == "POST" else None
    form = BriefForm(data, offered=sources.offered(request.user))
    if form.is_bound and form.is_valid():
        try:
            made = making.make(**form.cleaned_data, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("refs", str(error))
        else:
            messages.success(request, _("Say each line in the words of its readers now."))
            return redirect(made[0]) if len(made) == 1 else redirect("brief_list")
    return render(request, "practices/brief_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def brief_edit(request: MemberRequest, pk: int) -> HttpResponse:
    brief = _brief(request, pk)
    permissions.may_edit_brief(request.user, brief.country_id)
    form = BriefEditForm(request.POST if request.method == "POST" else None, brief=brief)
    if form.is_bound and form.is_valid():
        try:
            making.change(
                brief_id=pk,
                revision=form.cleaned_data["revision"],
                title=form.cleaned_data["title"],
                intro=form.cleaned_data["intro"],
                lines=form.said(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The brief is saved."))
            return redirect(brief)
    context = {"brief": brief, "form": form}
    return render(request, "practices/brief_edit.html", context)


@require_safe
def brief_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The brief to print; its lines and sources lie within it as JSON."""
    brief = _brief(request, pk)
    attached = {"brief.json": document.data(brief)}
    try:
        content = writing.writers().pdf(document.document(brief), attached)
    except NotPossible as error:
        return _shown(request, brief, str(error))
    return _file(content, "application/pdf", f"brief-{pk}.pdf")


@require_safe
def brief_docx(request: MemberRequest, pk: int) -> HttpResponse:
    """The same to go on writing in."""
    content = writing.writers().docx(document.document(_brief(request, pk)))
    return _file(content, _DOCX, f"brief-{pk}.docx")


def _brief(request: MemberRequest, pk: int) -> Brief:
    seen = Brief.objects.visible_to(request.user).select_related("country", "made_by")
    return get_object_or_404(seen, pk=pk)


def _shown(request: MemberRequest, brief: Brief, problem: str = "") -> HttpResponse:
    context = {
        "brief": brief,
        "themes": page.themes(brief),
        "problem": problem,
        "may_edit": permissions.may_edit_brief.allows(request.user, brief.country_id),
    }
    return render(request, "practices/brief_detail.html", context)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
