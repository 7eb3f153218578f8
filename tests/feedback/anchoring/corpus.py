"""Pages before and after editing, with every marked place and where it truly is afterwards.

Sentences are put together from `phrases`, marked, edited by a seeded editor that knows what it
does, and set on pages as an extractor reads them: running titles, page numbers, broken lines,
hyphens. Every seed gives another corpus; the same seed the same one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from feedback.reviews.domain.anchoring import Document, PageText, Place
from tests.feedback.anchoring.phrases import FROM_THE_RIGHT, PHRASES, Phrases

PAGES, PARAGRAPHS, SENTENCES = 7, 4, 3
CONTEXT = 32


@dataclass
class Sentence:
    """Words that stay one sentence through every edit; `mark` are the marked ones among them."""

    words: list[str]
    mark: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return " ".join(self.words)


Paragraph = list[Sentence]
Sheet = list[Paragraph]


@dataclass(frozen=True)
class Truth:
    """Where a marked place is afterwards: kept, moved, changed or gone; a span of the page."""

    state: str
    page: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Marked:
    place: Place
    truth: Truth


@dataclass
class Edited:
    """One document of the corpus."""

    language: str
    script: str
    old: list[PageText]
    new: list[PageText]
    marked: list[Marked]
    edits: list[str] = field(default_factory=list)

    @property
    def from_the_right(self) -> bool:
        return self.language in FROM_THE_RIGHT

    @cached_property
    def documents(self) -> tuple[Document, Document]:
        return Document(self.old), Document(self.new)


def corpus(seed: int) -> list[Edited]:
    """A document in each language: 56 pages before editing."""
    return [edited(language, seed) for language in PHRASES]


def edited(language: str, seed: int) -> Edited:
    return _Editor(language, random.Random(f"{language} {seed}")).document()


class _Editor:
    def __init__(self, language: str, chance: random.Random) -> None:
        self.language, self.chance = language, chance
        self.phrases: Phrases = PHRASES[language]
        parts = [self.phrases.openings, self.phrases.middles, self.phrases.endings]
        self.unused = self._shuffled(parts)
        self.unused_later = self._shuffled(self.phrases.later)
        self.edits: list[str] = []

    def document(self) -> Edited:
        sheets = [
            [[self._sentence() for _s in range(SENTENCES)] for _p in range(PARAGRAPHS)]
            for _page in range(PAGES)
        ]
        sentences = [s for sheet in sheets for paragraph in sheet for s in paragraph]
        self._mark(sentences)
        old, where = self._set(sheets, width=78)
        before = {id(s): (*place, s.text) for s, place in where}
        marks = [(s, self._marked(old, where, s)) for s in sentences if s.mark]
        self._edit(sheets)
        new, where = self._set(sheets, width=self.chance.choice([64, 78, 92]))
        now = {id(s): place for s, place in where}
        found = [
            Marked(place, _truth(s, place, new, before[id(s)][0], now.get(id(s))))
            for s, place in marks
        ]
        return Edited(self.language, self.phrases.script, old, new, found, self.edits)

    def _shuffled(self, parts: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        combinations = list(product(*parts))
        self.chance.shuffle(combinations)
        return iter(combinations)

    def _sentence(self) -> Sentence:
        return Sentence(" ".join(next(self.unused)).split())

    def _later(self) -> Sentence:
        return Sentence(" ".join(next(self.unused_later)).split())

    def _mark(self, sentences: list[Sentence]) -> None:
        """Two of three: half of them whole sentences, half of them some words."""
        for sentence in sentences:
            if self.chance.random() < 1 / 3:
                continue
            length = len(sentence.words)
            if self.chance.random() < 0.5:
                sentence.mark = (0, length)
            else:
                size = self.chance.randint(3, min(7, length))
                first = self.chance.randint(0, length - size)
                sentence.mark = (first, first + size)

    def _edit(self, sheets: list[Sheet]) -> None:
        """Every sentence may meet one deed; then whole paragraphs and pages are put elsewhere."""
        copies: list[Sentence] = []
        for sheet in sheets:
            for paragraph in sheet:
                for sentence in list(paragraph):
                    copies += self._meet(paragraph, sentence)
        for _time in range(3):
            self._move(sheets)
        for copy in copies:
            self.chance.choice(self.chance.choice(sheets)).append(copy)
            self.edits.append("copied as a decoy")
        if self.chance.random() < 0.7:
            fresh = [[self._later() for _s in range(SENTENCES)] for _p in range(2)]
            sheets.insert(self.chance.randrange(len(sheets)), fresh)
            self.edits.append("page added")

    def _meet(self, paragraph: Paragraph, sentence: Sentence) -> list[Sentence]:
        """One deed or none; a copy that is put elsewhere later, if that is the deed."""
        deeds = [self._reword, self._insert, self._cut, self._delete, self._rewrite]
        roll = self.chance.random()
        if roll < 0.35:
            self.chance.choice(deeds)(paragraph, sentence)
        elif roll < 0.42:
            paragraph.insert(paragraph.index(sentence), self._later())
            self.edits.append("sentence added")
        elif roll < 0.47 and sentence.mark:
            return [Sentence(list(sentence.words))]
        return []

    def _reword(self, _paragraph: Paragraph, sentence: Sentence) -> None:
        """Other words in the place of one in five."""
        others = self._others()
        for _time in range(max(1, len(sentence.words) // 5)):
            sentence.words[self.chance.randrange(len(sentence.words))] = self.chance.choice(others)
        self.edits.append("words replaced")

    def _others(self) -> list[str]:
        return " ".join(part for parts in self.phrases.later for part in parts).split()

    def _insert(self, _paragraph: Paragraph, sentence: Sentence) -> None:
        others = self._others()
        at, size = self.chance.randrange(1, len(sentence.words)), self.chance.randint(1, 3)
        self._change_length(sentence, at, 0, self.chance.sample(others, size))
        self.edits.append("words added")

    def _cut(self, _paragraph: Paragraph, sentence: Sentence) -> None:
        at = self.chance.randrange(1, len(sentence.words) - 1)
        self._change_length(sentence, at, self.chance.randint(1, 2), [])
        self.edits.append("words taken out")

    def _change_length(self, sentence: Sentence, at: int, taken: int, put: list[str]) -> None:
        taken = min(taken, len(sentence.words) - at)
        sentence.words[at : at + taken] = put
        if sentence.mark:
            first, after = sentence.mark
            by = len(put) - taken
            # What is put in just before or just after the marked words does not belong to them.
            first = first if first < at else max(at + len(put), first + by)
            after = after if after <= at else max(at, after + by)
            sentence.mark = (first, max(first, after))

    def _delete(self, paragraph: Paragraph, sentence: Sentence) -> None:
        paragraph.remove(sentence)
        self.edits.append("sentence deleted")

    def _rewrite(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Another sentence in its place; nothing of the marked one is left."""
        paragraph[paragraph.index(sentence)] = self._later()
        self.edits.append("sentence written anew")

    def _move(self, sheets: list[Sheet]) -> None:
        source = self.chance.choice([sheet for sheet in sheets if len(sheet) > 1])
        paragraph = source.pop(self.chance.randrange(len(source)))
        target = self.chance.choice(sheets)
        target.insert(self.chance.randint(0, len(target)), paragraph)
        self.edits.append("paragraph moved" if target is source else "paragraph to another page")

    def _set(
        self, sheets: list[Sheet], width: int
    ) -> tuple[list[PageText], list[tuple[Sentence, tuple[int, list[int]]]]]:
        """Pages as they are read, and of each sentence its page and where each word begins."""
        pages, where = [], []
        for number, sheet in enumerate(sheets, start=1):
            text = f"{self.phrases.title}\n"
            for paragraph in sheet:
                column = 0
                for sentence in paragraph:
                    places = []
                    for word in sentence.words:
                        text, column = self._break(text, column, word, width)
                        places.append(len(text))
                        text, column = self._put(text, column, word, width)
                    where.append((sentence, (number, [*places, len(text)])))
                text += "\n"
            pages.append(PageText(number, f"{text}{number}\n"))
        return pages, where

    def _break(self, text: str, column: int, word: str, width: int) -> tuple[str, int]:
        if column == 0:
            return text, 0
        if column + len(word) < width or column + 6 < width < column + len(word):
            return f"{text} ", column + 1
        return f"{text}\n", 0

    def _put(self, text: str, column: int, word: str, width: int) -> tuple[str, int]:
        """A long word at the end of a line is hyphenated, in scripts that do so."""
        room = width - column
        splits = len(word) > room >= 4 and len(word) > 8 and self.phrases.script != "Arabic"
        if splits and word[: room - 1].isalpha():
            return f"{text}{word[: room - 1]}-\n{word[room - 1 :]}", len(word) - room + 1
        return f"{text}{word}", column + len(word)

    def _marked(
        self,
        pages: list[PageText],
        where: list[tuple[Sentence, tuple[int, list[int]]]],
        sentence: Sentence,
    ) -> Place:
        number, start, end = _span(sentence, next(at for s, at in where if s is sentence), pages)
        text = pages[number - 1].text
        return Place(
            page=number,
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            start=start,
            end=end,
        )


def _span(
    sentence: Sentence, at: tuple[int, list[int]], pages: list[PageText]
) -> tuple[int, int, int]:
    assert sentence.mark is not None
    number, places = at
    first, after = sentence.mark
    start, end = places[first], places[after]
    text = pages[number - 1].text[start:end]
    return number, start, start + len(text.rstrip())


def _truth(
    sentence: Sentence,
    place: Place,
    pages: list[PageText],
    was_on: int,
    now: tuple[int, list[int]] | None,
) -> Truth:
    if now is None:
        return Truth("gone")
    number, start, end = _span(sentence, now, pages)
    if start == end:
        return Truth("gone")
    if plain(pages[number - 1].text[start:end]) != plain(place.quote):
        return Truth("changed", number, start, end)
    assert place.start is not None
    stays = number == was_on and abs(start - place.start) <= 400
    return Truth("kept" if stays else "moved", number, start, end)


def plain(text: str) -> str:
    """The words without what setting them on a page put between."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n(?=\w)", "", text)).strip()
