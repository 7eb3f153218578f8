"""Finds an annotated place again in another text of the same pages.

Strings and numbers go in, dataclasses come out; nothing here knows a database, a clock or a
browser, so that the same pages always give the same answer.
"""

from feedback.reviews.domain.anchoring.carry import Outcome, Place, State, carry
from feedback.reviews.domain.anchoring.document import Document, PageText
from feedback.reviews.domain.anchoring.folding import Folded, normalise
from feedback.reviews.domain.anchoring.resolving import Found, resolve

__all__ = [
    "Document",
    "Folded",
    "Found",
    "Outcome",
    "PageText",
    "Place",
    "State",
    "carry",
    "normalise",
    "resolve",
]
