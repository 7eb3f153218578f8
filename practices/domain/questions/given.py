"""Answers, as what members gave to each other."""

from __future__ import annotations

from collections.abc import Iterator

from practices.domain.contributing import Contribution, Span
from practices.enums import Given
from practices.models import Answer


def of(span: Span) -> Iterator[Contribution]:
    """Answers of the span, to whoever asked; an answer to oneself is a note. One query."""
    rows = Answer.objects.filter(at__gte=span.since, at__lt=span.until)
    rows = rows.filter(question__checked_at__isnull=False)
    if span.people is not None:
        rows = rows.filter(by__in=span.people)
    for answer in rows.select_related("by", "question"):
        asker = answer.question.asked_by_id
        if asker != answer.by_id:
            yield Contribution(
                person_id=answer.by_id,
                country_id=answer.by.country_id,
                at=answer.at,
                given=Given.ANSWER,
                to_id=asker,
                thread=f"question:{answer.question_id}",
                title=answer.question.title,
                url=answer.question.get_absolute_url(),
            )
