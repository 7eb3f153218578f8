"""How often released editions are fetched and used: numbers by day, and nobody behind them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from cop_platform.common import clients
from cop_platform.common.refusals import NotPossible
from materials.enums import UsedHow
from materials.models import Version

# So many taps an hour are a busy classroom behind one address; more is a machine.
TAPS, HOUR = 30, 3600


class TooOften(NotPossible):
    """More answers from one place than people give."""


def count_download(*, version_id: int, at: datetime) -> None:
    """One more on this day; safe when many fetch at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO materials_download AS d (version_id, day, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (version_id, day) DO UPDATE SET count = d.count + 1",
            [version_id, at.astimezone(UTC).date()],
        )


def used_with_learner(*, version: Version, how: UsedHow, address: str, at: datetime) -> None:
    """Counts an answer; who gave it is not known and not kept. Raises TooOften.

    The address is kept for an hour as a hash in the cache, to slow machines down.
    """
    if _taps(address) > TAPS:
        raise TooOften(_("So many answers came from here that this one was not counted."))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO materials_learneruse AS u (version_id, country_id, day, how, count)"
            " VALUES (%s, NULL, %s, %s, 1)"
            " ON CONFLICT ON CONSTRAINT learner_use_once DO UPDATE SET count = u.count + 1",
            [version.pk, at.astimezone(UTC).date(), how.value],
        )


def _taps(address: str) -> int:
    place = clients.place_of(address)
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{place}".encode()).hexdigest()
    key = f"taps:{digest[:32]}"
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1
