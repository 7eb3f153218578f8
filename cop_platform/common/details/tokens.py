"""Text cut into words, numbers and signs, once and from left to right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Every branch takes at least one character and none is tried twice from the same place: the time
# taken grows with the length of the text and with nothing else. Words hold their marks, hyphens
# and apostrophes where a letter follows.
_LETTER = r"[^\W\d_]"
_INSIDE = r"[\u0300-\u036f\u0610-\u061a\u064b-\u0655\u0670\u200c\u200d]"
_PIECE = re.compile(
    rf"(?P<digits>\d+)|(?P<word>{_LETTER}(?:{_LETTER}|{_INSIDE}|['\u2019\u02bc\u2011-](?={_LETTER}))*)"
    r"|(?P<sign>\S)"
)
_SENTENCE_ENDS = frozenset(".!?…;:؟؛።፧\u2022\u00b7*")
_OPENINGS = frozenset("\"'„“”«»‚‘’([-\u2013\u2014")
_ALIKE = str.maketrans("أإآٱىيةكۀؤئ", "ااااییهکهوی", "ـ")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits or one sign, with where it stands.

    `gap` tells what came before: nothing (""), blanks (" ") or a new line. `plain` is the form in
    which words are compared: no case, no accents, Arabic letters that look alike made one.
    """

    start: int
    end: int
    text: str
    kind: str
    gap: str
    plain: str

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_digits(self) -> bool:
        return self.kind == "digits"

    @property
    def is_capitalised(self) -> bool:
        """Begins with a capital, itself or behind a hyphen or an elision (al-Hassan, d'Angelo)."""
        return self.is_word and any(part[0].isupper() for part in parts(self.text) if part)

    @property
    def is_uncased(self) -> bool:
        """Of a script without capitals."""
        return self.is_word and self.text[0].upper() == self.text[0].lower()

    @property
    def is_acronym(self) -> bool:
        return 2 <= len(self.text) <= 5 and self.text.isupper()


def cut(text: str) -> list[Token]:
    """All words, numbers and signs of a text in order."""
    found = []
    last = 0
    for match in _PIECE.finditer(text):
        between = text[last : match.start()]
        gap = "\n" if "\n" in between else between[:1]
        last = match.end()
        kind = match.lastgroup or "sign"
        said = match.group()
        plain = fold(said) if kind == "word" else said
        found.append(Token(match.start(), last, said, kind, gap, plain))
    return found


@lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """The form in which words are compared."""
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFD", word.casefold().replace("\u200c", ""))
        if unicodedata.category(sign) != "Mn"
    )
    return bare.replace("\u2019", "'").replace("\u02bc", "'").translate(_ALIKE)


def parts(word: str) -> list[str]:
    """A word cut at its hyphens and apostrophes."""
    return re.split(r"['\u2019\u02bc\u2011-]", word)


def decimal(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in digits)


def sentence_starts(tokens: list[Token]) -> list[bool]:
    """Which tokens begin a sentence, a line or something quoted."""
    starts = []
    fresh = True
    for number, token in enumerate(tokens):
        if token.gap == "\n":
            fresh = True
        starts.append(fresh)
        if token.kind != "sign":
            fresh = False
        elif token.text in _SENTENCE_ENDS:
            fresh = not _is_short(tokens, number)
        elif token.text in _OPENINGS and token.gap:
            fresh = True
    return starts


def _is_short(tokens: list[Token], dot: int) -> bool:
    """Whether a full stop belongs to one letter or a short form before it ("A. Petrov")."""
    before = tokens[dot - 1] if dot else None
    return (
        tokens[dot].text == "."
        and before is not None
        and not tokens[dot].gap
        and before.is_word
        and len(before.text) == 1
    )
