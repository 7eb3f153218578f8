"""The best place of a quote in some pages, and how sure it is.

Looked for in three ways, one after the other: at the place that is remembered, if the words there
are the quote; anywhere the quote stands as it is; and where something like it stands, with at most
half of its letters wrong. A place is judged by the words themselves, those before and after it, and
a little by how far it went.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from feedback.reviews.domain.anchoring.distance import alike, nearest
from feedback.reviews.domain.anchoring.document import Document, PageText, Surroundings
from feedback.reviews.domain.anchoring.folding import normalise

WORDS, BEFORE, AFTER, POSITION = 50, 20, 20, 2
MOST_ERRORS = 256
# Of a longer quote the beginning is compared.
LONGEST = 4000
# The words before and after are looked for this many times their own length away: others may have
# been put between.
REACH = 3
# A quote this long that stands nowhere else speaks for itself, whatever is around it now.
SPEAKS_FOR_ITSELF = 16
CERTAINLY_THE_SAME = 60
# Another place counts as a rival when its words are nearly as close.
RIVAL = 0.2
# From here on nothing better is looked for.
SURE = 0.9
# A place that was there before is left to whom it belongs if its words are at least this long and
# what is around it is this much more like that place than like the marked one.
KNOWN_BY, MORE_LIKE = 12, 0.1
# Up to this share of its surroundings any two places have in common; from the second on, it is
# the same piece of text.
STRANGE, FAMILIAR = 0.2, 0.55
ONE_SIDE = 0.9


@dataclass(frozen=True)
class Found:
    """A place on a page, in characters of its text; `score` 0 to 1; `exact` where not one word of
    the quote is another.
    """

    page: int
    start: int
    end: int
    score: float
    exact: bool


@dataclass(frozen=True)
class Earlier:
    """The pages in which the place was marked, and where in their folded text it is.

    With them, a place that was another one before is not taken for the marked one.
    """

    document: Document
    start: int
    end: int


class _Part(NamedTuple):
    start: int
    end: int
    likeness: float


def resolve(
    *,
    quote: str,
    prefix: str = "",
    suffix: str = "",
    page: int | None = None,
    start: int | None = None,
    pages: Document | Sequence[PageText],
    earlier: Earlier | None = None,
) -> Found | None:
    """Where the quote stands now: the best place, however unsure, or None where nothing is like it.

    `page` and `start` are where it is expected. Never raises, whatever the strings are.
    """
    document = pages if isinstance(pages, Document) else Document(pages)
    words = normalise(quote).text
    if not words or not document.text:
        return None
    search = _Search(
        document,
        words,
        normalise(prefix).text,
        normalise(suffix).text,
        document.position(page, start),
        earlier,
    )
    found = search.best() or _turned(search, quote)
    if found is None:
        return None
    return Found(*document.place(found.start, found.end), found.score, found.likeness == 1)


class _Scored(NamedTuple):
    start: int
    end: int
    likeness: float
    score: float


@dataclass(frozen=True)
class _Search:
    """One quote in one document; everything is folded. `near` is where it is expected."""

    document: Document
    quote: str
    prefix: str
    suffix: str
    near: int
    earlier: Earlier | None = None

    def best(self) -> _Scored | None:
        if remembered := self._remembered():
            return remembered
        exact = [self._exact(start) for start in self.document.exact(self.quote, self.near)]
        found = self._judged(exact)
        if found is None or found.score < SURE:
            found = self._judged([*exact, *self._alike()])
        return found

    def _exact(self, start: int) -> _Part:
        return _Part(start, start + len(self.quote), 1.0)

    def _remembered(self) -> _Scored | None:
        """The expected place, if the quote and what was around it are there as they were."""
        start, end = self.near, self.near + len(self.quote)
        text = self.document.text
        before, after = text[max(0, start - len(self.prefix)) : start], text[end:]
        if not (text.startswith(self.quote, start) and before == self.prefix):
            return None
        return _Scored(start, end, 1.0, 1.0) if after.startswith(self.suffix) else None

    def _alike(self) -> Iterator[_Part]:
        """Parts that are like the quote, with at most half of its letters wrong."""
        compared = self.quote[:LONGEST]
        rest = len(self.quote) - len(compared)
        allowed = min(MOST_ERRORS, len(compared) // 2)
        slack = max(16, len(compared) // 4)
        looked: list[int] = []
        for at in self._likely(slack):
            if any(abs(at - other) < slack for other in looked):
                continue
            looked.append(at)
            low = max(0, at - slack - allowed)
            window = self.document.text[low : at + slack + len(compared) + allowed]
            match = nearest(compared, window, allowed)
            if match and match.start < match.end:
                end = min(low + match.end + rest, len(self.document.text))
                yield _Part(low + match.start, end, 1 - match.errors / len(compared))

    def _likely(self, slack: int) -> Iterator[int]:
        """Where the quote may begin: as expected, by its own words, by those around as well."""
        stretch = self.prefix + self.quote[:LONGEST] + self.suffix
        yield self.near
        yield from self.document.likely(self.quote[:LONGEST], slack)
        yield from (at + len(self.prefix) for at in self.document.likely(stretch, slack))

    def _judged(self, parts: Sequence[_Part]) -> _Scored | None:
        """The part that scores best, the nearer one of two that are equally good."""
        free = [part for part in set(parts) if not self._was_another(part)]
        scored = [_Scored(*part, self._score(part, free)) for part in free]
        if not scored:
            return None
        return max(scored, key=lambda one: (one.score, -abs(one.start - self.near), -one.start))

    def _score(self, part: _Part, others: Sequence[_Part]) -> float:
        """Of 1: the words, those around as far as any are known, and the distance."""
        text, reach = self.document.text, REACH * max(len(self.prefix), len(self.suffix))
        before = alike(self.prefix, text[max(0, part.start - reach) : part.start])
        after = alike(self.suffix, text[part.end : part.end + reach])
        familiar = self._familiar(part)
        # Somebody may have written anew what is on one side: the other side speaks for it then.
        sides = [(self.prefix, BEFORE, before), (self.suffix, AFTER, after)]
        vouched = ONE_SIDE * familiar * max(like for known, _weight, like in sides if known or like)
        if self._has_no_rival(part, others):
            vouched = max(vouched, part.likeness * self._worth(part))
        weights, reached = WORDS + POSITION, WORDS * part.likeness
        reached += POSITION * (1 - abs(part.start - self.near) / len(text))
        for known, weight, like in sides:
            if known:
                weights += weight
                reached += weight * max(like * (0.5 + 0.5 * familiar), vouched)
        return reached / weights

    def _has_no_rival(self, part: _Part, others: Sequence[_Part]) -> bool:
        if len(self.quote) < SPEAKS_FOR_ITSELF:
            return False
        return not any(
            other.likeness > part.likeness - RIVAL
            and (other.end <= part.start or other.start >= part.end)
            for other in others
        )

    def _worth(self, part: _Part) -> float:
        """What the quote is worth as the only witness: the share of it that stood nowhere else, or
        its length where all of it stands here and stood once.
        """
        length = min(1.0, len(self.quote) / CERTAINLY_THE_SAME)
        is_the_one = part.likeness == 1 and self._stood_once
        return max(self._rarity, length if is_the_one else 0.0)

    @cached_property
    def _rarity(self) -> float:
        return self._known.rarity(self.quote)

    @cached_property
    def _stood_once(self) -> bool:
        return self._known.text.count(self.quote) <= 1

    @property
    def _known(self) -> Document:
        return self.earlier.document if self.earlier else self.document

    @cached_property
    def _own(self) -> Surroundings | None:
        known = self.earlier
        return known.document.surroundings(known.start, known.end) if known else None

    def _familiar(self, part: _Part) -> float:
        """From 0, it stands among other words, to 1, the piece of text around it is the same."""
        if self._own is None:
            return 1.0
        share = max(self._own.shares(self.document.surroundings(part.start, part.end)))
        return min(1.0, max(0.0, (share - STRANGE) / (FAMILIAR - STRANGE)))

    def _was_another(self, part: _Part) -> bool:
        """Whether the pages before held just this at a place that was not the marked one."""
        if self.earlier is None or self._own is None or part.end - part.start < KNOWN_BY:
            return False
        was, own = self.earlier.document, self.earlier
        words = self.document.text[part.start : part.end]
        now = self.document.surroundings(part.start, part.end)
        mine = _resemblance(self._own, now)
        for start in was.exact(words, own.start):
            end = start + len(words)
            apart = start >= own.end or own.start >= end
            if apart and _resemblance(was.surroundings(start, end), now) > mine + MORE_LIKE:
                return True
        return False


def _resemblance(before: Surroundings, now: Surroundings) -> float:
    """How much two places lie in the same piece of text, 0 to 4."""
    return sum(before.shares(now)) + before.touching(now)


def _turned(search: _Search, quote: str) -> _Scored | None:
    """Some viewers copy words from the right in the order they are drawn: read the other way."""
    if not any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in quote):
        return None
    turned = normalise(quote[::-1]).text
    places = search.document.exact(turned, search.near)
    if not places:
        return None
    score = (WORDS + POSITION) / (WORDS + BEFORE + AFTER + POSITION) if places[1:] else SURE
    return _Scored(places[0], places[0] + len(turned), 1.0, score)
