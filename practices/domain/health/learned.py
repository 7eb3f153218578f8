"""We learned, we changed: what a country took up from others, and what was done as it asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.safestring import SafeString

from cop_platform.common.text import to_html
from practices.domain.health import upper
from practices.enums import IdeaState
from practices.models import Adoption, Idea
from sessions.models import Lesson

SHOWN = 100


class Kind(StrEnum):
    """How somebody learned."""

    PRACTICE = "practice"
    IDEA = "idea"
    CHANGE = "change"
    LESSON = "lesson"


@dataclass(frozen=True)
class Line:
    """Something that is different now: when, what, in whose words; `route` and `key` its page.

    `times` is how many changes without words of their own one line stands for.
    """

    on: date
    kind: Kind
    title: str
    words: str
    origin: str
    route: str
    key: int
    times: int = 1

    @property
    def html(self) -> SafeString:
        """The words as they were meant: marks such as *stars* are read, not shown."""
        return to_html(self.words)


def total(lines: list[Line]) -> int:
    """How many things are different, where a line may stand for several."""
    return sum(line.times for line in lines)


def of(country_id: int) -> list[Line]:
    """The newest first; three queries and what is registered."""
    found = [
        *_practices(country_id),
        *_ideas(country_id),
        *_lessons(country_id),
        *_changes(country_id),
    ]
    return sorted(found, key=lambda line: line.on, reverse=True)


def _practices(country_id: int) -> Iterator[Line]:
    """Practices of other partners that a partner of the country uses."""
    adopted = Adoption.objects.filter(partner__country=country_id)
    rows = adopted.select_related("version__practice__country").order_by("-adopted_on")[:SHOWN]
    for one in rows:
        practice = one.version.practice
        origin, words = practice.country.code, one.outcome or one.adapted
        yield Line(
            one.adopted_on,
            Kind.PRACTICE,
            one.version.title,
            words,
            origin,
            "practice_detail",
            practice.pk,
        )


def _ideas(country_id: int) -> Iterator[Line]:
    ideas = Idea.objects.standing().filter(country=country_id, state=IdeaState.ADOPTED)
    for idea in ideas.order_by("-settled_on")[:SHOWN]:
        on = idea.settled_on or idea.answered_on or idea.added_on
        yield Line(on, Kind.IDEA, idea.title, idea.answer, "", "idea_detail", idea.pk)


def _lessons(country_id: int) -> Iterator[Line]:
    """Procedures that changed after a look back."""
    lessons = Lesson.objects.in_country(country_id).changed()
    for one in lessons.order_by("-changed_on", "pk")[:SHOWN]:
        if one.changed_on:
            words = one.why or one.happened
            yield Line(
                one.changed_on, Kind.LESSON, one.procedure, words, "", "lesson_detail", one.pk
            )


def _changes(country_id: int) -> Iterator[Line]:
    found = upper.done_for(country_id)[:SHOWN]
    silent = Counter((one.on, one.title, one.route, one.key) for one in found if not one.words)
    for (on, title, route, key), times in silent.items():
        yield Line(on, Kind.CHANGE, title, "", "", route, key, times)
    for one in found:
        if one.words:
            yield Line(one.on, Kind.CHANGE, one.title, one.words, "", one.route, one.key)
