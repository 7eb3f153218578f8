"""Addresses of the calendar: a view, a period, and the filters that stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

Pairs = tuple[tuple[str, str], ...]
MONTH, WEEK, AGENDA = "month", "week", "agenda"
FILTERS = ("q", "country", "kind", "language", "topic", "mine")


class Period(Protocol):
    """What is shown, with the days that name its neighbours."""

    @property
    def previous(self) -> date | None: ...
    @property
    def following(self) -> date | None: ...


@dataclass(frozen=True)
class CalendarLinks:
    """Ready queries; a neighbour beyond the years we keep is empty.

    `here` leads back to this page, `kept` are the pairs a form of filters must send along, `zones`
    pairs of a zone and the same page on its clock.
    """

    here: str
    previous: str
    following: str
    today: str
    month: str
    week: str
    agenda: str
    plain_url: str
    kept: Pairs
    zones: Pairs


def build(
    asked: QueryDict, view: str, day: date, period: Period, today: date, zones: Iterable[str]
) -> CalendarLinks:
    """The links of the page that shows `period`, around `day`."""
    kept, zone = _filters(asked), asked.get("zone", "")
    return _built(view, day, period.previous, period.following, today, kept, zone, tuple(zones))


@lru_cache(maxsize=500)
def _built(
    view: str,
    day: date,
    before: date | None,
    after: date | None,
    today: date,
    kept: Pairs,
    zone: str,
    zones: tuple[str, ...],
) -> CalendarLinks:
    """Remembered by all it is made of: seventeen addresses, the same all day."""
    here = _query(view, day, kept, zone)
    return CalendarLinks(
        here=here,
        previous=_query(view, before, kept, zone) if before else "",
        following=_query(view, after, kept, zone) if after else "",
        today=_query(view, today, kept, zone),
        month=_query(MONTH, day, kept, zone),
        week=_query(WEEK, day, kept, zone),
        agenda=_query(AGENDA, day, kept, zone),
        plain_url="?" + _query(view, day, (), zone),
        kept=tuple((name, value) for name, value in parse_qsl(here) if name not in FILTERS),
        zones=tuple((other, _query(view, day, kept, other)) for other in zones),
    )


def query(view: str, day: date, asked: QueryDict) -> str:
    """The query of `view` at the period of `day`; of what was asked the filters and zone stay."""
    return _query(view, day, _filters(asked), asked.get("zone", ""))


def _filters(asked: QueryDict) -> Pairs:
    pairs = ((name, asked.get(name, "")) for name in FILTERS)
    return tuple((name, value) for name, value in pairs if value)


def _query(view: str, day: date, kept: Pairs, zone: str) -> str:
    period = ("week", day.isoformat()) if view == WEEK else ("month", f"{day:%Y-%m}")
    return urlencode([("view", view), period, *kept, *([("zone", zone)] if zone else ())])


def way_back(back: str, day: date) -> str:
    """The query of the calendar somebody came from, turned to the period of `day`."""
    try:
        asked = QueryDict(back)
    except (ValueError, OverflowError):
        asked = QueryDict()
    view = asked.get("view", "")
    return query(view if view in {WEEK, AGENDA} else MONTH, day, asked)
