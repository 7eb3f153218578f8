"""A question in words, with what the glossary calls them in the other languages of the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection

from cop_platform.common.finding import needle as needles
from cop_platform.common.finding.needle import Needle, Phrase
from materials.domain.words import normalised

# A term has no more words, and a beginning that fits more terms says too little.
_LONGEST, _MOST_TERMS = 4, 5
# Terms of which a word is one of these, bent at its end or, for the last, only begun.
_SIBLINGS = """
    WITH asked AS (
        SELECT gram, begun FROM unnest(%s::text[], %s::bool[]) AS t(gram, begun)
    ), terms AS (
        SELECT DISTINCT gram, term_id, key = gram AS exact
        FROM materials_glossaryword JOIN asked ON key = gram
            OR (length(key) > 3 AND starts_with(gram, key) AND length(gram) - length(key) <= 3)
            OR (begun AND length(gram) > 3 AND starts_with(key, gram))
    ), chosen AS (
        SELECT gram, term_id,
            row_number() OVER (PARTITION BY gram ORDER BY exact DESC, term_id) AS n
        FROM terms
    )
    SELECT DISTINCT gram, language, word
    FROM chosen JOIN materials_glossaryword USING (term_id)
    WHERE n <= %s
    ORDER BY gram, language, word
"""
_Span = tuple[int, int]


def read(text: str) -> Needle | None:
    """The needle of a typed text; None where it holds no word of three letters. Two queries."""
    typed = needles.words_of(text)
    grams = dict(_grams(typed))
    siblings = _siblings(grams, last=len(typed))
    spans = _chosen(grams, siblings, len(typed))
    said = [" ".join(typed[start:end]) for start, end in spans]
    others = [siblings.get(grams.get(span, ""), []) for span in spans]
    folded = needles.fold([*said, *(word for group in others for _code, word in group)])
    groups = _groups(folded, [len(group) for group in others])
    if not groups:
        return None
    return Needle(text=text, groups=groups, spoken=tuple(_spoken(said, others)))


def _grams(typed: list[str]) -> Iterator[tuple[_Span, str]]:
    """Every run of words that could be a term, by where it stands."""
    keys = [normalised(word, "") for word in typed]
    for start in range(len(keys)):
        for end in range(start + 1, min(start + _LONGEST, len(keys)) + 1):
            yield (start, end), " ".join(keys[start:end])


def _siblings(grams: dict[_Span, str], *, last: int) -> dict[str, list[tuple[str, str]]]:
    """For each run that is a term: (language, word) of everything the term is called."""
    begun = [end == last for _start, end in grams]
    found: dict[str, list[tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SIBLINGS, [list(grams.values()), begun, _MOST_TERMS])
        for gram, language, word in cursor.fetchall():
            found.setdefault(gram, []).append((language, word))
    return found


def _chosen(grams: dict[_Span, str], known: Mapping[str, object], number: int) -> list[_Span]:
    """The text cut into terms, the longest first, and single words."""
    spans: list[_Span] = []
    at = 0
    while at < number:
        ends = range(min(at + _LONGEST, number), at, -1)
        end = next((end for end in ends if grams[(at, end)] in known), at + 1)
        spans.append((at, end))
        at = end
    return spans


def _groups(folded: list[Phrase], numbers: list[int]) -> tuple[tuple[Phrase, ...], ...]:
    """What was typed with its other names; words of one or two letters are left out alone."""
    typed, rest = folded[: len(numbers)], iter(folded[len(numbers) :])
    groups = []
    for phrase, number in zip(typed, numbers, strict=True):
        others = [next(rest) for _n in range(number)]
        if number or any(len(word) >= needles.SHORTEST for word in phrase):
            groups.append(tuple(dict.fromkeys(one for one in (phrase, *others) if one)))
    return tuple(group for group in groups if group)


def _spoken(said: list[str], others: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The whole text in each language that has a word for a part of it."""
    known = [dict(group) for group in others]
    for language in sorted({code for words in known for code in words}):
        yield (
            language,
            " ".join(words.get(language, typed) for typed, words in zip(said, known, strict=True)),
        )
