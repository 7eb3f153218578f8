"""Weeks in which a country cannot well meet, entered and taken away by those who speak for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from experts.domain import audit
from experts.models import Country, User
from sessions import permissions
from sessions.models import BusyPeriod


@transaction.atomic
def add(
    *, country: Country, name: str, first_day: date, last_day: date, by: User, at: datetime
) -> BusyPeriod:
    """Enters a period, both days included; the same one again is the one there is.

    Raises Refused for somebody who does not speak for the country.
    """
    permissions.may_enter_busy(by, country)
    period, is_new = BusyPeriod.objects.get_or_create(
        country=country,
        name=name,
        first_day=first_day,
        last_day=last_day,
        defaults={"entered_by": by.person, "entered_at": at},
    )
    if is_new:
        audit.record(deed="busy period entered", about=period, by=by, at=at, country_id=country.pk)
    return period


@transaction.atomic
def remove(*, period_id: int, by: User, at: datetime) -> None:
    """Takes a period away; one that is gone already stays so. Raises Refused."""
    period = BusyPeriod.objects.select_related("country").filter(pk=period_id).first()
    if period is None:
        return
    permissions.may_enter_busy(by, period.country)
    country_id = period.country_id
    audit.record(deed="busy period removed", about=period, by=by, at=at, country_id=country_id)
    period.delete()
