"""The periodic look: what sensors notice becomes rows, what is over is settled.

It may run twice, and in two places at once: a version has one open sign of a kind.
"""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from experts.enums import Role
from experts.models import User
from feedback.validation.domain.ageing import sensors
from feedback.validation.domain.ageing.concerned import countries_of
from feedback.validation.domain.ageing.sensors import Noticed, Sensor
from feedback.validation.models import AgeingSign, Verdict
from materials.models import Version

logger = logging.getLogger(__name__)
_CONCERNED = "ageing-signs"


def look(*, at: datetime) -> int:
    """Lets every sensor look; how many signs are new. One that fails does not stop the others."""
    today = timezone.localdate(at)
    new = sum(_look(sensor, today, at) for sensor in sensors.known())
    settle_judged(at=at)
    count_anew()
    return new


def settle_judged(*, at: datetime) -> int:
    """Settles the signs whose mini round ended with a verdict in force."""
    done = Verdict.objects.filter(round=OuterRef("round"), final_at__isnull=False)
    open_ones = AgeingSign.objects.filter(settled_at__isnull=True, round__isnull=False)
    return open_ones.filter(Exists(done)).update(settled_at=at)


def watch_verdict(*, instance: Verdict, **_signal: Any) -> None:
    """A verdict in force settles the signs that its round was opened for; a signal's receiver."""
    if instance.final_at is not None and instance.round_id is not None:
        settled = AgeingSign.objects.filter(settled_at__isnull=True, round=instance.round_id)
        if settled.update(settled_at=instance.final_at):
            transaction.on_commit(count_anew)


def count_anew() -> None:
    """Keeps whom each open sign concerns, so that *Today* need not ask the database."""
    open_ones = AgeingSign.objects.filter(settled_at__isnull=True, round__isnull=True)
    signs = list(open_ones.select_related("version__material").order_by("pk"))
    by_sign = countries_of(signs)
    homes = [frozenset({sign.version.material.country_id or 0}) for sign in signs]
    found = [by_sign[sign.pk] or home for sign, home in zip(signs, homes, strict=True)]
    cache.set(_CONCERNED, found, timeout=None)


def number_for(user: User) -> int:
    """How many open signs a leader of rounds could deal with, as of the last look; 0 for others.

    Asks the cache alone, and finds nothing while nobody has looked.
    """
    access = user.access
    if not access.plans_sessions:
        return 0
    own = access.countries(Role.COORDINATOR)
    found: list[frozenset[int]] = cache.get(_CONCERNED) or []
    return sum(access.is_manager or bool(countries & own) for countries in found)


def _look(sensor: Sensor, today: date, at: datetime) -> int:
    try:
        with transaction.atomic():
            noticed = list(sensor.notice(today))
    except Exception:  # a sensor of another room may fail in any way
        logger.exception("The sensor of %s failed.", sensor.sign)
        return 0
    new = sum(_keep(sensor, one, today) for one in noticed)
    _settle_gone(sensor, {one.version_id for one in noticed}, at)
    return new


def _keep(sensor: Sensor, one: Noticed, today: date) -> bool:
    """Whether a new sign was written; one that stands gets today's facts."""
    same = {"version_id": one.version_id, "sign": sensor.sign}
    try:
        with transaction.atomic():
            open_one = AgeingSign.objects.filter(**same, settled_at__isnull=True).first()
            if open_one is not None:
                if open_one.detail != one.detail and "told" not in open_one.detail:
                    open_one.detail = one.detail
                    open_one.save(update_fields=["detail"])
                return False
            if AgeingSign.objects.filter(**same, detail=one.detail).exists():
                return False
            if not Version.objects.filter(pk=one.version_id).exists():
                logger.warning("%s was noticed on no version: %s.", sensor.sign, one.version_id)
                return False
            AgeingSign.objects.create(**same, detail=one.detail, noticed_on=today)
    except DatabaseError:
        # Written by another beat meanwhile, or not to be written at all.
        logger.warning("A sign of %s on version %s was not kept.", sensor.sign, one.version_id)
        return False
    return True


def _settle_gone(sensor: Sensor, still: set[int], at: datetime) -> None:
    """What a sensor no longer notices is over; not what a person told of or a round looks at."""
    gone = AgeingSign.objects.filter(
        sign=sensor.sign, settled_at__isnull=True, round__isnull=True
    ).exclude(version__in=still)
    gone.exclude(detail__has_key="told").update(settled_at=at)
