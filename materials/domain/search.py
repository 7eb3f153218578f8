"""The words of versions, ready to be searched, and the question that finds them.

Every version has one row of searched text: what its card says (code, title, summary, tags) and,
once they are drawn, the words of its pages. Both the row and a question pass `normalised`; then
PostgreSQL's dictionary of the language takes endings off, where it has one. Beside the stems the
row holds the words themselves, so that a language without a dictionary, or a stem that two forms
of a word do not share, is still found by the beginning of the word.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import reduce
from operator import add, or_
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.signals import post_save
from django.utils import translation

from experts.models import User
from materials.domain.words import normalised
from materials.enums import PortfolioPart
from materials.models import Page, SearchText, Version

# PostgreSQL's dictionary of a language; every other language is searched by its words as they are.
DICTIONARIES = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "it": "italian",
    "sv": "swedish",
    "fr": "french",
    "el": "greek",
    "ar": "arabic",
}
PLAIN = "simple"
_LANGUAGES = [code for code, _name in settings.PROJECT_LANGUAGES]
# A vector holds at most a megabyte; so many letters fit in every script, stems and words together.
MAX_LETTERS = 150_000
MAX_WORDS = 12
# The tick looks once more at versions drawn so recently: their pages may have no row yet.
RECENT = timedelta(days=1)
BATCH = 200
_WORD = re.compile(r"[^\W_]+")
# Shorter beginnings fit almost everything.
SHORTEST_BEGINNING = 3
# Where a dictionary gives two forms of a word two stems, or there is none, an ending of two letters
# is taken off words of six: measured, that finds the plurals of Greek, Arabic and Bulgarian.
_WITH_ENDING, _ENDING = 6, 2
# Weights in the vector: what the card says, open to every member, and what the pages say.
_TITLE, _CARD, _PAGES = "A", "B", "D"


def tokens(text: str, language: str) -> list[str]:
    """The words of a question in the spelling of the index; the first dozen, each once."""
    found = _WORD.findall(normalised(text, language))
    return list(dict.fromkeys(found))[:MAX_WORDS]


@transaction.atomic
def refresh(*, version_id: int) -> bool:
    """Writes the searched text of a version anew; False when the version is gone.

    Twice changes nothing more.
    """
    version = Version.objects.select_related("material").filter(pk=version_id).first()
    if version is None:
        return False
    title, card, pages = _texts(version)
    SearchText.objects.update_or_create(
        version=version,
        defaults={
            "title": title[:500],
            # It ends with a line break as long as no page was read.
            "words": f"{card}\n{pages}".rstrip(" "),
            "vector": _vector(title, card, pages, version.language),
        },
    )
    return True


def refresh_due(*, at: datetime) -> int:
    """Writes rows that are missing, and those of versions drawn lately whose pages they lack.

    Gives how many. One batch at a time: the next tick goes on.
    """
    pages = Page.objects.filter(version=OuterRef("pk")).exclude(text="")
    without_pages = Q(search_text__words__endswith="\n") & Exists(pages)
    drawn = Q(rendition__finished_at__gte=at - RECENT) & without_pages
    missing = Q(search_text__isnull=True)
    due = Version.objects.filter(missing | drawn).order_by("-pk").values_list("pk", flat=True)
    return sum(refresh(version_id=pk) for pk in due[:BATCH])


def refresh_material(*, material_id: int) -> None:
    """After what the card says has changed."""
    for pk in Version.objects.filter(material=material_id).values_list("pk", flat=True):
        refresh(version_id=pk)


def watch() -> None:
    """Every version that is written is searched from the same transaction on."""
    post_save.connect(_written, sender=Version, dispatch_uid="materials.search")


def _written(
    sender: object, instance: Version, created: bool, raw: bool = False, **_: object
) -> None:
    if created and not raw:
        refresh(version_id=instance.pk)


def _texts(version: Version) -> tuple[str, str, str]:
    """What the title, the card and the pages say, each normalised."""
    material, language = version.material, version.language
    labels = [str(PortfolioPart(part).label) for part in material.parts]
    with translation.override(language):
        labels += [str(PortfolioPart(part).label) for part in material.parts]
    card = "\n".join([material.summary, *labels, *material.levels])
    texts = Page.objects.filter(version=version).order_by("number").values_list("text", flat=True)
    pages = "\n".join(texts)[:MAX_LETTERS]
    title = f"{material.code} {material.title}"
    return (
        normalised(title, language),
        normalised(card, language),
        normalised(pages, language)[:MAX_LETTERS],
    )


def _vector(title: str, card: str, pages: str, language: str) -> Any:
    """Stems by the language's dictionary and, beside them, the words themselves."""
    # Sorted, so that the same text is the same statement.
    configs = sorted({DICTIONARIES.get(language, PLAIN), PLAIN})
    parts = [(title, _TITLE), (card, _CARD), (pages, _PAGES)]
    vectors = [
        SearchVector(Value(text), config=config, weight=weight)
        for text, weight in parts
        for config in configs
    ]
    return reduce(add, vectors)


def question(text: str, language: str = "", *, weights: str = "") -> SearchQuery | None:
    """The question as PostgreSQL asks it, in one language or in all at once; None without a word.

    All words must occur. `weights` such as "AB" asks only what stands in the card.
    """
    asked = [language] if language else _LANGUAGES
    said: set[tuple[str, str]] = set()
    for code in asked:
        words = tokens(text, code)
        if words:
            stems = " & ".join(_lexeme(word, weights) for word in words)
            said.add((DICTIONARIES.get(code, PLAIN), stems))
            said.add((PLAIN, " & ".join(_beginnings(word, weights) for word in words)))
    if not said:
        return None
    queries = [SearchQuery(raw, config=config, search_type="raw") for config, raw in sorted(said)]
    return reduce(or_, queries)


def _lexeme(word: str, weights: str) -> str:
    """A word holds letters and digits only, so nothing of it is read as an operator."""
    beginning = "*" if len(word) >= SHORTEST_BEGINNING else ""
    return f"'{word}':{beginning}{weights}" if beginning or weights else f"'{word}'"


def _beginnings(word: str, weights: str) -> str:
    """The word, and if it is long enough the word without the ending it may have here."""
    short = shortened(word)
    if short == word:
        return _lexeme(word, weights)
    return f"({_lexeme(word, weights)} | {_lexeme(short, weights)})"


def shortened(word: str) -> str:
    """A long word without its ending."""
    return word if len(word) < _WITH_ENDING else word[:-_ENDING]


def nearly(text: str, language: str = "") -> Q:
    """Titles that hold something like the one word asked for, for slips of the finger.

    Of several words each must really occur: half a question is no answer to it.
    """
    words = tokens(text, language or "en")
    if len(words) != 1 or len(words[0]) < _WITH_ENDING - 1:
        return Q(pk__in=[])
    return Q(title__trigram_word_similar=words[0])


def released(text: str, language: str = "") -> QuerySet[SearchText]:
    """Rows of released versions that fit, open to everybody."""
    rows = SearchText.objects.filter(version__released_at__isnull=False)
    if language:
        rows = rows.filter(version__language=language)
    asked = question(text, language)
    if asked is None:
        return rows.none()
    return rows.filter(Q(vector=asked) | nearly(text, language))


def materials_for(user: User, text: str) -> QuerySet:
    """Keys of the materials a member finds.

    By its card every material; by the words of its pages only one whose version they may open.
    """
    card, anywhere = question(text, weights=_TITLE + _CARD), question(text)
    if card is None or anywhere is None:
        return SearchText.objects.none().values("version__material")
    readable = Version.objects.visible_to(user).values("pk")
    fits = Q(vector=card) | nearly(text) | (Q(vector=anywhere) & Q(version__in=readable))
    return SearchText.objects.filter(fits).order_by().values("version__material")


def ranked(rows: QuerySet[SearchText], text: str, language: str = "") -> QuerySet[SearchText]:
    """With `rank`, the higher the better."""
    asked = question(text, language)
    spelt = " ".join(tokens(text, language or "en"))
    if asked is None:
        return rows.none()
    return rows.annotate(
        rank=SearchRank(F("vector"), asked) + TrigramWordSimilarity(spelt, "title")
    )
