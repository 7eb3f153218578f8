"""What the project promised in numbers: which indicators there are, and what is planned of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cop_platform.common.reporting import sections
from experts.domain import audit
from experts.models import Country, User
from feedback.reports import permissions
from feedback.reports.models import IndicatorTarget

# A number of an indicator: its key, and the code of the country or "" for the whole project.
Place = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """An indicator that a section of the report can reach."""

    key: str
    label: str


def known() -> tuple[Known, ...]:
    """All indicators, in the order of the report; a key that two sections give counts once."""
    found: dict[str, Known] = {}
    for section in sections.registered():
        for key, label in section.indicator_keys():
            found.setdefault(key, Known(key, label))
    return tuple(found.values())


def planned() -> dict[Place, int]:
    """The numbers as they stand; one query."""
    rows = IndicatorTarget.objects.values_list("key", "country__code", "planned")
    return {(key, code or ""): number for key, code, number in rows}


@transaction.atomic
def save(*, numbers: Mapping[Place, int | None], by: User, at: datetime) -> int:
    """Keeps the numbers given, forgets those given as None; how many were changed.

    Places that are not named stay as they are.
    """
    permissions.may_fund(by)
    countries = {country.code: country for country in Country.objects.all()}
    before = {
        (row.key, row.country.code if row.country else ""): row
        for row in IndicatorTarget.objects.select_for_update(of=("self",)).select_related("country")
    }
    changed = 0
    for (key, code), number in numbers.items():
        row = before.get((key, code))
        if (row.planned if row else None) == number:
            continue
        changed += 1
        if number is None and row is not None:
            audit.record(deed="target taken away", about=row, by=by, at=at, key=key)
            row.delete()
        elif number is not None:
            row = row or IndicatorTarget(key=key, country=countries[code] if code else None)
            row.planned = number
            row.save()
            audit.record(deed="target set", about=row, by=by, at=at, key=key, planned=number)
    return changed
