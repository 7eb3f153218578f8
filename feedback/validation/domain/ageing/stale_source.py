"""The sensor of translations whose original has moved on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from feedback.validation.domain.ageing import relied_on
from feedback.validation.domain.ageing.sensors import Noticed, Sensor
from feedback.validation.enums import Sign


def notice(_today: date) -> Iterator[Noticed]:
    """Translations of a version that has a successor which is more than a harmless erratum."""
    found = relied_on.versions().filter(moved_on_to__isnull=False).order_by("pk")
    rows = found.values_list("pk", "source__number", "moved_on_to")
    for pk, followed, newer in rows:
        yield Noticed(pk, {"followed": followed, "newer": newer})


def sentence(detail: Mapping[str, Any]) -> str:
    """Which version it follows, and which there is."""
    return _("It was made from version %(followed)d; the source is now version %(newer)d.") % {
        "followed": detail["followed"],
        "newer": detail["newer"],
    }


SENSOR = Sensor(Sign.STALE_SOURCE, notice, sentence)
