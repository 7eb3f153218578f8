"""What good practices wait for from a person: a check, or an answer to questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot, TextsSlot
from cop_platform.common.times import to_utc
from experts.enums import Role
from experts.models import Person, User
from practices.enums import CheckStep
from practices.models import PracticeVersion
from practices.querysets import CHECKERS

# Nobody owes the technical check of every country: so many are put before an expert at a time.
MOST_CHECKS = 2
_SHOWN = 12
_WITHIN = timedelta(days=14)
_DUE_CLOCK = time(17)
# What a need says of a version.
_SAID = ("title", "step", "returned_why", "submitted_on", "practice__country__name")


def asks(user: User, _at: datetime) -> Questions:
    """Versions that ask something of this person; who checks nothing reads no language for it."""
    access, person = user.access, user.person
    asked = _WAITING.asked(
        person=person.pk,
        home=person.country_id,
        countries=list(access.countries(Role.COORDINATOR)),
        languages=list(person.languages) if access.roles & CHECKERS else [],
    )
    return {"versions": asked}


def of(user: User, _at: datetime, *, versions: Sequence[PracticeVersion]) -> Iterator[Need]:
    """Cards that came back to their author; what waits for a screening; some technical checks."""
    checks = 0
    for version in versions:
        if version.step == CheckStep.SCREENED:
            checks += 1
            if checks > MOST_CHECKS:
                continue
        yield _need(version, user.person)


def _waiting() -> QuerySet[PracticeVersion]:
    """Own country first, then the one that waits longest."""
    mine = Q(practice__author=Slot("person"))
    # Who cannot read it cannot judge it.
    readable = Q(step=CheckStep.SCREENED, language__in=TextsSlot("languages"))
    wanted = mine & Q(step=CheckStep.RETURNED)
    at_home = Q(practice__country_id__in=KeysSlot("countries"), step=CheckStep.SUBMITTED)
    wanted |= at_home & ~mine
    wanted |= readable & ~mine & ~Q(screened_by=Slot("person"))
    is_home = Case(
        When(practice__country_id=Slot("home"), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found = PracticeVersion.objects.filter(wanted, discarded_on__isnull=True)
    said = found.select_related("practice__country").only(*_SAID)
    return said.order_by(is_home.desc(), "submitted_on", "pk")[:_SHOWN]


_WAITING = Prepared(_waiting)


def _need(version: PracticeVersion, person: Person) -> Need:
    words = {"title": version.title, "country": version.practice.country.name}
    if version.step == CheckStep.RETURNED:
        said = _("Your practice came back with questions: %(title)s"), version.returned_why
        page, action = "practice_edit", _("Answer them")
    elif version.step == CheckStep.SUBMITTED:
        said = (
            _("Screen a good practice: %(title)s"),
            _("Is it of our topics, clear, and free of what could tell who somebody is?"),
        )
        page, action = "practice_check", _("Screen")
    else:
        said = (
            _("Check a good practice from %(country)s: %(title)s"),
            _("Could you repeat it from the card alone, and is the result believable?"),
        )
        page, action = "practice_check", _("Check")
    due = _due(version.submitted_on, person.zone)
    return Need(said[0] % words, said[1][:200], reverse(page, args=[version.pk]), action, due)


def _due(submitted_on: date | None, zone: str) -> datetime:
    day = (submitted_on or date(2000, 1, 1)) + _WITHIN
    return to_utc(datetime.combine(day, _DUE_CLOCK), zone)
