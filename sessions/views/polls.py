"""Polls of those who run them, and the votes of those asked."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import fair_data, poll_closing, poll_page, polls
from sessions.enums import Kind, Mode
from sessions.forms.polls import (
    BaseSlotFormSet,
    CloseForm,
    PollForm,
    SlotFormSet,
    VoteForm,
    ZoneForm,
    initial_for,
    initial_from,
)
from sessions.forms.prefill import handed_slots, prefilled
from sessions.models import Poll

PER_PAGE = 25
SUGGESTED = 5


def poll_list(request: MemberRequest) -> HttpResponse:
    found = poll_page.listed(Poll.objects.visible_to(request.user))
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "cards": poll_page.cards(shown, request.user, timezone.now()),
        "may_plan": request.user.access.plans_sessions,
    }
    return render(request, "sessions/poll_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_new(request: MemberRequest) -> HttpResponse:
    kind = request.GET.get("kind", Kind.REGULAR)
    if kind not in Kind.values:
        raise BadRequest
    initial = initial_for(kind, request.user) | prefilled(request.GET, request.user)
    form, formset = _bound(request, initial, handed_slots(request.GET))
    if _wants_saving(request) and _both_valid(form, formset):
        try:
            poll = polls.make(plan=form.plan(formset.slots()), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The poll is ready. Now choose whom to ask."))
            return redirect("poll_ask", pk=poll.pk)
    context = {"form": form, "formset": formset}
    return render(request, "sessions/poll_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_edit(request: MemberRequest, pk: int) -> HttpResponse:
    poll = run(request, pk)
    status = 200
    rows = [{"day": slot.wall_day, "clock": slot.wall_clock} for slot in polls.open_slots(poll)]
    form, formset = _bound(request, initial_from(poll), rows, poll)
    if _wants_saving(request) and _both_valid(form, formset):
        try:
            polls.change(
                poll_id=pk,
                version=form.cleaned_data["version"] or 0,
                plan=form.plan(formset.slots()),
                by=request.user,
                at=timezone.now(),
            )
        except polls.EditedMeanwhile as error:
            # Saving again overwrites knowingly: the editor has read that somebody else saved.
            status = 409
            form.take_version(poll.version)
            form.add_error(None, str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The poll was saved; every vote is kept."))
            return redirect("poll_detail", pk=pk)
    context = {"form": form, "formset": formset, "poll": poll, "is_conflict": status == 409}
    return render(request, "sessions/poll_form.html", context, status=status)


def poll_detail(request: MemberRequest, pk: int) -> HttpResponse:
    poll = _seen(request, pk)
    runs = permissions.may_run_poll.allows(request.user, poll)
    zones = ZoneForm(request.GET or None)
    zone = zones.chosen(request.user.person.zone)
    shown = poll_page.build(poll, request.user, timezone.now(), zone=zone, runs=runs)
    context = {
        "poll": poll,
        "page": shown,
        "may_run": runs,
        "zone": zone,
        "zones": ZoneForm(initial={"zone": zone}),
        "ballots": sorted(shown.lines, key=lambda line: line.when.starts_at),
    }
    return render(request, "sessions/poll_detail.html", context)


@require_http_methods(["POST"])
def poll_vote(request: MemberRequest, pk: int) -> HttpResponse:
    poll = _seen(request, pk)
    polls.own_voter(poll_id=pk, by=request.user)
    form = VoteForm(request.POST, slots=polls.open_slots(poll))
    if not form.is_valid():
        errors = [str(error) for error in form.non_field_errors()]
        messages.error(request, errors[0] if errors else _("Choose from the list."))
        return redirect("poll_detail", pk=pk)
    try:
        polls.vote_on_page(poll_id=pk, votes=form.votes(), by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your vote was saved."))
    return redirect("poll_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_close(request: MemberRequest, pk: int) -> HttpResponse:
    poll = run(request, pk)
    now = timezone.now()
    zone = request.user.person.zone
    shown = poll_page.build(poll, request.user, now, zone=zone, runs=True)
    best = shown.lines[0].pk if shown.lines else ""
    first = {"slot": request.GET.get("slot", best), "mode": Mode.ONLINE}
    form = CloseForm(request.POST or None, lines=shown.lines, initial=first)
    if form.is_valid():
        try:
            session = poll_closing.close(poll_id=pk, winner=form.winner(), by=request.user, at=now)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            text = _("The session is planned, and everybody who was asked is invited.")
            messages.success(request, text)
            return redirect(session)
    context = {"poll": poll, "page": shown, "form": form}
    return render(request, "sessions/poll_close.html", context)


@require_http_methods(["POST"])
def poll_end(request: MemberRequest, pk: int) -> HttpResponse:
    poll = run(request, pk)
    poll_closing.end_without_session(poll_id=poll.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The poll is closed without a session; everybody asked is told."))
    return redirect("poll_detail", pk=pk)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def poll_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The voter's page behind the link in a mail: looking changes nothing, the button does.

    As with the answer to an invitation, the token is the only right that counts, no cookie.
    """
    voter = polls.find_by_token(token)
    if voter is None:
        return render(request, "sessions/answer_invalid.html", status=404)
    slots = polls.open_slots(voter.poll)
    form = VoteForm(request.POST if request.method == "POST" else None, slots=slots)
    saved = False
    if request.method == "POST" and form.is_valid():
        try:
            polls.vote_by_link(token=token, votes=form.votes(), at=timezone.now())
            saved = True
        except NotPossible as error:
            form.add_error(None, str(error))
    zone = ZoneForm(request.GET or None).chosen(polls.voter_zone(voter))
    context = {
        "voter": voter,
        "poll": voter.poll,
        "form": form,
        "saved": saved,
        "zone": zone,
        "zones": ZoneForm(initial={"zone": zone}),
        "language": request.GET.get("lang", ""),
        "is_open": polls.is_open(voter.poll, timezone.now()),
        "closes": poll_page.moment(voter.poll.closes_at, zone),
        "ballots": poll_page.ballots(voter, zone=zone, typed=form.typed()),
    }
    return render(request, "sessions/poll_answer.html", context)


def _seen(request: MemberRequest, pk: int) -> Poll:
    found = Poll.objects.visible_to(request.user).select_related("session", "created_by")
    return get_object_or_404(found.prefetch_related("host_cops__country"), pk=pk)


def run(request: MemberRequest, pk: int) -> Poll:
    """The poll, for those who run it; 404 for a foreign one, 403 without the right."""
    poll = _seen(request, pk)
    permissions.may_run_poll(request.user, poll)
    return poll


def _bound(
    request: MemberRequest,
    initial: dict[str, Any],
    rows: list[dict[str, Any]],
    poll: Poll | None = None,
) -> tuple[PollForm, BaseSlotFormSet]:
    """Both forms: as they begin, as they were sent, or with the rows that a button asked for."""
    if request.method != "POST":
        return PollForm(initial=initial, user=request.user, poll=poll), _slots(initial=rows)
    # A copy, since a conflict writes the newest version into it.
    form, formset = (
        PollForm(request.POST.copy(), user=request.user, poll=poll),
        _slots(request.POST),
    )
    if _wants_saving(request):
        return form, formset
    rows = formset.typed()
    if "suggest" in request.POST:
        rows = [row for row in rows if any(row.values())] + _suggested(request, form)
    return PollForm(initial=form.typed(), user=request.user, poll=poll), _slots(initial=rows)


def _suggested(request: MemberRequest, form: PollForm) -> list[dict[str, Any]]:
    """The fairest times of the next weeks, as further rows."""
    wish = form.wish(at=timezone.now())
    if wish is None:
        text = _("Choose the host communities, the time zone and the duration first.")
        messages.warning(request, text)
        return []
    walls = [
        to_wall(slot.starts_at, wish.search.zone)
        for slot, _reasons in fair_data.find(wish, by=request.user).times[:SUGGESTED]
    ]
    return [{"day": wall.date(), "clock": wall.time()} for wall in sorted(walls)]


def _slots(data: Any = None, initial: Any = None) -> BaseSlotFormSet:
    # The factory makes a subclass that its own type does not tell of.
    return cast(BaseSlotFormSet, SlotFormSet(data, initial=initial, prefix="slots"))


def _wants_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and not {"more_rows", "suggest"} & set(request.POST)


def _both_valid(form: PollForm, formset: BaseSlotFormSet) -> bool:
    return all([form.is_valid(), formset.is_valid()])
