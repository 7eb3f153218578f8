"""What the list of changes is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from experts.models import Country, Person
from feedback.changes.enums import Decision
from feedback.changes.querysets import ChangeRequestQuerySet
from materials.models import Material, Version

# The states a person filters by; "accepted" is what is still to be made.
OPEN, LATE, ACCEPTED, DONE, DECLINED = "open", "late", "accepted", "done", "declined"


@dataclass(frozen=True)
class ChangeFilter:
    """The cleaned fields of the filter bar; `owner` without an own owner is the author."""

    material: Material | None = None
    version: Version | None = None
    state: str = ""
    severity: str = ""
    owner: Person | None = None
    country: Country | None = None


def apply(
    changes: ChangeRequestQuerySet, wanted: ChangeFilter, *, today: date
) -> ChangeRequestQuerySet:
    """Narrows to what was asked; merged requests stand on the page of the one they are part of."""
    changes = changes.alone()
    said = {name: getattr(wanted, name) for name in ("material", "version", "severity", "country")}
    changes = changes.filter(**{name: value for name, value in said.items() if value})
    if wanted.owner:
        changes = changes.owned_by(wanted.owner)
    if wanted.state == OPEN:
        return changes.undecided()
    if wanted.state == LATE:
        return changes.undecided().filter(due_on__lt=today)
    if wanted.state == ACCEPTED:
        return changes.not_done()
    if wanted.state == DONE:
        return changes.done()
    if wanted.state == DECLINED:
        return changes.filter(decision=Decision.DECLINE)
    return changes
