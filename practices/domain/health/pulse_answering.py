"""Answering the belonging pulse: once a quarter, without a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from experts.models import Person, User
from practices import permissions
from practices.domain.health.pulse import QUESTIONS, earlier, quarter
from practices.models import PulseMark, PulseTally


class AlreadyAnswered(Exception):
    """Anticipated: the message is shown to the member."""


@transaction.atomic
def answer(*, scores: Mapping[str, int], by: User, at: datetime) -> None:
    """Counts the scores (1 to 5 by question) for the person's country and marks that they
    answered; nothing links the two.

    Raises Refused for people of no country, AlreadyAnswered the second time of a quarter.
    """
    permissions.may_answer_pulse(by)
    this = quarter(at.astimezone(UTC).date())
    try:
        with transaction.atomic():
            PulseMark.objects.create(person=by.person, quarter=this)
    except IntegrityError:
        raise AlreadyAnswered(_("You have answered this quarter already. Thank you.")) from None
    country = _country(by)
    for question in QUESTIONS:
        # Always the same order of rows, so that two who answer at once wait for each other.
        tally, _made = PulseTally.objects.get_or_create(
            country_id=country, quarter=this, question=question, score=scores[question]
        )
        PulseTally.objects.filter(pk=tally.pk).update(count=F("count") + 1)


def _country(by: User) -> int:
    """The person's own country, if they belong to its community, else the first of theirs."""
    own = by.access.countries()
    return by.person.country_id if by.person.country_id in own else min(own)


def has_answered(person: Person, at: datetime) -> bool:
    this = quarter(at.astimezone(UTC).date())
    return PulseMark.objects.filter(person=person, quarter=this).exists()


def waiting(user: User, at: datetime) -> Iterator[QuerySet[Person]]:
    """The person, as long as the pulse of this quarter was not answered."""
    if permissions.may_answer_pulse.allows(user):
        this = quarter(at.astimezone(UTC).date())
        answered = PulseMark.objects.filter(person=OuterRef("pk"), quarter=this)
        yield Person.objects.filter(~Exists(answered), pk=user.person.pk)


def needs_of(_user: User, at: datetime) -> Iterator[Need]:
    """The pulse of this quarter, for those it waits for."""
    after = earlier(quarter(at.astimezone(UTC).date()), -1)
    yield Need(
        title=_("How is the community for you?"),
        sentence=_("Three questions, half a minute, without your name. Once a quarter."),
        url=reverse("health_pulse"),
        action=_("Answer"),
        due=datetime(after.year, after.month, 1, tzinfo=UTC),
        icon="chart",
    )
