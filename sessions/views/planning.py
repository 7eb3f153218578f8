"""Planning, changing and cancelling one session."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import page, planning, proposals
from sessions.enums import Kind
from sessions.forms.planning import (
    BaseStepFormSet,
    CancelForm,
    SessionForm,
    StepFormSet,
    initial_for_kind,
    initial_from,
)
from sessions.models import CopSession


def session_detail(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    now = timezone.now()
    context = {
        "session": session,
        "page": page.build(session, request.user, now),
        "may_run": permissions.may_run.allows(request.user, session),
        **proposals.panel(session, request.user),
    }
    return render(request, "sessions/session_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: MemberRequest) -> HttpResponse:
    kind = request.GET.get("kind", Kind.REGULAR)
    if kind not in Kind.values:
        raise BadRequest
    initial, steps = initial_for_kind(kind, request.user)
    form, formset = _bound(request, initial, steps)
    if _wants_saving(request) and _both_valid(form, formset):
        plan = form.plan(formset.steps())
        try:
            session = planning.plan_session(plan=plan, by=request.user, at=timezone.now())
        except (NoSuchTime, TwiceThatDay) as error:
            form.time_error(error)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session is planned. Now invite people to it."))
            return redirect("session_invite", pk=session.pk)
    context = {"form": form, "formset": formset, "kind": kind, "kinds": Kind.choices}
    return render(request, "sessions/session_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    initial, steps = initial_from(session)
    form, formset = _bound(request, initial, steps)
    if _wants_saving(request) and _both_valid(form, formset):
        try:
            planning.change_session(
                session_id=pk,
                version=form.cleaned_data["version"] or 0,
                plan=form.plan(formset.steps()),
                by=request.user,
                at=timezone.now(),
            )
        except planning.EditedMeanwhile:
            return _conflict(request, session, form)
        except (NoSuchTime, TwiceThatDay) as error:
            form.time_error(error)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session was saved."))
            return redirect(session)
    context = {"form": form, "formset": formset, "session": session}
    return render(request, "sessions/session_form.html", context)


def _conflict(request: HttpRequest, session: CopSession, form: SessionForm) -> HttpResponse:
    """Both texts side by side; saving again takes the version that is stored now."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version"}
        for value in values
    ]
    rows = page.compare(session, form.cleaned_data)
    context = {"session": session, "rows": rows, "kept": kept}
    return render(request, "sessions/session_conflict.html", context, status=409)


def _bound(
    request: MemberRequest, initial: dict[str, Any], steps: list[dict[str, Any]]
) -> tuple[SessionForm, BaseStepFormSet]:
    """Both forms, filled from what was typed or from `initial`; "more rows" adds empty ones."""
    if request.method != "POST":
        form = SessionForm(initial=initial, user=request.user)
        return form, _steps(initial=steps)
    data = request.POST.copy()
    if "more_rows" in data:
        total = data.get("steps-TOTAL_FORMS", "0")
        data["steps-TOTAL_FORMS"] = str(min(int(total) + 3, 30)) if total.isdecimal() else "3"
    return SessionForm(data, user=request.user), _steps(data)


def _steps(data: Any = None, initial: Any = None) -> BaseStepFormSet:
    # The factory makes a subclass that its own type does not tell of.
    return cast(BaseStepFormSet, StepFormSet(data, initial=initial, prefix="steps"))


def _wants_saving(request: MemberRequest) -> bool:
    return request.method == "POST" and "more_rows" not in request.POST


def _both_valid(form: SessionForm, formset: BaseStepFormSet) -> bool:
    return all([form.is_valid(), formset.is_valid()])


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CopSession.objects.visible_to(request.user), pk=pk)
    permissions.may_run(request.user, session)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            planning.cancel_session(
                session_id=pk, reason=reason, by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session is cancelled; everybody invited is told."))
            return redirect(session)
    context = {"session": session, "form": form, "told": page.to_be_told(session)}
    return render(request, "sessions/session_cancel.html", context)
