"""We learned, we changed: what a country took up from others, and what was done as it asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from practices.domain.health import upper
from practices.enums import IdeaState
from practices.models import Adoption, Idea

SHOWN = 100


class Kind(StrEnum):
    """How somebody learned."""

    PRACTICE = "practice"
    IDEA = "idea"
    CHANGE = "change"


@dataclass(frozen=True)
class Line:
    """Something that is different now: when, what, in whose words; `route` and `key` its page."""

    on: date
    kind: Kind
    title: str
    words: str
    origin: str
    route: str
    key: int


def of(country_id: int) -> list[Line]:
    """The newest first; two queries and what is registered."""
    found = [*_practices(country_id), *_ideas(country_id), *_changes(country_id)]
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


def _changes(country_id: int) -> Iterator[Line]:
    for one in upper.done_for(country_id)[:SHOWN]:
        yield Line(one.on, Kind.CHANGE, one.title, one.words, "", one.route, one.key)
