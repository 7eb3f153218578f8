"""Reads who was asked, who answered, and what kind of people they are, as counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import Max, QuerySet

from cop_platform.common.reporting.cells import PeopleCell, count_or_none, merge_small
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person
from feedback.reviews.domain import identity
from feedback.reviews.domain.identity import Member
from feedback.reviews.domain.report import asked
from feedback.reviews.domain.report.asked import Seat
from feedback.reviews.domain.report.panel_facts import (
    Conflicts,
    ConflictText,
    PanelFacts,
    Profile,
    RoundTally,
    Tally,
    YearTally,
)
from feedback.reviews.models import Assignment, ConflictOfInterest, ReviewRound

# (up to so many years, code of the band); what is above is the last one.
_BANDS = ((2, "0-2"), (5, "3-5"), (10, "6-10"))
_LAST_BAND = "11+"
UNKNOWN = "unknown"


def collect(scope: Scope) -> PanelFacts:
    """The panels of all rounds that experts of these countries were asked in."""
    rounds = asked.rounds(scope)
    by_round: dict[int, list[Seat]] = defaultdict(list)
    for seat in asked.seats(scope, rounds):
        by_round[seat.round_id].append(seat)
    rows = tuple(_round(scope, one, by_round[one.pk]) for one in rounds)
    return PanelFacts(
        whole=_sum(row.tally for row in rows),
        rounds=rows,
        by_year=_years(rows),
        profile=_profile(scope, rounds),
        conflicts=_conflicts(scope),
        newest=_newest(scope, rounds),
    )


def _round(scope: Scope, one: ReviewRound, seats: Sequence[Seat]) -> RoundTally:
    closed = one.closed_at if one.closed_at and one.closed_at <= scope.until else None
    return RoundTally(
        code=one.version.material.code,
        version=one.version.number,
        language=one.version.language,
        round_id=one.pk,
        opened_on=asked.day_of(one.opened_at, scope),
        closed_on=asked.day_of(closed, scope),
        accepts_first=one.accept_first,
        tally=_tally(seats, shown=not asked.would_sway(scope, one, seats)),
    )


def _tally(seats: Sequence[Seat], *, shown: bool) -> Tally:
    sent = [seat for seat in seats if seat.submitted]
    return Tally(
        asked=len(seats),
        accepted=sum(seat.accepted for seat in seats),
        declined=sum(seat.declined for seat in seats),
        replaced=sum(seat.replaced for seat in seats),
        submitted=len(sent),
        used=len(asked.counted(sent)) if shown else 0,
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    rows = list(tallies)
    return Tally(
        asked=sum(row.asked for row in rows),
        accepted=sum(row.accepted for row in rows),
        declined=sum(row.declined for row in rows),
        replaced=sum(row.replaced for row in rows),
        submitted=sum(row.submitted for row in rows),
        used=sum(row.used for row in rows),
    )


def _years(rows: Iterable[RoundTally]) -> tuple[YearTally, ...]:
    found: dict[str, list[Tally]] = defaultdict(list)
    for row in rows:
        found[row.opened_on[:4]].append(row.tally)
    return tuple(YearTally(year, len(found[year]), _sum(found[year])) for year in sorted(found))


def _newest(scope: Scope, rounds: Iterable[ReviewRound]) -> str:
    sent = _assignments(scope, rounds).filter(submitted_on__lte=asked.last_day(scope))
    day: date | None = sent.aggregate(day=Max("submitted_on"))["day"]
    return day.isoformat() if day else ""


def _assignments(scope: Scope, rounds: Iterable[ReviewRound]) -> QuerySet[Assignment]:
    keys = [one.pk for one in rounds]
    return Assignment.objects.filter(round__in=keys, country__in=scope.country_ids).order_by()


# --- People -----------------------------------------------------------------------------------


def _profile(scope: Scope, rounds: Iterable[ReviewRound]) -> Profile:
    everybody = _assignments(scope, rounds)
    sent = everybody.filter(submitted_on__lte=asked.last_day(scope))
    members = identity.members_of(sent)
    return Profile(
        asked=count_or_none(len(identity.members_of(everybody))),
        size=count_or_none(len(members)),
        roles=_cells(members, lambda one: [one.profession or UNKNOWN]),
        years=_cells(members, lambda one: [_band(one.years)]),
        countries=_cells(members, lambda one: [one.country or UNKNOWN]),
        languages=_cells(members, lambda one: one.languages),
        groups=_cells(members, lambda one: one.groups),
    )


def _cells(
    members: Iterable[Member], labels: Callable[[Member], Iterable[str]]
) -> tuple[PeopleCell, ...]:
    groups: dict[str, set[int]] = defaultdict(set)
    for member in members:
        for label in labels(member):
            groups[label].add(member.person)
    return merge_small(groups)


def _band(years: int | None) -> str:
    if years is None:
        return UNKNOWN
    return next((code for most, code in _BANDS if years <= most), _LAST_BAND)


# --- Conflicts of interest --------------------------------------------------------------------


def _conflicts(scope: Scope) -> Conflicts:
    """Conflicts that people of these countries have declared by the period's end."""
    found = ConflictOfInterest.objects.filter(
        person__country__in=scope.country_ids, declared_at__lte=scope.until
    )
    if scope.materials is not None:
        found = found.filter(material__in=scope.materials)
    rows = list(found.select_related("material").order_by("material__code", "declared_at", "pk"))
    waived = {row.pk for row in rows if row.waived_at and row.waived_at <= scope.until}
    return Conflicts(
        declared=len(rows),
        waived=len(waived),
        texts=_texts(scope, rows, waived) if scope.for_agency else (),
    )


def _texts(
    scope: Scope, rows: Sequence[ConflictOfInterest], waived: set[int]
) -> tuple[ConflictText, ...]:
    names = list(Person.objects.values_list("name", flat=True)) if rows else []
    found = [_text(scope, row, names, is_waived=row.pk in waived) for row in rows]
    return tuple(sorted(found, key=lambda text: (text.code, text.declared_on, text.reason)))


def _text(
    scope: Scope, row: ConflictOfInterest, names: Sequence[str], *, is_waived: bool
) -> ConflictText:
    return ConflictText(
        code=row.material.code,
        declared_on=asked.day_of(row.declared_at, scope),
        reason=without_names(row.reason, names),
        waived_on=asked.day_of(row.waived_at, scope) if is_waived else "",
        waiver_reason=without_names(row.waiver_reason, names) if is_waived else "",
    )
