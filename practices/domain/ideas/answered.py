"""The name of the mail that brings an answer, and who gets it."""

from __future__ import annotations

from datetime import datetime, timedelta

from experts.domain import outbox
from experts.models import Person
from practices.models import Idea

KIND = "idea_answered"
# Later than this an answer is no news.
_FRESH = timedelta(days=14)


def tell(idea: Idea, *, at: datetime) -> None:
    """Plans one mail to its author and to each author of an idea merged into it."""
    merged = Idea.objects.filter(merged_into=idea).values("author")
    ids = {idea.author_id, *merged.values_list("author", flat=True)} - {idea.answered_by_id}
    people = Person.objects.filter(pk__in=ids).order_by("pk")
    outbox.plan_many(
        kind=KIND,
        rows=[
            (idea.pk, person, f"{KIND}:{idea.pk}:{idea.revision}:{person.pk}") for person in people
        ],
        due_at=at,
        at=at,
        not_after=at + _FRESH,
    )
