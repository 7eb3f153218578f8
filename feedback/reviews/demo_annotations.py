"""The demo's remarks in materials: words, places, slides and moments, sent and still being written.

Told by chance that is seeded by the round. Pages may not be drawn yet when the demo is loaded, so
a quote gets its place in the stored text in a later run.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import materials
from feedback.reviews.domain import annotations as notes
from feedback.reviews.domain.annotations import Spot
from feedback.reviews.enums import AnnotationKind, Mark
from feedback.reviews.models import Annotation, Assignment, ReviewRound
from materials.domain.reading import is_film
from materials.models import Version

DOCUMENTS = Path(materials.__file__).parent / "demo_documents"
# The newest version holds pictures and no words of these.
DRAWN_ONLY = frozenset({"M04"})
# Of the reviews of a round, how many hold remarks.
SHARE = 0.4

_SAID = (
    (Mark.MUST, "This is no longer so since the last reform; please ask the office named here."),
    (Mark.MUST, "A person would have to show a paper that many of us do not have."),
    (Mark.SHOULD, "Two sentences instead of one. My group lost the thread here."),
    (Mark.SHOULD, "Say who does this, the mentor or the person."),
    (Mark.IDEA, "A picture of a finished page would help more than the words."),
    (Mark.IDEA, "In my country we would add a telephone number of a free advice centre."),
    (Mark.PRAISE, "Exactly the right words. Keep them."),
    (Mark.PRAISE, ""),
)
_PLACES = ((0.12, 0.62, 0.76, 0.12), (0.1, 0.3, 0.5, 0.2), (0.55, 0.74, 0.35, 0.16))
_MOMENTS = ((3.0, None), (8.5, 12.0), (21.0, None))


@dataclass(frozen=True)
class _Quote:
    page: int
    words: str


def seed() -> None:
    """Adds remarks to reviews that have ratings or a draft, once for each round."""
    for review_round in ReviewRound.objects.select_related("version__material", "rubric"):
        written = Annotation.objects.filter(assignment__round=review_round)
        if not written.exists():
            Annotation.objects.bulk_create(_remarks(review_round))


def place() -> None:
    """Finds the quotes whose pages have been drawn since."""
    waiting = Annotation.objects.exclude(quote="").filter(start=None)
    drawn = waiting.filter(version__page_set__isnull=False)
    for row in drawn.select_related("version").distinct():
        spot = Spot(kind=row.kind, page=row.page, quote=row.quote)
        for name, value in notes.placed(row.version, spot).items():
            setattr(row, name, value)
        row.save()


def _remarks(review_round: ReviewRound) -> Iterator[Annotation]:
    code = review_round.version.material.code
    chance = random.Random(f"remarks {code}")
    criteria = list(review_round.rubric.criteria.all())
    spots = list(_spots(review_round.version))
    for assignment in _written(review_round):
        if not spots or chance.random() > SHARE:
            continue
        for spot in chance.sample(spots, min(len(spots), chance.choice((1, 2, 3)))):
            mark, text = chance.choice(_SAID)
            yield Annotation(
                assignment=assignment,
                version=review_round.version,
                client_key=uuid.UUID(int=chance.getrandbits(128), version=4),
                criterion=chance.choice([None, *criteria]),
                mark=mark,
                text=text,
                **_fields(review_round.version, spot),
            )


def _written(review_round: ReviewRound) -> Iterator[Assignment]:
    """Who has answered or begun, country by country, as chance runs through the ratings."""
    rows = review_round.assignments.select_related("draft").order_by("country__code", "pk")
    for row in rows:
        if row.submitted_on or hasattr(row, "draft"):
            yield row


def _fields(version: Version, spot: Spot) -> dict[str, Any]:
    return {
        "kind": spot.kind,
        "page": spot.page,
        "boxes": [list(box) for box in spot.boxes],
        "from_second": spot.from_second,
        "to_second": spot.to_second,
        **notes.placed(version, spot),
    }


def _spots(version: Version) -> Iterator[Spot]:
    """Places that this version has."""
    if is_film(version):
        yield from (Spot(AnnotationKind.TIME, from_second=a, to_second=b) for a, b in _MOMENTS)
    elif version.is_image:
        yield from (Spot(AnnotationKind.IMAGE, boxes=(box,)) for box in _PLACES)
    elif not version.link:
        yield from _on_pages(version)


def _on_pages(version: Version) -> Iterator[Spot]:
    pages = version.pages or 1
    if version.is_pdf:
        for quote in _quotes(version.material.code, version.language):
            if quote.page <= pages:
                yield Spot(AnnotationKind.TEXT, page=quote.page, quote=quote.words)
    for page, box in enumerate(_PLACES[:pages], start=1):
        yield Spot(AnnotationKind.REGION, page=page, boxes=(box,))
    yield Spot(AnnotationKind.SLIDE, page=pages)


@cache
def _quotes(code: str, language: str) -> tuple[_Quote, ...]:
    """Sentences of the demo's own documents, with the pages they are set on."""
    if language != "en" or code in DRAWN_ONLY:
        return ()
    if code == "M01":
        sections = json.loads((DOCUMENTS / "guide.en.json").read_text())["sections"]
        texts = [(n, section["blocks"][0]["value"]) for n, section in enumerate(sections, start=1)]
        return tuple(_Quote(n, text.split(". ")[0]) for n, text in texts if isinstance(text, str))
    data = json.loads((DOCUMENTS / "short.json").read_text()).get(code)
    if data is None:
        return ()
    first = (data["why"].split(". ")[0], *data["steps"])
    second = (data["how"].split(". ")[0], *data["questions"])
    return tuple(_Quote(page, words) for page, part in ((1, first), (2, second)) for words in part)
