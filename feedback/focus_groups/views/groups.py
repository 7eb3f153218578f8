"""Focus groups: the list, a plan, its page, what is told of it, and the end of capture."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from experts import reference
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.planning import group_list, group_page, group_parts, planning
from feedback.focus_groups.enums import HOSTS, Recruited
from feedback.focus_groups.forms.groups import (
    GroupFilterForm,
    GroupForm,
    NumbersForm,
    ToldForm,
    initial_for,
    initial_from,
)
from feedback.focus_groups.models import FocusGroup
from feedback.focus_groups.views import conflicts
from sessions.enums import Kind
from sessions.models import CopSession

PER_PAGE = 25


@require_safe
def group_list_page(request: MemberRequest) -> HttpResponse:
    permissions.may_enter(request.user)
    form = GroupFilterForm(request.GET, user=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = group_list.asked_for(request.user, **wanted)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = group_list.rows(page_obj.object_list, request.user, timezone.now())
    own = request.user.access.countries(*HOSTS)
    context = {
        "form": form,
        "narrows": form.is_valid() and form.narrows,
        "page_obj": page_obj,
        "ahead": [row for row in reversed(rows) if row.is_ahead],
        "held": [row for row in rows if not row.is_ahead],
        "unplanned": group_list.unplanned(request.user),
        "may_plan_sessions": request.user.access.plans_sessions,
        "hears": bool(own),
        "kind": Kind.FOCUS_GROUP,
        "cards": [
            c for c in reference.countries() if request.user.access.is_manager or c.pk in own
        ],
    }
    return render(request, "feedback/group_list.html", context)


@require_safe
def group_detail(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    context = {
        "group": group,
        "page": group_page.build(group, request.user, timezone.now()),
        "panels": panels.of("focus group", request.user, group),
        **group_page.may(request.user, group),
    }
    return render(request, "feedback/group_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_plan(request: MemberRequest, pk: int) -> HttpResponse:
    """The plan of a session's group; a session that has one already leads there."""
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_enter(request.user)
    planned = FocusGroup.objects.visible_to(request.user).filter(session=session).first()
    if planned:
        return redirect("group_edit", pk=planned.pk)
    form = GroupForm(
        request.POST or None, initial=initial_for(session), user=request.user, session=session
    )
    if form.is_valid():
        try:
            group = planning.plan_group(
                session_id=pk, plan=form.plan(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(_beside(error), str(error))
        else:
            messages.success(request, _("The focus group is planned. Look at what is missing."))
            return redirect(group)
    context = {"form": form, "session": session, "is_group": session.kind == Kind.FOCUS_GROUP}
    return render(request, "feedback/group_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    permissions.may_plan(request.user, group.country_id)
    asked: dict[str, Any] = {"user": request.user, "session": group.session, "group": group}
    form = GroupForm(request.POST or None, initial=initial_from(group), **asked)
    if form.is_valid():
        try:
            planning.change_group(
                group_id=pk,
                revision=form.cleaned_data["revision"] or 0,
                plan=form.plan(),
                by=request.user,
                at=timezone.now(),
            )
        except planning.EditedMeanwhile:
            group.refresh_from_db()
            stored = GroupForm(initial=initial_from(group), **asked)
            return _conflict(request, group, stored, form)
        except NotPossible as error:
            form.add_error(_beside(error), str(error))
        else:
            messages.success(request, _("The focus group was saved."))
            return redirect(group)
    context = {"form": form, "session": group.session, "group": group, "is_group": True}
    return render(request, "feedback/group_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_told(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    permissions.may_plan(request.user, group.country_id)
    form = ToldForm(request.POST or None, initial=_told(group))
    if form.is_valid():
        try:
            planning.tell_of_group(
                group_id=pk,
                revision=form.cleaned_data["revision"] or 0,
                told=form.told(),
                by=request.user,
                at=timezone.now(),
            )
        except planning.EditedMeanwhile:
            group.refresh_from_db()
            return _conflict(request, group, ToldForm(initial=_told(group)), form)
        messages.success(request, _("What is told of this group was saved."))
        return redirect(group)
    return render(request, "feedback/group_told.html", {"form": form, "group": group})


@require_http_methods(["GET", "HEAD", "POST"])
def group_numbers(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    permissions.may_plan(request.user, group.country_id)
    counted = dict(group.recruited.values_list("step", "people"))
    form = NumbersForm(request.POST or None, initial=counted)
    if form.is_valid():
        try:
            group_parts.count_people(
                group_id=pk, counts=form.counts(), by=request.user, at=timezone.now()
            )
        except group_parts.CountsDoNotFit as error:
            form.add_error(error.step, str(error))
        else:
            messages.success(request, _("The numbers were saved."))
            return redirect(group)
    context = {"form": form, "group": group, "steps": Recruited}
    return render(request, "feedback/group_numbers.html", context)


@require_POST
def group_close(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    try:
        planning.close_capture(
            group_id=pk, day=clock.today_of(request.user), by=request.user, at=timezone.now()
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Capture is closed: the group now counts in reports."))
    return redirect(group)


@require_POST
def group_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    planning.reopen_capture(group_id=pk, by=request.user, at=timezone.now())
    messages.success(
        request, _("Capture is open again: until you close it, reports leave this group out.")
    )
    return redirect(group)


def _group(request: MemberRequest, pk: int) -> FocusGroup:
    found = FocusGroup.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("session", "country", "guide"), pk=pk)


def _told(group: FocusGroup) -> dict[str, object]:
    return {name: getattr(group, name) for name in (*planning.TOLD, "revision")}


def _beside(error: NotPossible) -> str | None:
    """The field a refusal belongs to."""
    if isinstance(error, planning.WrongGuide):
        return "guide"
    return "interpreter_1" if isinstance(error, group_parts.InterpreterInUse) else None


def _conflict(
    request: MemberRequest,
    group: FocusGroup,
    stored: GroupForm | ToldForm,
    typed: GroupForm | ToldForm,
) -> HttpResponse:
    return conflicts.page(
        request,
        stored=stored,
        typed=typed,
        mark=("revision", group.revision),
        title=group.session.title,
        back=group.get_absolute_url(),
    )
