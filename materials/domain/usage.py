"""How often released editions are fetched and used: numbers by day, and nobody behind them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from cop_platform.common import throttle
from cop_platform.common.refusals import NotPossible
from experts import reference
from experts.models import Country
from materials.enums import UsedHow
from materials.models import LearnerUse, Material, Version

# So many taps an hour are a busy classroom behind one address; more is a machine.
TAPS = 30
_SALT = "materials.usage.where"


class TooOften(NotPossible):
    """More answers from one place than people give."""


class AskedTooLate(NotPossible):
    """The country of an answer came an hour later, a second time, or for no answer of ours."""


def count_download(*, version_id: int, at: datetime) -> None:
    """One more on this day; safe when many fetch at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO materials_download AS d (version_id, day, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (version_id, day) DO UPDATE SET count = d.count + 1",
            [version_id, at.astimezone(UTC).date()],
        )


def used_with_learner(*, version: Version, how: UsedHow, address: str, at: datetime) -> str:
    """Counts an answer; who gave it is not known and not kept. Raises TooOften.

    The address is kept for an hour as a hash in the cache, to slow machines down. Returns a
    receipt with which the country of this one answer can be told afterwards, in `used_where`.
    """
    if throttle.count("taps", address) > TAPS:
        raise TooOften(_("So many answers came from here that this one was not counted."))
    day = at.astimezone(UTC).date()
    _count(version.pk, None, day, how)
    said = [version.pk, day.isoformat(), how.value, secrets.token_urlsafe(9)]
    return signing.dumps(said, salt=_SALT, compress=False)


@transaction.atomic
def used_where(*, version: Version, receipt: str, country: Country) -> None:
    """Says in which country an answer was given: it is counted there instead of nowhere.

    Nothing is guessed from an address. A receipt is good once and for an hour; raises AskedTooLate.
    """
    too_late = AskedTooLate(_("The answer stays counted; the country could not be added any more."))
    try:
        pk, day_said, how_said, once = signing.loads(receipt, salt=_SALT, max_age=throttle.HOUR)
    except (signing.BadSignature, ValueError) as error:
        raise too_late from error
    if pk != version.pk or not cache.add(f"used-where:{once}", 1, throttle.HOUR):
        raise too_late
    day, how = date.fromisoformat(day_said), UsedHow(how_said)
    nowhere = LearnerUse.objects.filter(version=version, country=None, day=day, how=how)
    if not nowhere.filter(count__gt=0).update(count=F("count") - 1):
        raise too_late
    _count(version.pk, country.pk, day, how)


@dataclass(frozen=True)
class UsedIn:
    """What was answered in a country, or where none was told; `counts` in the order of UsedHow."""

    country: Country | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def by_country(material: Material) -> list[UsedIn]:
    """All answers about a material, most first, those without a country last. One query."""
    uses: Any = LearnerUse.objects.filter(version__material=material, count__gt=0)
    rows = uses.values_list("country", "how").annotate(n=Sum("count")).order_by("country", "how")
    found: dict[int | None, dict[str, int]] = {}
    for country, how, n in rows:
        found.setdefault(country, {})[how] = n
    known = {country.pk: country for country in reference.countries()}
    lines = [
        UsedIn(known.get(key or 0), tuple(told.get(how, 0) for how in UsedHow.values))
        for key, told in found.items()
    ]
    return sorted(lines, key=lambda line: (line.country is None, -line.total))


def _count(version_id: int, country_id: int | None, day: date, how: UsedHow) -> None:
    """One more; safe when many answer at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO materials_learneruse AS u (version_id, country_id, day, how, count)"
            " VALUES (%s, %s, %s, %s, 1)"
            " ON CONFLICT ON CONSTRAINT learner_use_once DO UPDATE SET count = u.count + 1",
            [version_id, country_id, day, how.value],
        )
