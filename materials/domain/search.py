"""The words of versions, ready to be searched, and who finds them.

Every version has one row of searched text: what its card says (code, title, summary, tags) and,
once they are drawn, the words of its pages. Both the row and a question pass `normalised`; then
PostgreSQL's dictionary of the language takes endings off, where it has one. Beside the stems the
row holds the words themselves, so that a language without a dictionary, or a stem that two forms
of a word do not share, is still found by the beginning of the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Max, QuerySet, Value
from django.db.models.signals import post_save
from django.utils import translation

from cop_platform.common.prepared import KeysSlot, Prepared
from experts.models import User
from materials.domain import asked
from materials.domain.words import normalised
from materials.enums import PortfolioPart
from materials.models import Page, SearchText, Version

# A vector holds at most a megabyte; so many letters fit in every script, stems and words together.
MAX_LETTERS = 150_000
BATCH = 200
# So many hits are weighed against each other; each costs a look at its whole vector.
MOST_RANKED = 1000
# Weights in the vector: what the card says, open to every member, and what the pages say.
_TITLE, _CARD, _PAGES = "A", "B", "D"
_RANKED = Prepared(
    lambda: (
        SearchText.objects.filter(pk__in=KeysSlot("texts"))
        .order_by()
        .values("version__material")
        .annotate(best=Max(asked.RANK))
        .order_by("-best", "version__material")
        .values_list("version__material")
    )
)


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
            "words": f"{card}\n{pages}",
            "vector": _vector(title, card, pages, version.language),
        },
    )
    return True


def refresh_missing() -> int:
    """Writes rows that are missing; gives how many. One batch at a time: the next tick goes on.

    A version gets its row in the transaction that writes it, and the words of its pages in the one
    that ends its drawing, so a crash loses neither. Without a row are only versions that were not
    saved one by one: older than the search, or copied in by a tool.
    """
    missing = Version.objects.filter(search_text__isnull=True).order_by("-pk")
    return sum(refresh(version_id=pk) for pk in missing.values_list("pk", flat=True)[:BATCH])


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
    configs = sorted({asked.DICTIONARIES.get(language, asked.PLAIN), asked.PLAIN})
    parts = [(title, _TITLE), (card, _CARD), (pages, _PAGES)]
    vectors = [
        SearchVector(Value(text), config=config, weight=weight)
        for text, weight in parts
        for config in configs
    ]
    return reduce(add, vectors)


def released(
    text: str, language: str = "", also: Sequence[tuple[str, str]] = ()
) -> QuerySet[SearchText]:
    """Rows of released versions that fit, open to everybody; `also` as `asked.read` takes it."""
    rows = SearchText.objects.filter(version__released_at__isnull=False)
    if language:
        rows = rows.filter(version__language=language)
    question = asked.read(text, language, also)
    return rows.filter(version__in=question.fitting()) if question else rows.none()


def materials_for(user: User, text: str, also: Sequence[tuple[str, str]] = ()) -> QuerySet:
    """Keys of the materials a member finds; `also` as `asked.read` takes it.

    By its card every material; by the words of its pages only one whose version they may open.
    """
    question = asked.read(text, also=also)
    if question is None or not user.access.is_member:
        return SearchText.objects.none().values("version__material")
    # What is released is open to every member; the long question is for the few others.
    others = Version.objects.visible_to(user).filter(released_at__isnull=True).order_by()
    fitting = SearchText.objects.filter(version__in=question.fitting_for(others.values("pk")))
    return fitting.order_by().values("version__material")


def best(rows: QuerySet[SearchText], text: str, language: str = "", *, most: int) -> list[int]:
    """Keys of so many materials behind these rows, which fit the question, the best first.

    Where more than `MOST_RANKED` fit, those are weighed that say the words on their card, then the
    newest: a word that stands everywhere is worth no second of everybody's time. Two queries.
    """
    question = asked.read(text, language)
    if question is None:
        return []
    first = rows.order_by(question.is_on_card().desc(), "-version_id")[:MOST_RANKED]
    keys = list(first.values_list("pk", flat=True))
    ranked = _RANKED.all(texts=keys, **question.slots())
    return [material for (material,) in ranked[:most]]
