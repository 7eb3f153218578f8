"""Answering the belonging pulse: once a quarter, without a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
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


_UNANSWERED = Prepared(
    lambda: (
        Person.objects.filter(
            ~Exists(PulseMark.objects.filter(person=OuterRef("pk"), quarter=Slot("quarter"))),
            pk=Slot("person"),
        )
        .order_by()
        .values_list("pk")
    )
)


def needs_ask(user: User, at: datetime) -> Questions:
    """The person, as long as the pulse of this quarter was not answered."""
    if not permissions.may_answer_pulse.allows(user):
        return {}
    this = quarter(at.astimezone(UTC).date())
    return {"waiting": _UNANSWERED.asked(person=user.person.pk, quarter=this)}


def needs_of(_user: User, at: datetime, *, waiting: Sequence[Any]) -> Iterator[Need]:
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
