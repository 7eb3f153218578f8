"""Actions: the list, one action, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import saving
from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain.actions import origins, page, settling, writing
from sessions.enums import ActionState
from sessions.forms.actions import ActionFilterForm, ActionForm, DropForm
from sessions.models import ActionItem, CopSession

PER_PAGE = 30
_SHOWN = ("owner__country", "goal", "session", "written_by")
_FIELDS = {writing.ForeignOwner: "owner", writing.ForeignGoal: "goal"}


@require_safe
def action_list(request: MemberRequest) -> HttpResponse:
    form = ActionFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    today = clock.today_of(request.user)
    found = page.found(request.user, form.wanted(), today)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "rows": page.rows(shown.object_list, today),
        "may_add": permissions.may_begin_action.allows(request.user),
    }
    return render(request, "sessions/action_list.html", context)


@require_safe
def action_detail(request: MemberRequest, pk: int) -> HttpResponse:
    action = _action(request, pk)
    session = action.session
    context = {
        "action": action,
        "row": page.rows([action], clock.today_of(request.user))[0],
        "origin": origins.of(action, request.user),
        "sees_session": session is not None
        and CopSession.objects.visible_to(request.user).contains(session),
        "may_change": permissions.may_change_action.allows(request.user, action),
    }
    return render(request, "sessions/action_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: MemberRequest) -> HttpResponse:
    permissions.may_begin_action(request.user)
    session = _session(request)
    form = ActionForm(request.POST or None, user=request.user, session=session)
    if form.is_valid():
        try:
            action = writing.write(
                plan=form.plan(),
                source=writing.Source(session),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(_FIELDS.get(type(error)), str(error))
        else:
            messages.success(request, _("The action is written down. Its owner is told."))
            return redirect(action)
    return render(
        request, "sessions/action_form.html", {"form": form, "action": None, "session": session}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: MemberRequest, pk: int) -> HttpResponse:
    action = _action(request, pk)
    permissions.may_change_action(request.user, action)
    form = ActionForm(request.POST or None, user=request.user, action=action)
    saved = saving.save(
        request,
        form,
        action,
        lambda revision: writing.change(
            action_id=pk,
            revision=revision,
            plan=form.plan(),
            by=request.user,
            at=timezone.now(),
        ),
        fields=_FIELDS,
    )
    if saved.is_done:
        messages.success(request, _("It was saved."))
        return redirect(action)
    context = {"form": form, "action": action, "saved": saved}
    return render(request, "sessions/action_form.html", context, status=saved.status)


@require_POST
def action_done(request: MemberRequest, pk: int) -> HttpResponse:
    """Done, or with "done" empty open again."""
    action = _action(request, pk)
    try:
        if request.POST.get("done") == "":
            settling.reopen(action_id=pk, by=request.user, at=timezone.now())
            messages.success(request, _("It is open again."))
        else:
            settling.done(action_id=pk, by=request.user, at=timezone.now())
            messages.success(request, _("Well done. It can be opened again on this page."))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(action)


@require_http_methods(["GET", "HEAD", "POST"])
def action_drop(request: MemberRequest, pk: int) -> HttpResponse:
    action = _action(request, pk)
    permissions.may_change_action(request.user, action)
    form = DropForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            settling.drop(action_id=pk, reason=reason, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is dropped. It can be opened again on this page."))
            return redirect(action)
    is_open = action.state == ActionState.OPEN
    context = {"form": form, "action": action, "is_open": is_open}
    return render(request, "sessions/action_drop.html", context)


def _action(request: MemberRequest, pk: int) -> ActionItem:
    seen_by = ActionItem.objects.visible_to(request.user).with_people()
    return get_object_or_404(seen_by.select_related(*_SHOWN), pk=pk)


def _session(request: MemberRequest) -> CopSession | None:
    """The session the action was agreed in, where its page leads here."""
    key = request.GET.get("session", "")
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise BadRequest
    seen_by = CopSession.objects.visible_to(request.user).with_hosts()
    return get_object_or_404(seen_by, pk=int(key))
