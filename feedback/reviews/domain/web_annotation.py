"""Remarks as W3C Web Annotations (JSON-LD), so that other programs can show them in the document.

Nothing in it names a person, a code of one, or an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from feedback.reviews.models import Annotation, Assignment

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# What the values of a fragment are written in: pages of a PDF, parts of pictures and films.
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
MEDIA_FRAGMENT = "http://www.w3.org/TR/media-frags/"


def collection(assignment: Assignment) -> dict[str, Any]:
    """All remarks of one review, in the order of their places."""
    rows = Annotation.objects.filter(assignment=assignment)
    items = [of(row) for row in rows.select_related("version__material", "criterion")]
    return {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def of(annotation: Annotation) -> dict[str, Any]:
    """One remark; its selectors stand beside each other, each names the same place."""
    version = annotation.version
    target: dict[str, Any] = {
        "source": settings.BASE_URL + version.get_absolute_url(),
        "selector": selectors(annotation),
    }
    if version.media_type:
        target["format"] = version.media_type
    return {
        "id": f"urn:uuid:{annotation.client_key}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": _bodies(annotation),
        "target": target,
    }


def selectors(annotation: Annotation) -> list[dict[str, Any]]:
    """The place in every way in which it is known."""
    found: list[dict[str, Any]] = []
    if annotation.page:
        found.append(_fragment(f"page={annotation.page}", PDF_FRAGMENT))
    if annotation.boxes:
        found.append(_fragment(_percent(annotation.boxes), MEDIA_FRAGMENT))
    if annotation.from_second is not None:
        ends = (annotation.from_second, annotation.to_second)
        seconds = ",".join(f"{second:g}" for second in ends if second is not None)
        found.append(_fragment(f"t={seconds}", MEDIA_FRAGMENT))
    if annotation.quote:
        quote = {"type": "TextQuoteSelector", "exact": annotation.quote}
        around = {"prefix": annotation.prefix, "suffix": annotation.suffix}
        found.append(quote | {name: words for name, words in around.items() if words})
    if annotation.start is not None:
        place = {"start": annotation.start, "end": annotation.end}
        found.append({"type": "TextPositionSelector", **place})
    return found


def _bodies(annotation: Annotation) -> list[dict[str, str]]:
    tag = {"type": "TextualBody", "purpose": "tagging", "value": annotation.mark}
    bodies = [tag]
    if annotation.text:
        words = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain"}
        bodies = [words | {"value": annotation.text}, tag]
    if annotation.criterion:
        criterion = {"type": "TextualBody", "purpose": "classifying"}
        bodies.append(criterion | {"value": annotation.criterion.code})
    return bodies


def _fragment(value: str, language: str) -> dict[str, str]:
    return {"type": "FragmentSelector", "conformsTo": language, "value": value}


def _percent(boxes: Sequence[Sequence[float]]) -> str:
    """The smallest rectangle around all boxes, in hundredths of the page."""
    left = min(box[0] for box in boxes)
    top = min(box[1] for box in boxes)
    right = max(box[0] + box[2] for box in boxes)
    bottom = max(box[1] + box[3] for box in boxes)
    numbers = (left, top, right - left, bottom - top)
    return "xywh=percent:" + ",".join(f"{100 * number:.2f}" for number in numbers)
