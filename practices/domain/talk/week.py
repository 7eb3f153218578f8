"""What a week brought that concerns a person: their discussions, their country, their topics.

A person's topics are those of the charters of their communities and of what they wrote themselves;
they are compared by name, as every community words a charter of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from experts.models import Membership, Person
from practices.domain.talk import discussed
from practices.domain.talk.discussed import Key
from practices.models import Comment, Follow, Idea, Practice, Question


@dataclass(frozen=True)
class Line:
    """One thing to read; `comments` is how many new comments it has, 0 for a new thing."""

    title: str
    link: str
    country: str = ""
    comments: int = 0


@dataclass(frozen=True)
class Week:
    """What concerns one person, by the headings of the digest."""

    talks: list[Line] = field(default_factory=list)
    practices: list[Line] = field(default_factory=list)
    ideas: list[Line] = field(default_factory=list)
    questions: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.talks or self.practices or self.ideas or self.questions)


@dataclass(frozen=True)
class _New:
    """A new practice, idea or question, with what decides whom it concerns."""

    line: Line
    author_id: int
    country_id: int | None
    topic: str


def of(people: Iterable[Person], since: datetime, until: datetime) -> dict[int, Week]:
    """For each person what came from `since`, included, to `until`, not included (UTC)."""
    people = list(people)
    news = {
        "practices": _practices(since, until),
        "ideas": _ideas(since, until),
        "questions": _questions(since, until),
    }
    topics = _topics(people) if any(news.values()) else {}
    talks = _talks(people, since, until)
    return {
        person.pk: Week(
            talks=talks.get(person.pk, []),
            **{
                name: [new.line for new in found if _concerns(new, person, topics[person.pk])]
                for name, found in news.items()
            },
        )
        for person in people
    }


def _concerns(new: _New, person: Person, topics: set[str]) -> bool:
    if new.author_id == person.pk:
        return False
    is_near = new.country_id is not None and new.country_id == person.country_id
    return is_near or new.topic in topics


def _practices(since: datetime, until: datetime) -> list[_New]:
    days = _days(since, until)
    rows = Practice.objects.published().filter(
        current__published_on__gte=days[0], current__published_on__lt=days[1]
    )
    return [
        _new(row, row.current.title if row.current else "", row.author_id)
        for row in rows.select_related("current", "country", "topic")
    ]


def _ideas(since: datetime, until: datetime) -> list[_New]:
    days = _days(since, until)
    rows = Idea.objects.standing().filter(added_on__gte=days[0], added_on__lt=days[1])
    return [_new(row, row.title, row.author_id) for row in rows.select_related("country", "topic")]


def _questions(since: datetime, until: datetime) -> list[_New]:
    rows = Question.objects.open().filter(checked_at__gte=since, checked_at__lt=until)
    rows = rows.select_related("country", "topic")
    return [_new(row, row.title, row.asked_by_id) for row in rows]


def _new(row: Practice | Idea | Question, title: str, author_id: int) -> _New:
    country = row.country.code if row.country else ""
    topic = row.topic.name.casefold() if row.topic else ""
    return _New(Line(title, row.get_absolute_url(), country), author_id, row.country_id, topic)


def _days(since: datetime, until: datetime) -> tuple[date, date]:
    return since.date(), until.date()


def _topics(people: list[Person]) -> dict[int, set[str]]:
    """The names of each person's topics."""
    keys = [person.pk for person in people]
    found: dict[int, set[str]] = {key: set() for key in keys}
    charters = Membership.objects.current().filter(person__in=keys).order_by()
    own = (
        charters.values_list("person", "cop__charters__topics__name"),
        Practice.objects.filter(author__in=keys).order_by().values_list("author", "topic__name"),
        Idea.objects.filter(author__in=keys).order_by().values_list("author", "topic__name"),
        Question.objects.filter(asked_by__in=keys)
        .order_by()
        .values_list("asked_by", "topic__name"),
    )
    for rows in own:
        for person, name in rows:
            if name:
                found[person].add(name.casefold())
    return found


def _talks(people: list[Person], since: datetime, until: datetime) -> dict[int, list[Line]]:
    """New comments of others in the threads that each person follows and sees."""
    rows = Comment.objects.standing().filter(at__gte=since, at__lt=until).order_by()
    said: dict[Key, Counter[int]] = defaultdict(Counter)
    for kind, pk, by in rows.values_list("kind", "object_id", "by_id"):
        said[kind, pk][by] += 1
    if not said:
        return {}
    wanted: dict[int, dict[Key, int]] = defaultdict(dict)
    follows = Follow.objects.filter(person__in=[person.pk for person in people])
    for person_id, kind, pk in follows.values_list("person_id", "kind", "object_id"):
        count = sum(n for by, n in said.get((kind, pk), {}).items() if by != person_id)
        if count:
            wanted[person_id][kind, pk] = count
    return {person.pk: _seen(person, wanted[person.pk]) for person in people if person.pk in wanted}


def _seen(person: Person, wanted: dict[Key, int]) -> list[Line]:
    if person.user is None:
        return []
    things = discussed.find_many(person.user, wanted)
    shown = [Line(things[key].title, things[key].thread_url, "", wanted[key]) for key in things]
    return sorted(shown, key=lambda line: (-line.comments, line.title))
