"""Parts people took in sessions, as contributions: who led, interpreted, took notes, who came.

Attendance is not recorded yet: a yes to the invitation of a session that ended stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cop_platform.common.addresses import numbered
from practices.domain.contributing import Contribution, Span
from practices.domain.health.reading import ACCEPTED
from practices.enums import Given
from sessions.models import DutyHolder, Invitation

_FACTS = (
    "person_id",
    "person__country_id",
    "session__ends_at",
    "session_id",
    "session__title",
    "session__minutes",
    "session__chatham_house",
)


def accepted(span: Span) -> Iterator[Contribution]:
    """Who said yes to sessions that ended in the span."""
    yield from _given(Invitation.objects.filter(ACCEPTED), span)


def duties(span: Span) -> Iterator[Contribution]:
    """Who had a part beside being there."""
    yield from _given(DutyHolder.objects.all(), span)


def _given(rows: object, span: Span) -> Iterator[Contribution]:
    ended = {"session__ends_at__gte": span.since, "session__ends_at__lt": span.until}
    found = rows.filter(**ended, session__cancelled_at__isnull=True).order_by()  # type: ignore[attr-defined]
    if span.people is not None:
        found = found.filter(person__in=span.people)
    for row in found.values_list(*_FACTS):
        yield _contribution(*row)


def _contribution(
    person_id: int,
    country_id: int | None,
    at: datetime,
    key: int,
    title: str,
    minutes: int,
    is_kept: bool,
) -> Contribution:
    return Contribution(
        person_id=person_id,
        country_id=country_id,
        at=at,
        given=Given.SESSION,
        title=title,
        url=numbered("session_detail", key),
        minutes=minutes,
        is_kept=is_kept,
    )
