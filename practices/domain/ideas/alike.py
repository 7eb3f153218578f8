"""Ideas that may say the same as one that is being typed: by the words of their titles."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import User
from materials.domain.words import normalised
from practices.models import Idea

SHOWN = 3
# Of 1, above which two titles are shown beside each other; found by trying with the demo's.
_ALIKE = 0.4
# Parts of words of this many letters are compared, so that endings do not part two words.
_PART = 3
# Titles of fewer parts are a word or none.
_FEWEST = 4


@dataclass(frozen=True)
class Alike:
    """An idea that may be the same."""

    pk: int
    title: str
    url: str
    country: str


def of(*, title: str, user: User) -> list[Alike]:
    """The most similar standing ideas, the closest first; one question."""
    parts = _parts(title)
    if not parts:
        return []
    seen = Idea.objects.visible_to(user).standing().order_by("pk")
    scored = []
    for idea in seen.select_related("country").only("pk", "title", "country__code"):
        score = _overlap(parts, _parts(idea.title))
        if score >= _ALIKE:
            scored.append((-score, idea.pk, idea))
    return [
        Alike(
            idea.pk, idea.title, idea.get_absolute_url(), idea.country.code if idea.country else ""
        )
        for _score, _pk, idea in sorted(scored, key=lambda found: found[:2])[:SHOWN]
    ]


def _parts(title: str) -> frozenset[str]:
    """Every three letters in a row of every word, its beginning marked."""
    spelt = "".join(sign if sign.isalnum() else " " for sign in normalised(title, "en"))
    return frozenset(
        f" {word} "[at : at + _PART] for word in spelt.split() for at in range(len(word))
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of parts both have, by the shorter one: a longer title may add to the same."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= _FEWEST else 0.0
