"""The draft of a practice that an adopted idea becomes: filled with what is known already."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices.domain.practices import topics
from practices.enums import Outcome
from practices.models import Experiment, Idea, Practice, PracticeVersion


def draft(idea: Idea, *, by: User, at: datetime) -> Practice:
    """The practice of the idea's author, with a first version; the caller's transaction.

    Its topic is the one of that name in the charters of today, none where the name is gone.
    Raises NotPossible for an idea of no country, as every practice has one.
    """
    author = idea.author
    country = idea.country or author.country
    if country is None:
        raise NotPossible(
            _("A practice belongs to a country, and this idea to none: name an action instead.")
        )
    practice = Practice.objects.create(
        country=country,
        partner=author.partner,
        author=author,
        topic=topics.standing(idea.topic, country),
        started_on=to_wall(at, by.person.zone).date(),
    )
    tests = list(idea.experiments.exclude(outcome=Outcome.OPEN).order_by("starts_on", "pk"))
    PracticeVersion.objects.create(
        practice=practice,
        title=idea.title,
        need=idea.text or idea.title,
        steps=_told(tests, "test") or idea.text or idea.title,
        result=_told(tests, "result"),
        evidence=_told(tests, "sign"),
    )
    return practice


def _told(tests: list[Experiment], field: str) -> str:
    return "\n\n".join(filter(None, (getattr(test, field) for test in tests)))
