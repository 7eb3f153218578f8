"""Reviews as contributions to the community: that somebody gave one, never which.

Only of rounds that are closed, and only by the month of the closing: neither title, nor link, nor
day, so that nothing leads from a person to a material.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedback.reviews.domain import identity
from practices.domain import contributing
from practices.domain.contributing import Contribution, Span
from practices.domain.health import upper
from practices.enums import Given


def source(span: Span) -> Iterator[Contribution]:
    """Sent reviews of rounds closed in months that begin in the span."""
    for person_id, country_id, month in identity.given_between(
        span.since, span.until, people=span.people
    ):
        yield Contribution(person_id, country_id, month, Given.REVIEW)


def register() -> None:
    """Called once, when the app is ready."""
    contributing.register(source)
    upper.register_busy(identity.asked_since)
