"""What goals can count of the rows of this app: practices, adoptions, ideas, questions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from practices.models import Adoption, Idea, PracticeVersion, Question
from sessions.domain.goals import Counter, Happening, Span, register


def _published(span: Span) -> Iterable[Happening]:
    """The first published version of each practice."""
    rows = PracticeVersion.objects.filter(published_on__range=(span.since, span.until), number=1)
    values = rows.values_list("practice__country_id", "published_on", "practice_id")
    return (Happening(country, on, key) for country, on, key in values if on)


def _adopted(span: Span) -> Iterable[Happening]:
    """Adoptions, for the country of the partner who adopted."""
    rows = Adoption.objects.filter(adopted_on__range=(span.since, span.until))
    return (Happening(*row) for row in rows.values_list("partner__country_id", "adopted_on", "pk"))


def _ideas_answered(span: Span) -> Iterable[Happening]:
    rows = Idea.objects.filter(answered_on__range=(span.since, span.until))
    values = rows.values_list("country_id", "answered_on", "pk")
    return (Happening(country, on, key) for country, on, key in values if on)


def _questions_answered(span: Span) -> Iterable[Happening]:
    """Questions that got a first answer, for the country that asked."""
    rows = Question.objects.filter(first_answer_at__date__range=(span.since, span.until))
    values = rows.values_list("country_id", "first_answer_at", "pk")
    return (Happening(country, at.date(), key) for country, at, key in values if at)


def register_own() -> None:
    """Makes them countable."""
    for counter in (
        Counter("practices_published", _("Good practices published"), _published),
        Counter("adoptions", _("Practices adopted from others"), _adopted),
        Counter("ideas_answered", _("Ideas answered"), _ideas_answered),
        Counter("questions_answered", _("Questions answered"), _questions_answered),
    ):
        register(counter)
