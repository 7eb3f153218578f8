"""The lines of a group as they are gone through for details, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from feedback.focus_groups.domain.capturing import capture, capture_page, checking
from feedback.focus_groups.domain.capturing.checking import ToCheck
from feedback.focus_groups.models import FocusGroup, Quote


@dataclass(frozen=True)
class Row:
    """A line to go through; None where it has no such words."""

    quote: Quote
    words: ToCheck | None
    rendering: ToCheck | None

    @property
    def proposal(self) -> dict[str, str]:
        """What the fields hold first: what was decided before, else the proposal."""
        if self.quote.checked_on:
            return {
                "clean_words": self.quote.clean_words,
                "clean_rendering": self.quote.clean_rendering,
            }
        return {
            "clean_words": self.words.proposal if self.words else "",
            "clean_rendering": self.rendering.proposal if self.rendering else "",
        }


def lines(group: FocusGroup, *, checked: bool) -> QuerySet[Quote]:
    """The lines that were gone through, or those that wait for it, in the order of the talk."""
    found = capture.of(group).filter(words_deleted_on=None)
    return found.filter(checked_on__isnull=not checked)


def row(quote: Quote) -> Row:
    """A line with what looks like a detail marked."""
    quote = capture_page.said(quote)
    return Row(
        quote,
        checking.to_check(quote.words, quote.language) if quote.words else None,
        checking.to_check(quote.rendering, quote.rendering_language or "en")
        if quote.rendering
        else None,
    )
