"""Surveys that open by themselves: so many days after a version was released, mentors are asked.

A rule is copied for each version whose day has come. A platform that stood still catches up for
two weeks; releases of the time before the rule are left alone. Run twice, nothing opens twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import to_utc, to_wall
from experts.domain import audit
from experts.enums import Role
from experts.models import User
from feedback.focus_groups.domain.easy import answering, editing
from feedback.focus_groups.models import EasyForm, FormResponse
from materials.models import Version

logger = logging.getLogger(__name__)

CATCH_UP = timedelta(days=14)
SHOWN = 5


def open_due(*, at: datetime) -> int:
    """Opens what is due at an instant; how many surveys. One that fails does not stop the rest."""
    rules = EasyForm.objects.filter(version__isnull=True, release_days__isnull=False)
    opened = 0
    for rule in rules.select_related("country").order_by("pk"):
        for version in _due(rule, answering.today(rule, at)):
            try:
                opened += _open(rule, version, at)
            except (DatabaseError, ValueError):
                logger.exception("Rule %s opened no survey about version %s.", rule.pk, version.pk)
    return opened


def _due(rule: EasyForm, today: date) -> QuerySet[Version]:
    """Versions that mentors of the rule's country use, whose day has come, without a survey."""
    assert rule.release_days is not None  # asked of rules
    delay = timedelta(days=rule.release_days)
    first = max(rule.opens_on, today - CATCH_UP) - delay
    asked = EasyForm.objects.filter(
        country=rule.country_id, version=OuterRef("pk"), release_days=rule.release_days
    )
    needed = Q(
        material__required__country=rule.country_id, material__required__language=F("language")
    )
    of_here = Q(material__country=rule.country_id) | Q(material__country__isnull=True) | needed
    zone = rule.country.zone
    found = Version.objects.released().filter(
        of_here,
        released_at__gte=to_utc(datetime.combine(first, time.min), zone),
        released_at__lt=to_utc(datetime.combine(today - delay + editing.ONE_DAY, time.min), zone),
    )
    return found.filter(~Exists(asked)).select_related("material").order_by("pk").distinct()


@transaction.atomic
def _open(rule: EasyForm, version: Version, at: datetime) -> bool:
    """Copies the rule for a version. Somebody else's copy of the same moment is kept instead."""
    # Two ticks wait for each other at the rule; the second finds the survey there.
    held = EasyForm.objects.select_for_update().filter(pk=rule.pk).first()
    taken = EasyForm.objects.filter(
        country=rule.country_id, version=version, release_days=rule.release_days
    )
    if held is None or taken.exists():
        return False
    words = {"title": rule.title, "code": version.material.code, "n": version.number}
    survey = editing.duplicate(
        rule,
        start=answering.today(rule, at),
        title=_("%(title)s: %(code)s, version %(n)d") % words,
        version=version,
        release_days=rule.release_days,
    )
    audit.record(
        deed="survey opened by rule", about=survey, by=None, at=at, country_id=rule.country_id
    )
    return True


def _to_share() -> QuerySet[EasyForm]:
    """Open surveys of rules that nobody has answered yet: their link was not sent around."""
    answered = FormResponse.objects.filter(form=OuterRef("pk"))
    found = EasyForm.objects.filter(
        ~Exists(answered.order_by()),
        release_days__isnull=False,
        version__isnull=False,
        opens_on__lte=Slot("today"),
        closes_on__gte=Slot("today"),
        country_id__in=KeysSlot("countries"),
    )
    return found.only("title", "closes_on").order_by("opens_on", "pk")[:SHOWN]


_TO_SHARE = Prepared(_to_share)


def needs_ask(user: User, at: datetime) -> Questions:
    """For the coordinators of the country: surveys whose link they send to mentors."""
    own = list(user.access.countries(Role.COORDINATOR))
    today = to_wall(at, user.person.zone).date()
    return {"surveys": _TO_SHARE.asked(today=today, countries=own)} if own else {}


def needs_of(_user: User, _at: datetime, *, surveys: Sequence[EasyForm]) -> Iterator[Need]:
    """A need for each survey to share."""
    for survey in surveys:
        yield Need(
            title=_("Send the survey “%(title)s” to mentors") % {"title": survey.title},
            sentence=_("It opened by itself after the release; nobody has answered yet."),
            url=reverse("form_share", args=[survey.pk]),
            action=_("Get the link"),
            due=datetime.combine(survey.closes_on, time.max, tzinfo=UTC),
            icon="mail",
        )
