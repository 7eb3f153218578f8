"""What a person gave: for others where the person opened it, and what is known from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils.translation import ngettext

from cop_platform.common.prepared import Asked, Prepared, Slot, at_once, counts
from experts.models import Person, User
from practices import permissions
from practices.domain import contributing
from practices.domain.contributing import Contribution, Span
from practices.domain.people import helping
from practices.domain.people.helping import KindSum
from practices.enums import Given
from practices.models import Adoption, Answer, HelpGiven, MemberChoice, Practice
from sessions.enums import Duty
from sessions.models import DutyHolder

STREAM_DAYS = 365
SHOWN = 12
# Every member may read these, so their titles tell nobody anything new.
OPEN_KINDS = frozenset(
    {Given.ANSWER, Given.PRACTICE, Given.ADOPTION, Given.IDEA, Given.EXPERIMENT, Given.STORY}
)
# Who reviewed what, and when, is told to nobody.
_UNTOLD = frozenset({Given.REVIEW})


@dataclass(frozen=True)
class KindCount:
    """How often somebody gave in one way."""

    label: str
    n: int


@dataclass(frozen=True)
class Line:
    """One line of a stream: the day, the kind, and a title where everybody may read it."""

    at: datetime
    label: str
    title: str
    url: str


@dataclass(frozen=True)
class Stream:
    """What somebody gave within a year: by kind, time of help, the newest lines."""

    counts: tuple[KindCount, ...]
    help: tuple[KindSum, ...]
    lines: tuple[Line, ...]


_OPEN = Prepared(
    lambda: MemberChoice.objects.filter(person=Slot("person"), stream_open=True).values_list("pk")
)


def asks_whether_open(person: Person) -> Asked:
    """Has a row where others may see what this person gave."""
    return _OPEN.asked(person=person.pk)


def is_open(person: Person) -> bool:
    """Whether others may see what this person gave."""
    return bool(_OPEN.all(person=person.pk))


@transaction.atomic
def choose(*, by: User, is_open: bool) -> None:
    """Opens one's own stream to the members, or closes it."""
    permissions.may_contribute(by)
    MemberChoice.objects.update_or_create(person=by.person, defaults={"stream_open": is_open})


def stream(person: Person, at: datetime) -> Stream:
    """A year of one person; the caller asks first whether the reader may see it."""
    since = at - timedelta(days=STREAM_DAYS)
    span = Span(since, at, frozenset({person.pk}))
    found = [one for one in contributing.of(span) if not one.is_kept]
    given = [_told(one) for one in found if one.given not in _UNTOLD]
    counts = Counter(one.given for one in given)
    lines = HelpGiven.objects.filter(person=person, on__gt=since.date(), on__lte=at.date())
    sums = tuple(helping.sums(lines))
    return Stream(
        counts=tuple(KindCount(str(kind.label), counts[kind]) for kind in Given if counts[kind]),
        help=sums,
        lines=tuple(
            Line(one.at, str(one.given.label), one.title, one.url) for one in given[:SHOWN]
        ),
    )


def _told(one: Contribution) -> Contribution:
    """Without its title where the object may not be everybody's to see."""
    return one if one.given in OPEN_KINDS else replace(one, title="", url="")


def earned(person: Person, at: datetime) -> list[str]:
    """What somebody showed that they know, in sentences; only what every member can look up."""
    return said(at_once(asks_what_is_earned(person, at)))


def asks_what_is_earned(person: Person, at: datetime) -> list[Asked]:
    """What `said` says, for a page that asks more at once."""
    return [question.asked(person=person.pk, at=at) for question, _sentence in _EARNED]


def said(found: Sequence[Sequence[tuple[int]]]) -> list[str]:
    """The sentences of what was asked, without those of nothing."""
    numbers = (n for [(n,)] in found)
    return [
        sentence(n) % {"n": n}
        for n, (_question, sentence) in zip(numbers, _EARNED, strict=True)
        if n
    ]


def _accepted(n: int) -> str:
    return ngettext("%(n)d answer was accepted", "%(n)d answers were accepted", n)


def _written(n: int) -> str:
    return ngettext("%(n)d good practice described", "%(n)d good practices described", n)


def _taken_up(n: int) -> str:
    return ngettext(
        "Own practices adopted by others %(n)d time",
        "Own practices adopted by others %(n)d times",
        n,
    )


def _led(n: int) -> str:
    return ngettext("%(n)d session led", "%(n)d sessions led", n)


def _counted(rows: Callable[[], QuerySet]) -> Prepared:
    return Prepared(lambda: counts(rows(), n=Count("pk")))


_EARNED = (
    (
        _counted(lambda: Answer.objects.filter(by=Slot("person"), question__accepted=F("pk"))),
        _accepted,
    ),
    (_counted(lambda: Practice.objects.published().filter(author=Slot("person"))), _written),
    (
        _counted(
            lambda: Adoption.objects.filter(version__practice__author=Slot("person")).exclude(
                person=Slot("person")
            )
        ),
        _taken_up,
    ),
    (
        _counted(
            lambda: DutyHolder.objects.filter(
                session__cancelled_at__isnull=True,
                session__ends_at__lte=Slot("at"),
                duty=Duty.FACILITATOR,
                person=Slot("person"),
            )
        ),
        _led,
    ),
)
