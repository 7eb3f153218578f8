"""A quote on a page: which way its words and their rendering are read."""

from __future__ import annotations

from feedback.focus_groups.domain.language_names import direction
from feedback.focus_groups.models import Quote


class Spoken:
    """For lines of pages that hold a `quote`."""

    quote: Quote

    @property
    def direction(self) -> str:
        return direction(self.quote.language)

    @property
    def rendering_direction(self) -> str:
        return direction(self.quote.rendering_language or "en")
