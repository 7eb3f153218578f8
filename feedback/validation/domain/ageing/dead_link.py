"""The sensor of links that lead nowhere: inside the file, or as a reader says.

Addresses of other sites are never asked for: what the pre-flight found inside the file counts, and
what members tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from feedback.validation.domain.ageing import relied_on
from feedback.validation.domain.ageing.sensors import Noticed, Sensor
from feedback.validation.enums import Sign
from feedback.validation.models import AgeingSign
from materials.models import Preflight, Version

_CODE = "dead_links"
_CHUNK = 500


def notice(_today: date) -> Iterator[Noticed]:
    """Versions in whose file the pre-flight found links to pages that are not there."""
    found = Preflight.objects.filter(
        version__in=relied_on.versions().values("pk"),
        signals__contains=[{"code": _CODE, "level": "look"}],
    )
    rows = found.order_by("version").values_list("version_id", "signals")
    for version_id, signals in rows.iterator(chunk_size=_CHUNK):
        number = next(one.get("links", 1) for one in signals if one["code"] == _CODE)
        yield Noticed(version_id, {"links": number})


@transaction.atomic
def tell(*, version: Version, address: str, by: User, at: datetime) -> AgeingSign:
    """A member says that a link in a version is dead; told twice it stays one sign.

    The version comes through `visible_to`. The address is kept as typed and never asked for.
    """
    sign, is_new = AgeingSign.objects.get_or_create(
        version=version,
        sign=Sign.DEAD_LINK,
        settled_at=None,
        defaults={
            "detail": {"told": address},
            "noticed_on": to_wall(at, by.person.zone).date(),
        },
    )
    if is_new:
        country_id = version.material.country_id
        audit.record(deed="dead link told", about=sign, by=by, at=at, country_id=country_id)
    return sign


def sentence(detail: Mapping[str, Any]) -> str:
    """How many, or which one a reader named."""
    if "told" in detail:
        return _("A reader says that this link is dead: %(address)s") % {"address": detail["told"]}
    text = ngettext(
        "%(n)d link inside the file leads to a page that is not there.",
        "%(n)d links inside the file lead to pages that are not there.",
        detail["links"],
    )
    return text % {"n": detail["links"]}


SENSOR = Sensor(Sign.DEAD_LINK, notice, sentence)
