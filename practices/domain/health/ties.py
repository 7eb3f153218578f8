"""Who gave to whom: answered, commented, adopted, helped. Everything here is about pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from practices.domain.contributing import Contribution
from practices.enums import Given

TYING = frozenset({Given.ANSWER, Given.COMMENT, Given.ADOPTION, Given.HELP})
Tie = tuple[int, int]


def directed(given: Iterable[Contribution], members: Mapping[int, int]) -> set[Tie]:
    """(giver, receiver) among members, whose country is known; nobody gives to themselves."""
    return {
        (one.person_id, one.to_id)
        for one in given
        if one.given in TYING
        and one.to_id is not None
        and one.to_id != one.person_id
        and one.person_id in members
        and one.to_id in members
    }


def pairs(found: Iterable[Tie]) -> set[Tie]:
    """Connected pairs, whatever the direction."""
    return {(min(tie), max(tie)) for tie in found}


def touching(found: Iterable[Tie], people: Mapping[int, int], country: int | None) -> set[Tie]:
    """The ties with an end in a country; all of them for the project."""
    if country is None:
        return set(found)
    return {tie for tie in found if country in {people[tie[0]], people[tie[1]]}}
