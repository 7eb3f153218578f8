"""Which offer answers which need: by the words, the languages, and across countries first; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from materials.domain.words import normalised
from practices.domain.people import wording

_WORD = re.compile(r"\w{4,}")
# Endings differ from form to form and from language to language; beginnings rarely do.
_STEM = 5
# Words that stand in every second offer and say nothing of what it is about.
_SAY_LITTLE = (
    "with from help some someone about need offer have that this people looking your into what"
)
_EMPTY = frozenset(normalised(word, "en")[:_STEM] for word in _SAY_LITTLE.split())


@dataclass(frozen=True)
class Entry:
    """An offer or a need as matching sees it."""

    id: int
    person_id: int
    country_id: int | None
    country: str
    is_offer: bool
    words: str
    languages: frozenset[str]


@dataclass(frozen=True)
class Match:
    """The other side of an entry, how well it fits, and why in sentences."""

    entry: Entry
    score: int
    reasons: tuple[str, ...]


def matches(one: Entry, others: Iterable[Entry]) -> list[Match]:
    """What answers an entry, the best first: the other kind, another person, a word in common.

    A language in common is needed where both sides name any. Other countries come first.
    """
    found = [match for other in others if (match := _match(one, other)) is not None]
    return sorted(found, key=lambda match: (-match.score, match.entry.id))


def _match(one: Entry, other: Entry) -> Match | None:
    if one.is_offer == other.is_offer or one.person_id == other.person_id:
        return None
    words = shared_words(one.words, other.words)
    languages = one.languages & other.languages
    if not words or (one.languages and other.languages and not languages):
        return None
    abroad = one.country_id != other.country_id
    reasons = [_("Both write of: %(words)s") % {"words": ", ".join(words)}]
    if languages:
        reasons.append(_("Both speak %(languages)s") % {"languages": wording.languages(languages)})
    if abroad and other.country:
        reasons.append(_("From another country: %(country)s") % {"country": other.country})
    # A border weighs more than any number of words: that is what the list is for.
    return Match(other, 100 * abroad + 10 * min(len(words), 9) + bool(languages), tuple(reasons))


def shared_words(one: str, other: str) -> list[str]:
    """Words of the first text that the second has too, in whatever form, as they are written."""
    there = set(_stems(other))
    return list(dict.fromkeys(word for stem, word in _stems(one).items() if stem in there))


def _stems(text: str) -> dict[str, str]:
    """The words that say something, by their beginning."""
    found = ((normalised(word, "en")[:_STEM], word.lower()) for word in _WORD.findall(text))
    return {stem: word for stem, word in found if stem not in _EMPTY}
