"""How much room a country's partners have for materials, and how much of it is used."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Max, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import Partner
from materials.models import Version

# Held while a version is written, so that two uploads at once cannot both take the last room.
_LOCK = 7_350_002


class NoRoom(NotPossible):
    """The country's materials would need more than its partners were given."""


@dataclass(frozen=True)
class Room:
    """Bytes used and given."""

    used: int
    limit: int

    @property
    def free(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def sentence(self) -> str:
        """What is used and what is free, in words."""
        values = {"used": filesizeformat(self.used), "limit": filesizeformat(self.limit)}
        return _("%(used)s of %(limit)s are used; %(free)s are free.") % (
            values | {"free": filesizeformat(self.free)}
        )


def room(country_id: int | None) -> Room:
    """The room of a country's partners together; materials of no country have the usual one.

    The same bytes in two versions lie on disk once and count once.
    """
    versions = Version.objects.filter(_of(country_id)).order_by()
    once = versions.values("sha256").annotate(once=Max("size"))
    used = once.aggregate(used=Sum("once"))["used"] or 0
    partners = Partner.objects.filter(Q(country_id=country_id)).values_list("quota", flat=True)
    usual = settings.MATERIALS_QUOTA
    given = [usual if one is None else one for one in partners] or [usual]
    return Room(used, sum(given))


def _of(country_id: int | None) -> Q:
    return Q(material__country_id=country_id)


def check(*, country_id: int | None, size: int, waiting: int = 0) -> None:
    """Raises NoRoom when `size` more bytes do not fit beside those that wait already."""
    found = room(country_id)
    if size + waiting > found.free:
        raise NoRoom(
            _("There is no room for this file of %(size)s: %(room)s")
            % {"size": filesizeformat(size), "room": found.sentence}
        )


def check_stored(*, country_id: int | None, sha256: str, size: int) -> None:
    """The same once more when a version is written; needs a transaction. Raises NoRoom.

    Bytes that a version of the country holds already need no room.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, country_id or 0])
    stored = Version.objects.filter(_of(country_id), sha256=sha256)
    if size and not stored.exists():
        check(country_id=country_id, size=size)
