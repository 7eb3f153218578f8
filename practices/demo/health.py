"""The demo's belonging pulse: three quarters of answers; Spain's are too few to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from experts.enums import Role
from experts.models import Country, Membership
from practices.domain.health.pulse import QUESTIONS, earlier, quarter
from practices.models import PulseMark, PulseTally

QUARTERS = 3
# How many of each country answered, from the last quarter back.
_ANSWERS = {
    "BG": (8, 7, 6),
    "DE": (9, 9, 7),
    "EL": (7, 6, 6),
    "ES": (4, 3, 3),
    "IT": (8, 8, 7),
    "SE": (7, 7, 5),
}
_SCORES = (4, 5, 3, 4, 4, 2, 5, 4, 3)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for ago in range(1, QUARTERS + 1):
        first = earlier(quarter(anchor), ago)
        for country in Country.objects.order_by("code"):
            answered = _ANSWERS.get(country.code, (0,) * QUARTERS)[ago - 1]
            _mark(country, first, answered)
            tallies = list(_tallies(country, first, answered, ago))
            PulseTally.objects.bulk_create(tallies, ignore_conflicts=True)


def _mark(country: Country, first: date, answered: int) -> None:
    found = Membership.objects.current().filter(cop__country=country, role=Role.EXPERT)
    people = found.order_by("person_id").values_list("person_id", flat=True)[:answered]
    marks = [PulseMark(person_id=person, quarter=first) for person in people]
    PulseMark.objects.bulk_create(marks, ignore_conflicts=True)


def _tallies(country: Country, first: date, answered: int, ago: int) -> Iterator[PulseTally]:
    """Scores that rise from quarter to quarter; "heard" is the one that lags behind."""
    for number, question in enumerate(QUESTIONS):
        lower = 1 if question == "heard" or ago == QUARTERS else 0
        scores = Counter(
            max(1, _SCORES[(one + number) % len(_SCORES)] - lower) for one in range(answered)
        )
        for score, count in scores.items():
            yield PulseTally(
                country=country, quarter=first, question=question, score=score, count=count
            )
