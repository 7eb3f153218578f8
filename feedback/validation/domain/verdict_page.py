"""A verdict as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from experts.models import User
from feedback.validation.domain import verdict_words
from feedback.validation.domain.verdict_words import Chip
from feedback.validation.models import Verdict


@dataclass(frozen=True)
class Page:
    """One verdict; `where` is its country, or the consortium."""

    chip: Chip
    where: str
    sentence: str


def build(verdict: Verdict, user: User, today: date) -> Page:
    """From a row of `with_facts`; `today` is the reader's day."""
    return Page(
        chip=verdict_words.chip(verdict, today),
        where=verdict.country.name if verdict.country else _("the consortium"),
        sentence=verdict_words.holding(verdict, today),
    )
