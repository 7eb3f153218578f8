"""Planning, changing and cancelling one session."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import (
    conflicts,
    guest_log,
    mail_timeline,
    page,
    planning,
    proposals,
    rooms,
    who_gets_what,
)
from sessions.enums import Kind
from sessions.forms import agenda
from sessions.forms.once import OnceForm
from sessions.forms.planning import (
    BaseStepFormSet,
    CancelForm,
    SessionForm,
    StepFormSet,
    initial_for_kind,
    initial_from,
)
from sessions.forms.prefill import prefilled
from sessions.models import CopSession, Method


def session_detail(request: MemberRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    session = page.find(pk, request.user, now)
    if session is None:
        raise Http404
    may_run = permissions.may_run.allows(request.user, session)
    context = {
        "session": session,
        "page": page.build(session, request.user, now),
        "may_run": may_run,
        "conflicts": conflicts.warnings(session, by=request.user, at=now) if may_run else [],
        "panels": panels.of("session", request.user, session),
        **proposals.panel(session, request.user),
    }
    context |= guest_log.of_page(session, context["page"], request.user, now)
    return render(request, "sessions/session_detail.html", context)


def session_mails(request: MemberRequest, pk: int) -> HttpResponse:
    """The mails about a session; on its page this part is fetched after the rest."""
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    context = {"session": session, "lines": mail_timeline.build(session)}
    name = "_session_mails.html" if request.headers.get("HX-Request") else "session_mails.html"
    return render(request, f"sessions/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: MemberRequest) -> HttpResponse:
    kind = request.GET.get("kind", Kind.REGULAR)
    if kind not in Kind.values:
        raise BadRequest
    initial, steps = initial_for_kind(kind, request.user)
    initial |= prefilled(request.GET, request.user)
    form, formset = bound_forms(request, initial, steps)
    once = OnceForm(request.POST or None)
    if _wants_saving(request) and both_valid(form, formset):
        plan = form.plan(formset.steps())
        try:
            session = planning.plan_session(
                plan=plan, by=request.user, at=timezone.now(), once=once.token
            )
        except (NoSuchTime, TwiceThatDay) as error:
            form.time_error(error)
        except NotPossible as error:
            form.add_error(_beside(error), str(error))
        else:
            messages.success(request, _("The session is planned. Now invite people to it."))
            return redirect("session_invite", pk=session.pk)
    context = _page_of(request, form, formset) | {"kinds": Kind.choices, "once": once}
    return render(request, "sessions/session_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    initial, steps = initial_from(session)
    form, formset = bound_forms(request, initial, steps)
    if _wants_saving(request) and both_valid(form, formset):
        try:
            planning.change_session(
                session_id=pk,
                version=form.cleaned_data["version"] or 0,
                plan=form.plan(formset.steps()),
                by=request.user,
                at=timezone.now(),
            )
        except planning.EditedMeanwhile:
            return _conflict(request, session, form, formset)
        except (NoSuchTime, TwiceThatDay) as error:
            form.time_error(error)
        except NotPossible as error:
            form.add_error(_beside(error), str(error))
        else:
            messages.success(request, _("The session was saved."))
            return redirect(session)
    context = _page_of(request, form, formset) | {"session": session}
    return render(request, "sessions/session_form.html", context)


def _page_of(request: MemberRequest, form: SessionForm, formset: BaseStepFormSet) -> dict[str, Any]:
    """What the page of the form shows around it."""
    return {
        "form": form,
        "formset": formset,
        "kind": form["kind"].value(),
        "methods": Method.objects.visible_to(request.user),
        "method": request.POST.get("method", ""),
    }


def _beside(error: NotPossible) -> str | None:
    """The field a refusal belongs to."""
    if isinstance(error, (rooms.RoomTaken, rooms.RoomElsewhere)):
        return "room"
    return "last_day" if isinstance(error, planning.DaysDoNotFit) else None


def _conflict(
    request: HttpRequest, session: CopSession, form: SessionForm, formset: BaseStepFormSet
) -> HttpResponse:
    """Both texts side by side; saving again takes the version that is stored now."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version"}
        for value in values
    ]
    typed = form.cleaned_data | {"steps": formset.steps()}
    rows = page.compare(session, typed, form.detail_values())
    context = {"session": session, "rows": rows, "kept": kept}
    return render(request, "sessions/session_conflict.html", context, status=409)


def bound_forms(
    request: MemberRequest, initial: dict[str, Any], steps: list[dict[str, Any]]
) -> tuple[SessionForm, BaseStepFormSet]:
    """Both forms, filled from what was typed or from `initial`.

    A button that only changes the form gives it back as it was typed, changed, without errors.
    """
    if request.method != "POST":
        form = SessionForm(initial=initial, user=request.user)
        return form, _steps(initial=steps)
    if agenda.is_deed(request.POST):
        return _redrafted(request)
    return SessionForm(request.POST, user=request.user), _steps(request.POST)


def _redrafted(request: MemberRequest) -> tuple[SessionForm, BaseStepFormSet]:
    several = {"host_cops", "materials", "languages", "duties_needed", "competences"}
    draft = agenda.apply(request.POST, agenda.read(request.POST, several), request.user)
    form = SessionForm(initial=draft.values, user=request.user)
    form.asks_to_replace = draft.asks_to_replace
    formset = _steps(initial=draft.steps)
    formset.extra = 0
    return form, formset


def _steps(data: Any = None, initial: Any = None) -> BaseStepFormSet:
    # The factory makes a subclass that its own type does not tell of.
    return cast(BaseStepFormSet, StepFormSet(data, initial=initial, prefix="steps"))


def _wants_saving(request: MemberRequest) -> bool:
    return request.method == "POST" and not agenda.is_deed(request.POST)


def both_valid(form: SessionForm, formset: BaseStepFormSet) -> bool:
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
    preview = who_gets_what.before_cancelling(session, at=timezone.now())
    context = {"session": session, "form": form, "told": preview.told, "preview": preview}
    return render(request, "sessions/session_cancel.html", context)
