"""How hard a text is to read, by the formula of its own language; pure figures, never a verdict.

Constants: Flesch and what others fitted to their languages (a - b * words per sentence - c *
syllables per word), Gulpease for Italian, LIX for Swedish. Nobody has fitted a formula to
Bulgarian or Greek: there LIX is given and marked as not calibrated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FLESCH = {
    "en": (206.835, 1.015, 84.6),
    "de": (180.0, 1.0, 58.5),
    "es": (206.84, 1.02, 60.0),
    "fr": (207.0, 1.015, 73.6),
    "it": (217.0, 1.3, 60.0),
}
LIX_LANGUAGES = {"sv": True, "bg": False, "el": False}
LONG_WORD = 6
# Below this many words a formula says more about chance than about the text.
ENOUGH_WORDS = 100

_SENTENCE = re.compile(r"[.!?;…\u037e\u061f\u06d4]+(?=\s|$)|\n\s*\n|\n(?=\s*[•\u2013\-*\d])")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàáâäæèéêëìíîïòóôöøœùúûüýÿå]+")
_SILENT_E = {"en", "fr"}


@dataclass(frozen=True)
class Text:
    """A text as counts; `lengths` are the words of each sentence."""

    lengths: tuple[int, ...]
    letters: int
    syllables: int
    long_words: int

    @property
    def words(self) -> int:
        return sum(self.lengths)

    @property
    def sentences(self) -> int:
        return len(self.lengths)


@dataclass(frozen=True)
class Score:
    """One figure; `easier_up` says which way is easy, `calibrated` whether it fits the language."""

    formula: str
    value: float
    easier_up: bool
    calibrated: bool = True


def sentences(text: str) -> list[list[str]]:
    """The words of every sentence; headings and list items count as sentences of their own."""
    found = (_WORD.findall(part) for part in _SENTENCE.split(text))
    return [words for words in found if words]


def syllables(word: str, language: str) -> int:
    """Groups of vowels, at least one; close enough for a mean over a page."""
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    if language in _SILENT_E and groups > 1 and re.search(r"[^aeiouyl]e$", word):
        groups -= 1
    return max(groups, 1)


def count(text: str, language: str) -> Text:
    parts = sentences(text)
    words = [word for part in parts for word in part]
    letters = [sum(sign.isalpha() for sign in word) for word in words]
    return Text(
        lengths=tuple(len(part) for part in parts),
        letters=sum(letters),
        syllables=sum(syllables(word, language) for word in words),
        long_words=sum(length > LONG_WORD for length in letters),
    )


def scores(text: Text, language: str) -> list[Score]:
    """The figures there are for a language; none for another language or an empty text."""
    if not text.words:
        return []
    found = []
    if language in FLESCH:
        a, b, c = FLESCH[language]
        value = a - b * text.words / text.sentences - c * text.syllables / text.words
        found.append(Score("flesch", value, easier_up=True))
    if language == "it":
        value = 89 + 300 * text.sentences / text.words - 10 * text.letters / text.words
        found.append(Score("gulpease", value, easier_up=True))
    if language in LIX_LANGUAGES:
        value = text.words / text.sentences + 100 * text.long_words / text.words
        calibrated = LIX_LANGUAGES[language]
        found.append(Score("lix", value, easier_up=False, calibrated=calibrated))
    return found
