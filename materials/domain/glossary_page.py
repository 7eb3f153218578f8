"""Terms as they are read: in a list, and those that stand in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language

from experts.models import User
from materials.domain.words import normalised
from materials.models import GlossaryTerm, GlossaryWord, SearchText, Version

# The rest of a long document repeats its words.
MAX_TEXT = 300_000
_ARTICLE = "ال"


class Said(NamedTuple):
    """A word of a term in one language, in plain values; `label` is the language's name."""

    pk: int
    language: str
    label: str
    word: str
    definition: str
    key: str


@dataclass(frozen=True)
class Entry:
    """A term for one reader: called and explained in their language, or in the nearest we have.

    Plain values only, so that what is drawn of it can be remembered.
    """

    pk: int
    edition: int
    source: str
    word: Said
    meaning: Said | None
    others: tuple[Said, ...]


def entry(term: GlossaryTerm, *languages: str) -> Entry:
    """`languages` in the order the reader understands them; English is always the last resort."""
    words = {word.language: _said(word) for word in term.words.all()}
    order = [*languages, "en", *words]
    word = next(words[code] for code in order if code in words)
    said = (words[code] for code in order if code in words)
    meaning = next((one for one in said if one.definition), None)
    others = tuple(one for one in words.values() if one is not word)
    return Entry(term.pk, term.edition, term.source, word, meaning, others)


def _said(word: GlossaryWord) -> Said:
    label = word.get_language_display()
    return Said(word.pk, word.language, label, word.word, word.definition, word.key)


def entries(terms: Iterable[GlossaryTerm], language: str) -> list[Entry]:
    """By the word in the reader's language; from terms with their words loaded."""
    found = [entry(term, language) for term in terms]
    return sorted(found, key=lambda one: one.word.key)


@dataclass(frozen=True)
class Explained:
    """A word of a document with what it means to the reader."""

    word: GlossaryWord
    entry: Entry


def in_document(version: Version, language: str) -> list[Explained]:
    """The terms that stand in a version, explained in a language, by their word there.

    Needs the words of the version: those of the search where they are kept, else its pages'.
    """
    text = _text(version)
    words = GlossaryWord.objects.filter(language=version.language).select_related("term")
    found = [word for word in words.prefetch_related("term__words") if stands_in(word.key, text)]
    return [Explained(word, entry(word.term, language, version.language)) for word in found]


def in_texts(said: Iterable[tuple[str, str]], language: str) -> list[Explained]:
    """The terms that stand in texts, explained in `language`, by their word there; one of each.

    `said` are texts with their language; of one without a language the words of all are looked for.
    """
    words = GlossaryWord.objects.select_related("term").prefetch_related("term__words")
    known = list(words.order_by("key", "pk"))
    found: dict[str, Explained] = {}
    for text, of_text in said:
        languages = {word.language for word in known if of_text in {"", word.language}}
        plain = {code: _looked_at(text, code) for code in languages}
        for word in known:
            if word.language in plain and stands_in(word.key, plain[word.language]):
                found.setdefault(
                    word.key, Explained(word, entry(word.term, language, word.language))
                )
    return sorted(found.values(), key=lambda one: one.word.key)


def language_of(user: User) -> str:
    """The language meanings are read in: the page's, and on English pages that of the mails."""
    active = get_language() or "en"
    return user.person.language if active == "en" else active


def _looked_at(text: str, language: str) -> str:
    return " ".join(normalised(text[:MAX_TEXT], language).split())


def stands_in(key: str, text: str) -> bool:
    """Whether a key stands in a normalised text as a word, also with a short ending of its own.

    Languages bend words at their end (портфолиото, portfolios); up to three letters more are taken
    for that, on words of four letters and more. An Arabic word may carry its article.
    """
    if key not in text:
        return False
    ending = r"\w{0,3}" if len(key) > 3 else ""
    return re.search(rf"(?<!\w)(?:{_ARTICLE})?{re.escape(key)}{ending}(?!\w)", text) is not None


def _text(version: Version) -> str:
    kept = SearchText.objects.filter(version=version).values_list("words", flat=True).first() or ""
    # The first line is the material's card; what follows it stands in the document.
    words = kept.partition("\n")[2]
    if words:
        return " ".join(words[:MAX_TEXT].split())
    pages = version.page_set.order_by("number").values_list("text", flat=True)
    return " ".join(normalised("\n".join(pages)[:MAX_TEXT], version.language).split())
