"""Ideas and tests as things members gave to the community."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from practices.domain.contributing import Contribution, Span
from practices.enums import Given
from practices.models import Experiment, Idea


def ideas(span: Span) -> Iterator[Contribution]:
    """Every idea that was handed in and not withdrawn, merged or not; one question."""
    days = span.since.date(), span.until.date()
    rows = Idea.objects.filter(added_on__range=days, withdrawn_on__isnull=True)
    if span.people is not None:
        rows = rows.filter(author__in=span.people)
    for idea in rows.select_related("author").order_by("pk"):
        at = _noon(idea.added_on)
        if span.since <= at < span.until:
            yield Contribution(
                person_id=idea.author_id,
                country_id=idea.author.country_id,
                at=at,
                given=Given.IDEA,
                thread=f"idea:{idea.pk}",
                title=idea.title,
                url=idea.get_absolute_url(),
            )


def tests(span: Span) -> Iterator[Contribution]:
    """Every test that began; one question."""
    rows = Experiment.objects.filter(starts_on__range=(span.since.date(), span.until.date()))
    if span.people is not None:
        rows = rows.filter(owner__in=span.people)
    for test in rows.select_related("owner", "idea").order_by("pk"):
        at = _noon(test.starts_on)
        if span.since <= at < span.until:
            yield Contribution(
                person_id=test.owner_id,
                country_id=test.owner.country_id,
                at=at,
                given=Given.EXPERIMENT,
                thread=f"idea:{test.idea_id}",
                title=test.idea.title,
                url=test.idea.get_absolute_url(),
            )


def _noon(day: date) -> datetime:
    """Rows keep the day alone; noon is that day in every zone of the project."""
    return datetime.combine(day, time(12), UTC)
