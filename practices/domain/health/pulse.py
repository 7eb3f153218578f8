"""The belonging pulse: three questions from 1 to 5, once a quarter, without names.

Only quarters that are over are told: while answers come in, the difference between two looks
would be somebody's answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean

from practices.domain.health.figure import LEAST, NOTHING, Measure

QUESTIONS = ("useful", "heard", "will_use")
SCORES = range(1, 6)
# A count of answers: country, first day of the quarter, question, score, how many.
Tally = tuple[int, date, str, int, int]


def quarter(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def earlier(first: date, by: int = 1) -> date:
    """The first day of the quarter so many before."""
    months = first.year * 12 + first.month - 1 - 3 * by
    return date(months // 12, months % 12 + 1, 1)


def of(tallies: Iterable[Tally], question: str, quarter: date) -> Measure:
    """The mean score of a question in a quarter; n counts the answers."""
    found = [(score, n) for _c, q, asked, score, n in tallies if (q, asked) == (quarter, question)]
    n = sum(count for _score, count in found)
    if not n:
        return NOTHING
    total = sum(score * count for score, count in found)
    return Measure(total / n, n, total, n)


def slope(measures: Sequence[Measure]) -> float | None:
    """By how much a score changes from quarter to quarter (least squares), oldest first.

    None where fewer than two quarters are shown.
    """
    points = [(x, m.value) for x, m in enumerate(measures) if m.n >= LEAST and m.value is not None]
    if len(points) < 2:
        return None
    mx, my = fmean(x for x, _y in points), fmean(y for _x, y in points)
    return sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _y in points)


def veiled(by_country: dict[int, Measure]) -> dict[int, Measure]:
    """The same, so that no hidden country follows from the total.

    Where exactly one country is hidden, the smallest one that is shown is hidden with it.
    """
    hidden = [country for country, measure in by_country.items() if measure.is_hidden]
    if len(hidden) != 1:
        return by_country
    shown = {c: m.n for c, m in by_country.items() if m.n >= LEAST}
    if not shown:
        return by_country
    smallest = min(shown, key=lambda country: (shown[country], country))
    return by_country | {smallest: Measure(None, LEAST - 1)}
