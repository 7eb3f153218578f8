"""Stories in the stream of contributions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from practices.domain.contributing import Contribution, Span
from practices.enums import Given
from practices.models import Story


def given(span: Span) -> Iterator[Contribution]:
    """One for each story told in the span; a day counts from its midnight in UTC."""
    stories = Story.objects.filter(told_on__gte=span.since.date(), told_on__lt=span.until.date())
    if span.people is not None:
        stories = stories.filter(teller__in=span.people)
    for story in stories.only("teller", "country", "told_on", "title").order_by():
        yield Contribution(
            person_id=story.teller_id,
            country_id=story.country_id,
            at=datetime.combine(story.told_on, time.min, UTC),
            given=Given.STORY,
            thread=f"story {story.pk}",
            title=story.title,
            url=story.get_absolute_url(),
        )
