"""The goals of a charter, each beside the figure that shows how far the community is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from cop_platform.common.times import to_wall
from experts.models import CommunityOfPractice
from practices.domain.forming import clock
from practices.domain.health.goals import Goal

# A goal counts things done; the figure beside it tells whether that carries.
_SHOWN_BY = {
    "sessions_held": "rhythm",
    "sessions_planned": "covered",
    "adoptions": "reuse",
    "practices_published": "reuse",
    "ideas_answered": "ideas_answered",
    "questions_answered": "first_answer",
    "reviews": "validated",
}


def of(cop: CommunityOfPractice) -> Iterator[Goal]:
    """Goals whose time has not gone by."""
    today = to_wall(timezone.now(), clock.zone_of(cop)).date()
    charter = cop.charters.current().first()
    url = charter.get_absolute_url() if charter else ""
    for goal in cop.goals.filter(ends_on__gte=today):
        if goal.counter in _SHOWN_BY:
            yield Goal(goal.title, _SHOWN_BY[goal.counter], url)
