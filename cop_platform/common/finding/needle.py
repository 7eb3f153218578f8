"""What is looked for, spelt as the indexes spell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from cop_platform.common.prepared import Slot

# A word with the marks that are written on and into it.
WRITTEN = re.compile(r"[^\W_][\w\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u00ad]*")
_NO_LETTER = re.compile(r"[\W_]+")
MOST_WORDS = 12
# Shorter words fit almost everything, and an index of three letters does not know them.
SHORTEST = 3
# Endings bend: of words of six letters and more the last two are not asked for.
_WITH_ENDING, _ENDING = 6, 2
# A slip of the finger in a shorter word makes another word of it.
_SHORTEST_NEAR = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Needle:
    """A question in words. Of each group one phrase must be found, in whatever language.

    A phrase is its words in the folded spelling. `spoken` holds the whole question as it is said
    in other languages: (code, text). `is_near` looks for words that are spelt alike instead.
    """

    text: str
    groups: tuple[tuple[Phrase, ...], ...]
    spoken: tuple[tuple[str, str], ...] = ()
    is_near: bool = False

    @property
    def patterns(self) -> list[str]:
        """A regular expression of PostgreSQL for each group; all have to fit."""
        return [_pattern(group) for group in self.groups]

    @property
    def anywhere(self) -> str:
        """One that fits wherever a word of the question stands."""
        return _pattern([phrase for group in self.groups for phrase in group])

    @property
    def stems(self) -> tuple[str, ...]:
        """How the words that are to be marked begin."""
        return tuple({stem(word) for group in self.groups for phrase in group for word in phrase})

    @property
    def near_words(self) -> list[str]:
        """The words as they were typed that may hold a slip of the finger."""
        typed = [group[0] for group in self.groups]
        return [word for phrase in typed for word in phrase if len(word) >= _SHORTEST_NEAR]

    def near(self) -> Needle | None:
        """The same question for words spelt alike; None where all words are too short for it."""
        return replace(self, is_near=True) if self.near_words else None


@dataclass(frozen=True)
class Blank:
    """A question of so many patterns, or words spelt alike, that are filled in when it is asked."""

    number: int
    is_near: bool

    @classmethod
    def of(cls, needle: Needle) -> Blank:
        """The form of this question."""
        return cls(len(_asked(needle)), needle.is_near)

    @staticmethod
    def filled(needle: Needle) -> dict[str, str]:
        """The values of the slots for this question."""
        return {f"asked_{n}": text for n, text in enumerate(_asked(needle))}

    @property
    def patterns(self) -> list[Slot]:
        return [Slot(f"asked_{n}") for n in range(self.number)]

    near_words = patterns


def _asked(needle: Needle) -> list[str]:
    return needle.near_words if needle.is_near else needle.patterns


def words_of(text: str) -> list[str]:
    """The words as they are written, the first dozen."""
    return WRITTEN.findall(text)[:MOST_WORDS]


def fold(phrases: Sequence[str]) -> list[Phrase]:
    """Each text as its words in the spelling of the indexes; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_fold(word) FROM unnest(%s::text[]) WITH ORDINALITY AS t(word, place)"
            " ORDER BY place",
            [list(phrases)],
        )
        rows = cursor.fetchall()
    return [tuple(_letters(word) for word in words_of(text) if _letters(word)) for (text,) in rows]


def stem(word: str) -> str:
    """A long word without the ending it may have here."""
    return word[:-_ENDING] if len(word) >= _WITH_ENDING else word


def _letters(word: str) -> str:
    """Letters and digits only, so that nothing of it is read as a sign of a pattern."""
    return _NO_LETTER.sub("", word)


def _pattern(phrases: Sequence[Phrase]) -> str:
    """Words are found by their beginnings; those of a phrase stand beside each other."""
    said = (r"\w*\W+".join(stem(word) for word in phrase) for phrase in phrases)
    return rf"\m(?:{'|'.join(said)})"
