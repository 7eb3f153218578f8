"""Planning a series, looking at it, asking people to it, and a guest's answers."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import series as series_domain
from sessions.domain import series_invitations, series_page, undo, who_gets_what
from sessions.domain.series import SeriesPlan
from sessions.enums import Kind
from sessions.forms.planning import SessionForm, initial_for_kind
from sessions.forms.series import DatesForm, RepeatForm
from sessions.models import Series, SeriesInvitation
from sessions.views.planning import both_valid, bound_forms

# Fields the pages place by hand; whatever else a session has is listed after them.
_PLACED = {
    "title", "kind", "host_cops", "purpose", "day", "clock", "minutes", "zone", "fold",
    "mode", "place", "online_link",
}  # fmt: skip
_BUTTONS = {"csrfmiddlewaretoken", "shown", "plan", "confirm", "show"}


def further_fields(form: SessionForm) -> list[Any]:
    """The fields of a session the pages do not place by hand."""
    return [field for field in form.visible_fields() if field.name not in _PLACED]


def digest(data: QueryDict) -> str:
    """What was typed, as one word: a preview is for exactly that."""
    said = sorted((name, *values) for name, values in data.lists() if name not in _BUTTONS)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: MemberRequest) -> HttpResponse:
    kind = request.GET.get("kind", Kind.REGULAR)
    if kind not in Kind.values:
        raise BadRequest
    initial, steps = initial_for_kind(kind, request.user)
    form, formset = bound_forms(request, initial, steps)
    data = _with_days(request) if request.method == "POST" else None
    repeat = RepeatForm(data)
    context: dict[str, Any] = {"kind": kind, "kinds": Kind.choices}
    context |= {"form": form, "formset": formset, "repeat": repeat, "more": further_fields(form)}
    if data is not None and "more_rows" not in data:
        # Both are asked, so that both say what is wrong.
        valid = all([both_valid(form, formset), repeat.is_valid()])
        planned = _plan(request, data, context) if valid else None
        if planned is not None:
            messages.success(request, _("The series is planned. Now invite people, once for all."))
            return redirect("series_invite", pk=planned.pk)
    return render(request, "sessions/series_form.html", context)


def _plan(request: MemberRequest, data: QueryDict, context: dict[str, Any]) -> Series | None:
    """Shows the dates; plans them when they are those that were shown."""
    form: SessionForm = context["form"]
    repeat: RepeatForm = context["repeat"]
    now = timezone.now()
    try:
        plan: SeriesPlan = repeat.plan(form.plan(context["formset"].steps()))
        context["preview"] = series_page.preview(plan, request.user, now)
        context["digest"] = digest(data)
        if "plan" in data and repeat.cleaned_data["shown"] == context["digest"]:
            return series_domain.plan_series(plan=plan, by=request.user, at=now)
        context["is_stale"] = "plan" in data
    except (NoSuchTime, TwiceThatDay) as error:
        form.time_error(error)
    except (NotPossible, Refused) as error:
        form.add_error(None, str(error))
    return None


def _with_days(request: MemberRequest) -> QueryDict:
    """What was posted, with the day of a pressed button left out or put back."""
    data = request.POST.copy()
    days = set(filter(None, data.get("left_out", "").split(",")))
    for name, change in (("leave_out", days.add), ("put_back", days.discard)):
        for text in data.pop(name, []):
            change(str(text))
    data["left_out"] = ",".join(sorted(days))
    return data


def series_detail(request: MemberRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(
        Series.objects.visible_to(request.user).select_related("follows"), pk=pk
    )
    now = timezone.now()
    page = series_page.build(series, request.user, now)
    window = undo.open_for_series(series, now) if page.runs else None
    context = {
        "series": series,
        "page": page,
        "continued": series.continued_by.first(),
        "undo": window,
        "undo_seconds": window.seconds_left(now) if window else 0,
    }
    return render(request, "sessions/series_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_invite(request: MemberRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    permissions.may_run_series(request.user, series)
    now = timezone.now()
    candidates = series_invitations.candidates(series, request.user, now)
    form = PeopleForm(request.POST or None, candidates=candidates)
    preview = None
    if form.is_valid() and "show" in request.POST:
        preview = who_gets_what.before_inviting_to_series(form.chosen(), at=now)
    elif form.is_valid():
        try:
            new = series_invitations.invite(
                series_id=pk, people=form.chosen(), by=request.user, at=now
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            text = ngettext(
                "%(count)d person is invited to all dates by one mail.",
                "%(count)d people are invited to all dates, by one mail each.",
                new,
            )
            messages.success(request, text % {"count": new})
            return redirect(series)
    dates = len(series_invitations.ahead(series, now))
    context = {"series": series, "form": form, "candidates": candidates, "dates": dates}
    context["preview"] = preview
    return render(request, "sessions/series_invite.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def series_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link to a series: looking changes nothing, a button does.

    The token in the address is the only right that counts; see session_answer.
    """
    invitation = series_invitations.find_by_token(token)
    if invitation is None:
        return render(request, "sessions/answer_invalid.html", status=404)
    now = timezone.now()
    keys = [
        row.pk
        for row in series_invitations.own_dates(invitation)
        if series_invitations.is_open(row.session, now)
    ]
    form = DatesForm(request.POST if request.method == "POST" else None, keys=keys)
    saved = 0
    if form.is_valid():
        try:
            saved = series_invitations.answer_by_link(
                token=token, answers=form.answers(), note=form.cleaned_data["note"], at=now
            )
        except (NotPossible, Refused) as error:
            form.add_error(None, str(error))
    context = _answer_context(invitation, form) | {"saved": saved}
    return render(request, "sessions/answer_series.html", context)


def _answer_context(invitation: SeriesInvitation, form: DatesForm) -> dict[str, Any]:
    now = timezone.now()
    typed = {key: form.data.get(f"date-{key}", "") for key in form.keys} if form.errors else {}
    dates = series_page.guest_dates(invitation, typed, now)
    coming = [line for line in dates if line.is_open]
    return {
        "invitation": invitation,
        "series": invitation.series,
        "form": form,
        "dates": dates,
        "coming": len(coming),
        "session": coming[0].session if coming else None,
        "same_clock": all(line.when.same_clock for line in coming),
    }
