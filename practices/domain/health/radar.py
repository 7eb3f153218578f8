"""The radar: words that come up more often than a quarter ago.

Words come from topics and tags of practices, ideas, questions and sessions, and from what rooms
above register, as changes that were asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from practices.domain.health import upper
from practices.domain.health.facts import SPAN
from practices.domain.health.figure import LEAST
from practices.domain.health.upper import Mention
from practices.models import Idea, Practice, Question
from sessions.models import CopSession

SHOWN = 20


@dataclass(frozen=True)
class Blip:
    """A word: how often in the last ninety days, how often in the ninety before, and where."""

    word: str
    now: int
    before: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def change(self) -> int:
        return self.now - self.before

    @property
    def fewer(self) -> int:
        return max(0, -self.change)


@dataclass(frozen=True)
class Radar:
    """What rises first; `hidden` words came up too seldom to be shown."""

    blips: tuple[Blip, ...]
    hidden: int
    mentions: int


def of(mentions: Iterable[Mention], at: datetime) -> Radar:
    """Counts of the two quarters before `at`; a word with fewer than five mentions is not shown."""
    border, begin = at - SPAN, at - 2 * SPAN
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for one in mentions:
        if border <= one.at < at:
            now[one.word] += 1
            kinds.setdefault(one.word, Counter())[one.kind] += 1
        elif begin <= one.at < border:
            before[one.word] += 1
    words = set(now) | set(before)
    shown = {word for word in words if now[word] + before[word] >= LEAST}
    found = [
        Blip(word, now[word], before[word], tuple(kinds.get(word, Counter()).most_common()))
        for word in shown
    ]
    found.sort(key=lambda blip: (-blip.change, -blip.now, blip.word.casefold()))
    return Radar(tuple(found[:SHOWN]), len(words - shown), now.total() + before.total())


def read(at: datetime) -> Radar:
    """The radar as of an instant; five queries and what is registered."""
    since = at - 2 * SPAN
    return of([*own_mentions(since, at), *upper.mentions(since, at)], at)


def own_mentions(since: datetime, until: datetime) -> Iterator[Mention]:
    """Topics and tags of what the community itself wrote and held."""
    days = (since.date(), until.date())
    practices = Practice.objects.published().filter(started_on__range=days).order_by()
    for tags, topic, day in practices.values_list("tags", "topic__name", "started_on"):
        for word in {*tags, *([topic] if topic else [])}:
            yield Mention(word, "practice", _start(day, until))
    ideas = Idea.objects.standing().filter(added_on__range=days, topic__isnull=False).order_by()
    for topic, day in ideas.values_list("topic__name", "added_on"):
        yield Mention(topic, "idea", _start(day, until))
    asked: Any = Question.objects.filter(checked_at__gte=since, checked_at__lt=until).order_by()
    for topic, at in asked.filter(topic__isnull=False).values_list("topic__name", "checked_at"):
        yield Mention(topic, "question", at)
    held = CopSession.objects.ended(until).filter(starts_at__gte=since, topic__isnull=False)
    for topic, at in held.order_by().values_list("topic__name", "starts_at"):
        yield Mention(topic, "session", at)


def _start(day: date, like: datetime) -> datetime:
    """The first instant of a day, in the zone of another instant."""
    return datetime.combine(day, datetime.min.time(), tzinfo=like.tzinfo)
