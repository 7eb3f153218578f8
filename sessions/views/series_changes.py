"""One date of a series, this and all following, or all: first a preview, then the deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import series_edit, series_page
from sessions.domain.outcomes import Outcome
from sessions.domain.series_edit import Seen
from sessions.enums import SeriesScope
from sessions.forms import agenda
from sessions.forms.planning import SessionForm, initial_from
from sessions.forms.series import BringBackForm, CancelScopeForm, ChangeScopeForm, ScopeForm
from sessions.models import CopSession, Series
from sessions.views.planning import both_valid, bound_forms
from sessions.views.series import digest, further_fields

Deed = Callable[[datetime], Outcome]


def _date_of_series(request: MemberRequest, pk: int) -> CopSession:
    sessions = CopSession.objects.visible_to(request.user).filter(series__isnull=False)
    session = get_object_or_404(sessions.select_related("series").with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    return session


def _begin(request: MemberRequest, session: CopSession) -> dict[str, Any]:
    """What the choice of dates starts with: the versions seen, the scope of the link."""
    assert session.series is not None  # see _date_of_series
    scope = request.GET.get("scope", "")
    return {
        "session_version": session.version,
        "series_version": session.series.version,
        "scope": scope if scope in SeriesScope.values else SeriesScope.ONE,
    }


def _seen(form: ScopeForm) -> Seen:
    said = form.cleaned_data
    return Seen(session=said["session_version"], series=said["series_version"])


@require_http_methods(["GET", "HEAD", "POST"])
def series_change(request: MemberRequest, pk: int) -> HttpResponse:
    session = _date_of_series(request, pk)
    initial, steps = initial_from(session)
    form, formset = bound_forms(request, initial, steps)
    scope = ChangeScopeForm(request.POST or None, initial=_begin(request, session))
    context: dict[str, Any] = {"session": session, "form": form, "formset": formset}
    context |= {"scope": scope, "more": further_fields(form)}

    def deed(at: datetime) -> Outcome:
        return series_edit.change(
            session_id=pk,
            scope=SeriesScope(scope.cleaned_data["scope"]),
            plan=form.plan(formset.steps()),
            keep_moved=not scope.cleaned_data["move_all"],
            seen=_seen(scope),
            by=request.user,
            at=at,
        )

    if request.method == "POST" and not agenda.is_deed(request.POST):
        valid = all([both_valid(form, formset), scope.is_valid()])
        if valid and _done(request, deed, form, context):
            session.refresh_from_db()
            return redirect(session.series or session)
    return render(request, "sessions/series_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    session = _date_of_series(request, pk)
    scope = CancelScopeForm(request.POST or None, initial=_begin(request, session))
    context: dict[str, Any] = {"session": session, "scope": scope}

    def deed(at: datetime) -> Outcome:
        return series_edit.cancel(
            session_id=pk,
            scope=SeriesScope(scope.cleaned_data["scope"]),
            reason=scope.cleaned_data["reason"],
            seen=_seen(scope),
            by=request.user,
            at=at,
        )

    if scope.is_valid() and _done(request, deed, scope, context):
        return redirect(session.series or session)
    return render(request, "sessions/series_cancel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    permissions.may_run_series(request.user, series)
    days = series_page.left_out(series, list(series.sessions.all()), timezone.now())
    form = BringBackForm(
        request.POST or None,
        days=[(line.day.isoformat(), line.line) for line in days],
        initial={"series_version": series.version, "day": request.GET.get("day", "")},
    )
    context: dict[str, Any] = {"series": series, "form": form, "days": days}

    def deed(at: datetime) -> Outcome:
        return series_edit.bring_back(
            series_id=pk,
            day=form.cleaned_data["day"],
            version=form.cleaned_data["series_version"],
            by=request.user,
            at=at,
        )

    if form.is_valid() and _done(request, deed, form, context):
        return redirect(series)
    return render(request, "sessions/series_bring_back.html", context)


def _done(request: MemberRequest, deed: Deed, form: forms.Form, context: dict[str, Any]) -> bool:
    """Does a deed that was shown as it is now; shows every other first. True when done."""
    now = timezone.now()
    said = digest(request.POST)
    try:
        if "confirm" in request.POST and request.POST.get("shown") == said:
            _say(request, deed(now))
            return True
        context["outcome"] = series_edit.rehearse(lambda: deed(now))
        context["digest"] = said
        context["is_stale"] = "confirm" in request.POST
    except (NoSuchTime, TwiceThatDay) as error:
        assert isinstance(form, SessionForm)  # no other form holds a time
        form.time_error(error)
    except (NotPossible, Refused) as error:
        form.add_error(None, str(error))
    return False


def _say(request: MemberRequest, outcome: Outcome) -> None:
    count = len(outcome.told)
    if not count:
        messages.success(request, _("Saved; nobody needs a mail about it."))
        return
    text = ngettext(
        "Done; %(count)d person is told by mail.",
        "Done; %(count)d people are told by mail.",
        count,
    )
    messages.success(request, text % {"count": count})
