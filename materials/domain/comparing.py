"""Two versions of a material beside each other: which pages changed, and which words on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from experts.models import User
from materials.models import Material, Page, Version

# Words kept on both sides of a change; what is the same for longer is shortened.
CONTEXT = 12
# Two pages are the same page if this share of their words is; measured on guides whose
# paragraphs were edited, where it lies far above, and on neighbouring pages, far below.
ALIKE = 0.35
# Longer pages are compared more roughly, so that no page takes seconds.
LONG_PAGE = 4000
# Beyond this many cells pages are paired in their order, without looking for the best way.
MOST_CELLS = 40_000


@dataclass(frozen=True)
class Part:
    """Some words in a row: "same", "added", "removed", or "skipped" (their number in `count`)."""

    kind: str
    text: str
    count: int = 0


@dataclass(frozen=True)
class PagePair:
    """A page of the old version and what became of it; one of the two may be missing."""

    old: Page | None
    new: Page | None

    @cached_property
    def kind(self) -> str:
        """One of same, changed, picture (the same words look different), added, removed."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if _words(self.old.text) != _words(self.new.text):
            return "changed"
        return "same" if self.old.image.name == self.new.image.name else "picture"

    @property
    def moved(self) -> bool:
        """The page carries another number now."""
        return bool(self.old and self.new and self.old.number != self.new.number)

    @cached_property
    def parts(self) -> list[Part]:
        """The words that changed, with some around them."""
        return between(self.old.text if self.old else "", self.new.text if self.new else "")


@dataclass(frozen=True)
class Comparison:
    old: Version
    new: Version
    pairs: list[PagePair]

    @cached_property
    def changed(self) -> list[PagePair]:
        return [pair for pair in self.pairs if pair.kind != "same"]

    def count(self, kind: str) -> int:
        return sum(pair.kind == kind for pair in self.pairs)

    @property
    def same(self) -> int:
        return self.count("same")

    @property
    def is_drawn(self) -> bool:
        """Both have pages; without them there is nothing to compare."""
        return any(pair.old for pair in self.pairs) and any(pair.new for pair in self.pairs)


def readable(material: Material, user: User) -> list[Version]:
    """The versions of a material that somebody may open, the newest first."""
    return list(Version.objects.visible_to(user).filter(material=material).newest_first())


def earlier(version: Version, user: User) -> Version | None:
    """The version in the same language before this one that somebody may open."""
    before = Version.objects.visible_to(user).filter(
        material_id=version.material_id, language=version.language, number__lt=version.number
    )
    return before.newest_first().first()


def compare(*, old: Version, new: Version) -> Comparison:
    """Every page of both, in reading order; nothing is written."""
    pages: tuple[list[Page], list[Page]] = (
        list(old.page_set.order_by("number")),
        list(new.page_set.order_by("number")),
    )
    pairs = [PagePair(*both) for both in aligned(*pages)]
    return Comparison(old=old, new=new, pairs=pairs)


def aligned(old: Sequence[Page], new: Sequence[Page]) -> Iterator[tuple[Page | None, Page | None]]:
    """Pairs of pages: first those whose words are the same, between them the most alike."""
    texts = [[" ".join(_words(page.text)) for page in side] for side in (old, new)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _alike(old[a:b], new[c:d])


def _alike(old: Sequence[Page], new: Sequence[Page]) -> Iterator[tuple[Page | None, Page | None]]:
    """The way through both rows that keeps the most words together."""
    if len(old) * len(new) > MOST_CELLS:
        yield from _in_order(old, new)
        return
    bags = [[Counter(_words(page.text)) for page in side] for side in (old, new)]
    alike = [[_share(a, b) for b in bags[1]] for a in bags[0]]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from _in_order(old[i:], new[j:])


def _in_order(
    old: Sequence[Page], new: Sequence[Page]
) -> Iterator[tuple[Page | None, Page | None]]:
    both = min(len(old), len(new))
    yield from zip(old[:both], new[:both], strict=True)
    yield from ((page, None) for page in old[both:])
    yield from ((None, page) for page in new[both:])


def _share(a: Counter[str], b: Counter[str]) -> float:
    """The share of words that two pages have in common; two pages without words are alike."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def between(old: str, new: str) -> list[Part]:
    """What became of a text, word by word, with some unchanged words around each change."""
    return list(_parts(_words(old), _words(new)))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def words_changed(old: str, new: str) -> list[Part]:
    """What became of a text, in the words that changed with some around them."""
    return list(_parts(_words(old), _words(new)))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    rough = len(old) + len(new) > LONG_PAGE
    matcher = SequenceMatcher(None, old, new, autojunk=rough)
    opcodes = matcher.get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(opcodes):
        if kind == "equal":
            yield from _shortened(old[a:b], first=place == 0, last=place == len(opcodes) - 1)
            continue
        if a < b:
            yield Part("removed", " ".join(old[a:b]))
        if c < d:
            yield Part("added", " ".join(new[c:d]))


def _shortened(words: list[str], *, first: bool, last: bool) -> Iterator[Part]:
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    skipped = len(words) - head - tail
    if skipped <= CONTEXT:
        yield Part("same", " ".join(words))
        return
    if head:
        yield Part("same", " ".join(words[:head]))
    yield Part("skipped", "", skipped)
    if tail:
        yield Part("same", " ".join(words[len(words) - tail :]))
