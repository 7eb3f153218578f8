"""Where words stand in the stored pages of a version: the rows on one side, anchoring on the other.

The words of pages were read once, on the server; a browser's own reading of a page decides nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from feedback.reviews.domain.anchoring import Document, PageText, Place
from feedback.reviews.enums import AnnotationKind
from feedback.reviews.models import Annotation
from materials.models import Page

# A part of a page or picture was marked, whatever words are in it.
_REGIONS = frozenset({AnnotationKind.REGION, AnnotationKind.IMAGE, AnnotationKind.SLIDE})


def document(pages: Iterable[Page]) -> Document:
    """Stored pages as anchoring reads them; a picture is known by the hash in its name."""
    return Document([PageText(page.number, page.text, str(page.image)) for page in pages])


def of(annotation: Annotation) -> Place:
    """The place of an annotation as anchoring takes it."""
    return Place(
        page=annotation.page,
        quote=annotation.quote,
        prefix=annotation.prefix,
        suffix=annotation.suffix,
        start=annotation.start,
        end=annotation.end,
        boxes=tuple(tuple(box) for box in annotation.boxes),
        from_second=annotation.from_second,
        to_second=annotation.to_second,
        is_region=annotation.kind in _REGIONS,
    )


def fields(place: Place, pages: Document) -> dict[str, Any]:
    """The same place as fields of a row, with the hash of the text it is counted in."""
    page = pages.page(place.page)
    counted = page is not None and place.start is not None
    return {
        "page": place.page,
        "quote": place.quote,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "start": place.start if counted else None,
        "end": place.end if counted else None,
        "boxes": [list(box) for box in place.boxes],
        "from_second": place.from_second,
        "to_second": place.to_second,
        "text_hash": hash_of(page.text) if page is not None and counted else "",
    }


def hash_of(text: str) -> str:
    """What a page's text is recognised by."""
    return hashlib.sha256(text.encode()).hexdigest()
