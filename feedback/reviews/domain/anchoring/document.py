"""The pages of one version as one folded text that is searched by words and by likeness."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, takewhile

from feedback.reviews.domain.anchoring.folding import Folded, normalise

# Runs of letters that are looked up, and how far apart those of the document are kept: every run
# of GRAM + STEP - 1 equal letters is noticed.
GRAM, STEP = 6, 3
# A run that stands in more places than this tells nothing.
COMMON = 60
# Letters around a place that tell which piece of text it is in, and the runs they are compared by.
AROUND, RUN, TOUCHING = 200, 8, 24
# Places looked at for one quote.
MOST_EXACT, MOST_LIKELY = 80, 4


@dataclass(frozen=True)
class PageText:
    """A page's number and words; `picture` names what it looks like, equal where it is the same."""

    number: int
    text: str
    picture: str = ""


@dataclass(frozen=True)
class Surroundings:
    """The letters before and after a place, and how much of them is found again elsewhere."""

    before: str
    after: str

    @cached_property
    def runs(self) -> tuple[frozenset[str], frozenset[str]]:
        return _runs(self.before), _runs(self.after)

    def shares(self, other: Surroundings) -> tuple[float, float]:
        """The share of those before that `other` has before it, and of those after."""
        before, after = (
            len(mine & theirs) / max(len(mine), 1)
            for mine, theirs in zip(self.runs, other.runs, strict=True)
        )
        return before, after

    def touching(self, other: Surroundings) -> float:
        """From 0 to 2: how far both are the same, letter by letter, away from the place."""
        before = _in_common(self.before[::-1], other.before[::-1])
        after = _in_common(self.after, other.after)
        return (before + after) / TOUCHING


class Document:
    """Pages in their order; built once, asked for many places."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.pages = list(pages)
        self.folded: list[Folded] = [normalise(page.text) for page in self.pages]
        lengths = [len(folded.text) for folded in self.folded]
        self.firsts = [0, *accumulate(lengths)]
        self.text = "".join(folded.text for folded in self.folded)
        self._known_surroundings: dict[tuple[int, int], Surroundings] = {}
        self._index_of = {page.number: index for index, page in enumerate(self.pages)}

    def page(self, number: int | None) -> PageText | None:
        index = self._index_of.get(number) if number is not None else None
        return None if index is None else self.pages[index]

    def position(self, number: int | None, offset: int | None) -> int:
        """Where a place of a page is in the folded text; for a page that is not there, as near
        to it as there are pages.
        """
        if not self.pages:
            return 0
        index = self._index_of.get(number) if number is not None else 0
        if index is None:
            index = min(
                range(len(self.pages)), key=lambda i: abs(self.pages[i].number - (number or 0))
            )
        within = self.folded[index].folded(offset) if offset is not None else 0
        return self.firsts[index] + within

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """(page, start, end) of a part of the folded text; of one that runs over the end of a page
        the larger share. The part is not empty.
        """
        index = bisect_right(self.firsts, start) - 1
        turn = self.firsts[index + 1]
        if end > turn and end - turn > turn - start:
            index = bisect_right(self.firsts, end - 1) - 1
        first = self.firsts[index]
        low, high = max(start, first) - first, min(end, self.firsts[index + 1]) - first
        return (self.pages[index].number, *self.folded[index].original(low, high))

    def exact(self, quote: str, near: int) -> list[int]:
        """Where the folded quote stands, those nearest to `near` first."""
        found: list[int] = []
        after = self.text.find(quote, near)
        before = self.text.rfind(quote, 0, near + len(quote) - 1)
        while (after >= 0 or before >= 0) and len(found) < MOST_EXACT:
            if before < 0 or (after >= 0 and after - near <= near - before):
                found.append(after)
                after = self.text.find(quote, after + 1)
            else:
                found.append(before)
                before = self.text.rfind(quote, 0, before + len(quote) - 1)
        return found

    def likely(self, stretch: str, slack: int) -> Iterator[int]:
        """Where a stretch of folded text may begin, give or take `slack`, the likeliest first."""
        votes: Counter[int] = Counter()
        for offset in range(len(stretch) - GRAM + 1):
            for place in self._grams.get(stretch[offset : offset + GRAM], ()):
                votes[(place - offset) // slack] += 1
        together = Counter({at: votes[at] + votes.get(at + 1, 0) for at in votes})
        together.update({at - 1: votes[at] for at in votes if at - 1 not in votes})
        for at, _votes in together.most_common(MOST_LIKELY):
            yield (at + 1) * slack

    def around(self, start: int, end: int, letters: int) -> tuple[str, str]:
        """The folded text before and after a part, no further than its page goes."""
        first = self.firsts[bisect_right(self.firsts, start) - 1]
        last = self.firsts[bisect_right(self.firsts, end - 1)]
        return self.text[max(first, start - letters) : start], self.text[end : end + letters][
            : last - end
        ]

    def surroundings(self, start: int, end: int) -> Surroundings:
        """What is around a part of the folded text."""
        known = self._known_surroundings.get((start, end))
        if known is None:
            before = self.text[max(0, start - AROUND) : start]
            known = Surroundings(before, self.text[end : end + AROUND])
            self._known_surroundings[start, end] = known
        return known

    def rarity(self, quote: str) -> float:
        """The share of the runs of a folded quote that stand once or never in these pages."""
        runs = _runs(quote)
        return sum(hash(run) not in self._repeated for run in runs) / max(len(runs), 1)

    @cached_property
    def _repeated(self) -> frozenset[int]:
        """The hashes of runs that stand in more than one place; a wrong one does no harm."""
        once: set[int] = set()
        again: set[int] = set()
        for at in range(len(self.text) - RUN + 1):
            run = hash(self.text[at : at + RUN])
            (again if run in once else once).add(run)
        return frozenset(again)

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in range(0, len(self.text) - GRAM + 1, STEP):
            found.setdefault(self.text[place : place + GRAM], []).append(place)
        return {gram: places for gram, places in found.items() if len(places) <= COMMON}


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + RUN] for at in range(len(text) - RUN + 1))


def _in_common(one: str, other: str) -> int:
    """How many of the first letters of both are the same."""
    pairs = zip(one[:TOUCHING], other[:TOUCHING], strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
