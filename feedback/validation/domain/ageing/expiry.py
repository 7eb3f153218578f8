"""The sensor of what ends soon, or has ended: a verdict, or an edition by its own last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from feedback.validation.domain.ageing import relied_on
from feedback.validation.domain.ageing.sensors import Noticed, Sensor
from feedback.validation.enums import GOOD, Sign
from feedback.validation.models import Verdict

# Long enough for a round of four weeks and the month before it.
AHEAD = timedelta(days=60)


def notice(today: date) -> Iterator[Noticed]:
    """One sign a version, with the first day on which one of its verdicts ends."""
    ending = Verdict.objects.in_force().filter(
        standing__in=sorted(GOOD), valid_until__lte=today + AHEAD
    )
    found: dict[int, tuple[date, set[int], bool]] = {}
    rows = ending.filter(version__in=relied_on.versions().values("pk")).order_by("pk")
    for version_id, country_id, day in rows.values_list("version_id", "country_id", "valid_until"):
        assert day is not None  # as the question asks
        first, countries, everywhere = found.get(version_id, (day, set(), False))
        if country_id is not None:
            countries.add(country_id)
        found[version_id] = (min(first, day), countries, everywhere or country_id is None)
    for version_id, (first, countries, everywhere) in found.items():
        detail: dict[str, Any] = {"until": first.isoformat()}
        # A verdict of the consortium speaks for every country.
        if not everywhere:
            detail["countries"] = sorted(countries)
        yield Noticed(version_id, detail)
    own = relied_on.versions().filter(valid_until__lte=today + AHEAD).exclude(pk__in=found)
    for version_id, day in own.order_by("pk").values_list("pk", "valid_until"):
        yield Noticed(version_id, {"edition_until": day.isoformat()})


def sentence(detail: Mapping[str, Any]) -> str:
    """When the first verdict ends, or the edition."""
    if "edition_until" in detail:
        last = date.fromisoformat(detail["edition_until"])
        return _("The edition itself is valid until %(day)s only.") % {
            "day": formats.date_format(last, "j M Y")
        }
    day = formats.date_format(date.fromisoformat(detail["until"]), "j M Y")
    return _("The verdict ends on %(day)s.") % {"day": day}


SENSOR = Sensor(Sign.EXPIRY, notice, sentence)
