"""The rounds a report is about, and how far each expert's task had come when its period ended.

Tasks carry days, not instants, so that nothing tells who did something when; what counts is what
had happened by the last day of the period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from cop_platform.common.reporting.sections import Scope
from cop_platform.common.times import to_wall
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import Assignment, ReviewRound


@dataclass(frozen=True)
class Seat:
    """One expert's task in a round. Who was never asked to accept has accepted by not declining."""

    pk: int
    round_id: int
    country_id: int
    accepted: bool
    declined: bool
    replaced: bool
    submitted: bool


def last_day(scope: Scope) -> date:
    """The last day whose reviews count, by the clock of the report's first country."""
    # A period that ends at midnight must not take the next day.
    moment = scope.until - timedelta(microseconds=1)
    return min(to_wall(moment, _zone(scope)).date(), date.fromisoformat(scope.end))


def day_of(moment: datetime | None, scope: Scope) -> str:
    """The ISO day of an instant by the same clock; "" of none."""
    return to_wall(moment, _zone(scope)).date().isoformat() if moment else ""


def _zone(scope: Scope) -> str:
    return scope.countries[0].zone if scope.countries else "UTC"


def rounds(scope: Scope) -> list[ReviewRound]:
    """Every round that experts of these countries were asked in and that had begun by then.

    Running or closed; by material, version and round. They come with version, policy and rubric.
    """
    here = Assignment.objects.filter(round=OuterRef("pk"), country__in=scope.country_ids)
    found = ReviewRound.objects.filter(Exists(here.order_by()), opened_at__lte=scope.until)
    if scope.materials is not None:
        found = found.filter(version__material__in=scope.materials)
    wanted = found.order_by().select_related("version__material", "policy", "rubric")
    return sorted(wanted, key=lambda r: (r.version.material.code, r.version.number, r.pk))


def seats(scope: Scope, found: Iterable[ReviewRound]) -> list[Seat]:
    """The tasks of the countries' experts in these rounds, as they stood at the period's end."""
    by = last_day(scope)
    asks = {one.pk: one.accept_first for one in found}
    rows = Assignment.objects.filter(round__in=list(asks), country__in=scope.country_ids)
    names = ("accepted_on", "declined_on", "released_on", "submitted_on")
    return [
        _seat(pk, round_id, country_id, [day is not None and day <= by for day in days], asks)
        for pk, round_id, country_id, *days in rows.order_by().values_list(
            "pk", "round_id", "country_id", *names
        )
    ]


def _seat(
    pk: int, round_id: int, country_id: int, happened: list[bool], asks: Mapping[int, bool]
) -> Seat:
    accepted, declined, released, submitted = happened
    said_yes = submitted or accepted or not asks[round_id]
    return Seat(
        pk=pk,
        round_id=round_id,
        country_id=country_id,
        accepted=said_yes and not declined,
        declined=declined,
        replaced=released and not submitted,
        submitted=submitted,
    )


def counted(sent: Iterable[Seat]) -> list[Seat]:
    """The reviews that figures of a round may be made of; none where there are under three.

    Of several countries, panels under three are left out where all of them together are under
    three: taking the panels that are shown away from the whole would tell what they answered.
    """
    seats = list(sent)
    size = Counter(seat.country_id for seat in seats)
    if len(seats) < PANEL:
        return []
    rest = sum(n for n in size.values() if n < PANEL)
    return [seat for seat in seats if rest >= PANEL or size[seat.country_id] >= PANEL]


def would_sway(scope: Scope, one: ReviewRound, seats: Iterable[Seat]) -> bool:
    """Whether figures would reach experts who still have to answer: the public edition's would."""
    is_open = one.closed_at is None or one.closed_at > scope.until
    waiting = (not (s.submitted or s.declined or s.replaced) for s in seats)
    return not scope.for_agency and is_open and any(waiting)


def withheld(scope: Scope, sent: Sequence[Seat]) -> str:
    """Why not all of a round's reviews are shown; "" where they are.

    "small": fewer than a panel. "tells": a small country's are left out of several countries'.
    """
    kept = counted(sent)
    if not kept:
        return "small"
    return "tells" if scope.is_consortium and len(kept) < len(sent) else ""
