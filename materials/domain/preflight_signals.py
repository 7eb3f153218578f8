"""Pre-flight signals from facts: what to look at before experts spend time; never a verdict.

A signal is {"code", "level", ...numbers}: plain values, so that a row holds no words and no names.
Levels: "fine", "look" (worth a look) and "unclear" (could not be read, or too little to tell).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from materials.domain import readability
from materials.domain.words import normalised

Signal = dict[str, Any]

# The rules of easy language (domain.md): words a sentence, pages, size of letters in points.
EASY_WORDS, EASY_PAGES, EASY_POINTS = 15, 24, 14
# What is easy enough, by formula: for everybody, and for people who are learning the language.
_EASY = {"flesch": (50, 65), "gulpease": (50, 70), "lix": (50, 35)}
# The sentence that the funder asks for, as its offices print it; "funded" is part of "co-funded".
FUNDED = {
    "en": "funded by the european union",
    "bg": "финансирано от европейския съюз",
    "de": "finanziert von der europäischen union",
    "el": "χρηματοδότηση της ευρωπαϊκής ένωσης",
    "es": "financiado por la unión europea",
    "it": "finanziato dall'unione europea",
    "sv": "finansieras av europeiska unionen",
    "fr": "financé par l'union européenne",
    "ar": "من الاتحاد الأوروبي",
    "uk": "фінансується європейським союзом",
}
DISCLAIMER = {
    "en": "views and opinions expressed",
    "bg": "изразените възгледи и мнения",
    "de": "geäußerten ansichten und meinungen",
    "el": "απόψεις και οι γνώμες",
    "es": "opiniones y puntos de vista expresados",
    "it": "opinioni espressi",
    "sv": "synpunkter och åsikter",
    "fr": "points de vue et avis exprimés",
}
_LICENCE = re.compile(r"\bcc[\s-]*(by|0|zero)\b|creative\s*commons|creativecommons\.org")
_RESERVED = re.compile(r"all rights reserved|©")


@dataclass(frozen=True)
class Edition:
    """What the signals need to know of a version, and the facts read from its file."""

    language: str
    is_easy: bool
    is_pdf: bool
    is_read: bool = True
    pages: int | None = None
    texts: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)


def of(edition: Edition) -> list[Signal]:
    """All signals of an edition, in the order they are shown."""
    if not edition.is_read:
        return [{"code": "file", "level": "unclear"}]
    return [
        *_readable(edition),
        *(_easy(edition) if edition.is_easy else []),
        *_accessible(edition),
        *_promised(edition),
        *_private(edition),
    ]


def _signal(code: str, is_fine: bool | None, **numbers: Any) -> Signal:
    level = "unclear" if is_fine is None else "fine" if is_fine else "look"
    return {"code": code, "level": level, **numbers}


def _readable(edition: Edition) -> Iterator[Signal]:
    counted = readability.count(edition.text, edition.language)
    scores = readability.scores(counted, edition.language)
    if counted.words < readability.ENOUGH_WORDS:
        yield _signal("readability_short", None, words=counted.words)
    elif not scores:
        yield _signal("readability_none", None)
    else:
        for score in scores:
            limit = _EASY[score.formula][edition.is_easy]
            fine = score.value >= limit if score.easier_up else score.value <= limit
            code = score.formula if score.calibrated else f"{score.formula}_uncalibrated"
            is_fine = fine if score.calibrated else None
            yield _signal(code, is_fine, value=round(score.value), limit=limit)


def _easy(edition: Edition) -> Iterator[Signal]:
    lengths = readability.count(edition.text, edition.language).lengths
    long = sum(length > EASY_WORDS for length in lengths)
    has_words = True if lengths else None
    yield _signal("easy_sentences", has_words and not long, long=long, sentences=len(lengths))
    crowded = sum(
        len(re.findall(r"[,;:،؛]", sentence)) > 1
        for sentence in re.split(r"[.!?؟]\s|\n", edition.text)
    )
    yield _signal("easy_ideas", has_words and not crowded, crowded=crowded)
    if edition.pages is not None:
        yield _signal("easy_pages", edition.pages <= EASY_PAGES, pages=edition.pages)
    size = edition.facts.get("size")
    yield _signal("easy_size", None if size is None else size >= EASY_POINTS - 0.5, size=size or 0)


def _accessible(edition: Edition) -> Iterator[Signal]:
    facts = edition.facts
    if edition.is_pdf:
        yield _signal("tags", facts["tagged"])
    yield _signal("title", facts.get("title"))
    said = facts.get("language", "")
    same = said.lower().replace("_", "-").split("-")[0] == edition.language
    yield _signal("language", same, said=said[:20]) if said else _signal("language_none", False)
    if edition.is_pdf:
        pictures, without = facts["figures"], facts["figures_without_alt"]
        known = facts["tagged"] or None
    else:
        pictures, without = facts.get("pictures", 0), facts.get("pictures_without_alt", 0)
        known = True
    yield _signal("alt_text", known and not without, pictures=pictures, without=without)
    if edition.is_pdf:
        measured = facts.get("contrast", {})
        shown, pale = measured.get("shown", 0), measured.get("pale", 0)
        yield _signal("contrast", not pale if shown else None, pale=pale, shown=shown)
        silent, fonts = facts["silent_pages"], facts["fonts_without_words"]
        yield _signal("searchable", not (silent or fonts), pages=silent, fonts=fonts)
        yield _signal("dead_links", not facts["dead_links"], links=facts["dead_links"])


def _promised(edition: Edition) -> Iterator[Signal]:
    """What the funder and the readers must find in the document itself."""
    plain = _plain(edition.text, edition.language)
    has_words = True if plain.strip() else None
    licence = bool(_LICENCE.search(plain) or _RESERVED.search(edition.text.lower()))
    yield _signal("licence", has_words and licence)
    facts = edition.facts
    has_pictures = bool(facts.get("pictures_outside", facts.get("pictures")))
    for code, sentences in (("funding", FUNDED), ("disclaimer", DISCLAIMER)):
        wanted = {sentences.get(edition.language, sentences["en"]), sentences["en"]}
        found = any(_plain(sentence, edition.language) in plain for sentence in wanted)
        if code == "funding" and not found and has_pictures:
            # The emblem is handed out as a picture that holds the sentence.
            yield _signal("funding_picture", None)
        else:
            yield _signal(code, has_words and found)
    yield _signal("emblem", None if has_pictures else False)


def _plain(text: str, language: str) -> str:
    """One spelling and one blank between words: lines break anywhere on a page."""
    return " ".join(normalised(text, language).split())


def _private(edition: Edition) -> Iterator[Signal]:
    named = edition.facts.get("named", [])
    yield _signal("names", not named, fields=named)
    if not edition.is_pdf:
        changes, comments = edition.facts.get("changes", 0), edition.facts.get("comments", 0)
        yield _signal("changes", not changes, changes=changes)
        yield _signal("comments", not comments, comments=comments)
