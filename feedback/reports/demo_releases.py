"""The demo's releases of Bulgaria: one for the agency, and a public one that its partner signed."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.enums import Role
from experts.models import Country, User
from feedback.reports.domain import compiling, period, steps
from feedback.reports.domain.asking import Asked
from feedback.reports.models import Report

logger = logging.getLogger(__name__)

COUNTRY = "BG"


def seed(anchor: date) -> None:
    """Compiles them the way everybody does, once; a demo without them runs all the same.

    Reads in a transaction of its own, so it does nothing inside another one.
    """
    country = Country.objects.filter(code=COUNTRY).select_related("cop").first()
    if country is None or connection.in_atomic_block or Report.objects.exists():
        return
    at = datetime.combine(anchor, time(8), tzinfo=UTC)
    try:
        _compile(country, Profile.AGENCY, "en", anchor, at)
        public = _compile(country, Profile.PUBLIC, "bg", anchor, at + timedelta(minutes=5))
        partner = _partner(country)
        steps.sign(report_id=public.pk, by=partner, at=at + timedelta(hours=1))
        steps.publish(report_id=public.pk, by=partner, at=at + timedelta(hours=2))
    except NotPossible as error:
        logger.warning("The demo's reports were not all made: %s", error)


def _compile(
    country: Country, profile: Profile, language: str, anchor: date, at: datetime
) -> Report:
    days = period.chosen(start=None, end=anchor - timedelta(days=1), zone=country.zone, at=at)
    asked = Asked(period=days, profile=profile, country=country)
    return compiling.compile_release(asked=asked, language=language, by=None, at=at)


def _partner(country: Country) -> User:
    """Who answers for the country; the project manager where there is no partner yet."""
    partners = User.objects.filter(
        person__memberships__role=Role.PARTNER, person__memberships__cop=country.cop
    )
    managers = User.objects.filter(person__memberships__role=Role.PROJECT_MANAGER)
    return partners.order_by("pk").first() or managers.order_by("pk")[0]
