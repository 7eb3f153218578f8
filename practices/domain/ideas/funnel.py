"""How far ideas get, and how long it takes: counted from the steps that were written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from django.db.models import QuerySet

from experts.models import Country
from practices.enums import IdeaState
from practices.models import Idea, IdeaStep
from practices.querysets import ANSWER_DAYS


@dataclass(frozen=True)
class Stage:
    """A state: how many ideas are in it now, how many ever were, and how long they stayed.

    `days` is the median of the `left` stays that ended, in full days; None without any.
    """

    state: IdeaState
    now: int
    ever: int
    left: int
    days: float | None


@dataclass(frozen=True)
class Answers:
    """Of `due` ideas whose days are over or that were answered, `in_time` were within 30 days.

    `waiting` ideas still have days left. `days` is the median of the `answered` ones.
    """

    due: int
    in_time: int
    waiting: int
    late: int
    answered: int
    days: float | None


@dataclass(frozen=True)
class CountryLine:
    """One country's ideas: how many, by state, and the answers they got; "" for the project's."""

    code: str
    ideas: int
    now: tuple[int, ...]
    answers: Answers


@dataclass(frozen=True)
class Funnel:
    """All standing ideas together, and country by country."""

    ideas: int
    stages: tuple[Stage, ...]
    answers: Answers
    countries: tuple[CountryLine, ...]


Steps = Sequence[tuple[str, datetime]]


def collect(ideas: QuerySet[Idea], *, today: date, countries: Iterable[Country]) -> Funnel:
    """The figures of these ideas on a day, from two questions."""
    found = list(ideas.order_by("pk"))
    steps: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    told = IdeaStep.objects.filter(idea__in=[idea.pk for idea in found]).order_by("at", "pk")
    for pk, state, at in told.values_list("idea_id", "state", "at"):
        steps[pk].append((state, at))
    codes = {country.pk: country.code for country in countries}
    by_code: dict[str, list[Idea]] = defaultdict(list)
    for idea in found:
        by_code[codes.get(idea.country_id or 0, "")].append(idea)
    return Funnel(
        ideas=len(found),
        stages=stages([idea.state for idea in found], list(steps.values())),
        answers=answers(found, today),
        countries=tuple(_line(code, by_code[code], today) for code in sorted(by_code)),
    )


def stages(now: Sequence[str], steps: Sequence[Steps]) -> tuple[Stage, ...]:
    """One row a state, in the order of the way; a stay ends with the next step."""
    stays: dict[str, list[int]] = defaultdict(list)
    ever: dict[str, int] = defaultdict(int)
    for way in steps:
        for state in {state for state, _at in way}:
            ever[state] += 1
        for (state, since), (_next, until) in pairwise(way):
            stays[state].append((until - since) // timedelta(days=1))
    return tuple(
        Stage(
            state=state,
            now=sum(other == state for other in now),
            ever=ever[state],
            left=len(stays[state]),
            days=median(stays[state]) if stays[state] else None,
        )
        for state in IdeaState
    )


def answers(ideas: Iterable[Idea], today: date) -> Answers:
    """Whether these ideas got the answer they were owed."""
    found = list(ideas)
    took = [(i.answered_on - i.added_on).days for i in found if i.answered_on]
    late = sum(i.answered_on is None and i.answer_due_on < today for i in found)
    return Answers(
        due=len(took) + late,
        in_time=sum(days <= ANSWER_DAYS for days in took),
        waiting=len(found) - len(took) - late,
        late=late,
        answered=len(took),
        days=median(took) if took else None,
    )


def _line(code: str, ideas: list[Idea], today: date) -> CountryLine:
    now = tuple(sum(idea.state == state for idea in ideas) for state in IdeaState)
    return CountryLine(code, len(ideas), now, answers(ideas, today))
