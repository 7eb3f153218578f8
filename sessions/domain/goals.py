"""Goals of communities: what can be counted, how far each goal is, setting and dropping them.

Each app registers the counters of its own rows. A counter tells single happenings, and goals are
counted from them, so that any number of goals of one counter costs one question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from sessions.models import CopSession, Goal

MOST = 12


@dataclass(frozen=True)
class Span:
    """From `since` to `until`, both included, as far as it happened by `at`."""

    since: date
    until: date
    at: datetime


@dataclass(frozen=True)
class Happening:
    """Something that counts once: on a day, for a country; `key` tells it from others.

    What belongs to two countries is told once for each, under the same key.
    """

    country_id: int | None
    on: date
    key: int


@dataclass(frozen=True)
class Counter:
    """What can be counted, as a goal is set; `happened` asks one question."""

    key: str
    label: str | Promise
    happened: Callable[[Span], Iterable[Happening]]


@dataclass(frozen=True)
class Progress:
    """A goal and how many of its `target` things have happened; `linked` sessions serve it."""

    goal: Goal
    label: str
    n: int
    linked: int

    @property
    def is_reached(self) -> bool:
        return self.n >= self.goal.target

    @property
    def shown(self) -> int:
        """What a bar shows: never more than all of it."""
        return min(self.n, self.goal.target)


_counters: dict[str, Counter] = {}


def register(counter: Counter) -> None:
    """Makes something countable; in AppConfig.ready."""
    _counters[counter.key] = counter


def choices() -> list[tuple[str, str]]:
    """Keys and labels of what can be counted, by label."""
    return sorted(((c.key, str(c.label)) for c in _counters.values()), key=lambda pair: pair[1])


def progress(rows: Sequence[Goal], at: datetime) -> list[Progress]:
    """How far each goal is; one question for each counter in use and one for linked sessions.

    Of the project's own community everything counts, wherever it happened.
    """
    found: dict[str, list[Happening]] = {}
    for key in {goal.counter for goal in rows} & _counters.keys():
        own = [goal for goal in rows if goal.counter == key]
        span = Span(min(g.starts_on for g in own), max(g.ends_on for g in own), at)
        found[key] = list(_counters[key].happened(span))
    pairs = CopSession.objects.filter(goal__in=[goal.pk for goal in rows]).not_cancelled()
    linked = list(pairs.values_list("goal_id", flat=True)) if rows else []
    return [
        Progress(
            goal,
            str(_counters[goal.counter].label) if goal.counter in _counters else goal.counter,
            _counted(goal, found.get(goal.counter, [])),
            linked.count(goal.pk),
        )
        for goal in rows
    ]


def _counted(goal: Goal, happenings: Iterable[Happening]) -> int:
    country = goal.cop.country_id
    return len(
        {
            one.key
            for one in happenings
            if goal.starts_on <= one.on <= goal.ends_on
            and (country is None or one.country_id == country)
        }
    )


@transaction.atomic
def set_goal(
    *,
    cop_id: int,
    title: str,
    counter: str,
    target: int,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
) -> Goal:
    """Raises Refused; NotPossible when the community has its fill of goals."""
    cop = CommunityOfPractice.objects.select_for_update(of=("self",)).get(pk=cop_id)
    permissions.may_write_charter(by, cop)
    if Goal.objects.filter(cop=cop, ends_on__gte=at.date()).count() >= MOST:
        raise NotPossible(_("A dozen goals is enough; drop one first."))
    goal = Goal.objects.create(
        cop=cop,
        title=title,
        counter=counter,
        target=target,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by=by.person,
        set_at=at,
    )
    audit.record(deed="goal set", about=goal, by=by, at=at, country_id=cop.country_id)
    return goal


@transaction.atomic
def drop_goal(*, goal_id: int, by: User, at: datetime) -> None:
    """Takes a goal away; sessions that served it stay. Raises Refused."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("cop").get(pk=goal_id)
    permissions.may_write_charter(by, goal.cop)
    audit.record(deed="goal dropped", about=goal, by=by, at=at, country_id=goal.cop.country_id)
    goal.delete()


def _sessions(span: Span, *, held: bool) -> Iterable[Happening]:
    rows = CopSession.objects.not_cancelled().filter(wall_day__range=(span.since, span.until))
    if held:
        rows = rows.filter(ends_at__lte=span.at)
    for country, day, key in rows.values_list("host_cops__country_id", "wall_day", "pk"):
        yield Happening(country, day, key)


def register_own() -> None:
    """The counters of sessions."""
    register(
        Counter(
            "sessions_held",
            gettext_lazy("Sessions that took place"),
            lambda span: _sessions(span, held=True),
        )
    )
    register(
        Counter(
            "sessions_planned",
            gettext_lazy("Sessions planned or held"),
            lambda span: _sessions(span, held=False),
        )
    )
