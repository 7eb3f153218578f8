"""Conflicts of interest: who must not review a material, why, and when it may be waived.

Three kinds: one's own work, which nothing waives; the partner organisation of the material's
owner; and what somebody declared. A waiver of the last two has a reason and is written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.models import Person, User
from feedback.reviews import permissions
from feedback.reviews.models import ConflictOfInterest
from materials.models import Material, Version


class NoWaiver(NotPossible):
    """Nobody reviews their own work, whatever the reason."""


class NotInTheWay(NotPossible):
    """There is nothing to waive."""


def of(version: Version, people: Iterable[Person]) -> dict[int, list[str]]:
    """Why these people must not review the version, in words, by person id; others are not in it.

    A dry run: asks the same number of questions for one person and for many.
    """
    return about([version.material], people)[version.material_id]


def about(
    materials: Iterable[Material], people: Iterable[Person]
) -> dict[int, dict[int, list[str]]]:
    """The same for several materials, by material id, with two questions for all of them."""
    found = {material.pk: material for material in materials}
    people = list(people)
    makers = _makers(found)
    declared = {
        (row.material_id, row.person_id): row
        for row in ConflictOfInterest.objects.filter(material__in=found, person__in=people)
    }
    partners = _partners_of_owners(found.values())
    reasons: dict[int, dict[int, list[str]]] = {pk: {} for pk in found}
    for pk, material in found.items():
        for person in people:
            row = declared.get((pk, person.pk))
            said = _reasons(person, person.pk in makers[pk], partners[material.owner_id], row)
            if said:
                reasons[pk][person.pk] = said
    return reasons


def _reasons(
    person: Person, made_it: bool, partner_id: int | None, row: ConflictOfInterest | None
) -> list[str]:
    if made_it:
        return [_("made the material")]
    if row is not None and row.waived_at:
        return []
    found = []
    if partner_id is not None and person.partner_id == partner_id:
        found.append(_("works for the partner that made the material"))
    if row is not None:
        found.append(_("has a conflict of interest that was declared"))
    return found


def _makers(materials: dict[int, Material]) -> dict[int, set[int]]:
    """Owner and everybody who uploaded a version, by material."""
    makers: dict[int, set[int]] = defaultdict(set)
    uploads = Version.objects.filter(material__in=materials).order_by()
    for material_id, person_id in uploads.values_list("material_id", "uploaded_by_id").distinct():
        makers[material_id].add(person_id)
    for pk, material in materials.items():
        makers[pk].add(material.owner_id)
    return makers


def _partners_of_owners(materials: Iterable[Material]) -> dict[int, int | None]:
    owners = {material.owner_id for material in materials}
    return dict(Person.objects.filter(pk__in=owners).values_list("pk", "partner_id"))


def declared_for(material: Material, user: User) -> QuerySet[ConflictOfInterest]:
    """What was declared about a material, by people whose coordinator this is."""
    people = Person.objects.contactable_by(user)
    found = ConflictOfInterest.objects.filter(material=material, person__in=people)
    return found.select_related("person__country", "waived_by").order_by("person__name", "pk")


@transaction.atomic
def declare(
    *, person: Person, material: Material, reason: str, by: User, at: datetime
) -> ConflictOfInterest:
    """Writes down that somebody should not review a material; said twice it stands once.

    By the person, or by a coordinator of theirs. A waiver there was is gone. Raises Refused.
    """
    permissions.may_declare(by, person)
    row, is_new = ConflictOfInterest.objects.select_for_update().get_or_create(
        person=person,
        material=material,
        defaults={"reason": reason, "declared_by": by.person, "declared_at": at},
    )
    if not is_new:
        row.reason, row.declared_by, row.declared_at = reason, by.person, at
        row.waived_by, row.waived_at, row.waiver_reason = None, None, ""
        row.save()
    _record("conflict of interest declared", row, by, at)
    return row


def own(user: User, material: Material) -> ConflictOfInterest | None:
    """What stands of this person about a material, whoever wrote it down."""
    rows = ConflictOfInterest.objects.select_related("declared_by")
    return rows.filter(person=user.person, material=material).first()


def may_withdraw(user: User, row: ConflictOfInterest | None) -> bool:
    """What a person said of themselves; what a coordinator wrote down is the coordinator's."""
    return row is not None and row.declared_by_id == user.person.pk == row.person_id


@transaction.atomic
def withdraw(*, material: Material, by: User, at: datetime) -> None:
    """Takes back what somebody said of themselves; where nothing stands, nothing happens.

    Raises Refused for what a coordinator wrote down.
    """
    rows = ConflictOfInterest.objects.select_for_update()
    row = rows.filter(person=by.person, material=material).first()
    if row is None:
        return
    if not may_withdraw(by, row):
        raise Refused(_("Your coordinator wrote this down; only they can decide about it."))
    _record("conflict of interest withdrawn", row, by, at)
    row.delete()


@transaction.atomic
def waive(
    *, person: Person, material: Material, reason: str, by: User, at: datetime
) -> ConflictOfInterest:
    """Says why somebody may review a material although something stands against it.

    Raises Refused, NoWaiver for one's own work, NotInTheWay where nothing stands against it.
    """
    permissions.may_waive(by, person)
    if person.pk in _makers({material.pk: material})[material.pk]:
        raise NoWaiver(_("Nobody reviews their own work: there is no waiver for it."))
    rows = ConflictOfInterest.objects.select_for_update()
    row = rows.filter(person=person, material=material).first()
    if not about([material], [person])[material.pk]:
        raise NotInTheWay(_("Nothing stands against this person any more."))
    row = row or ConflictOfInterest(
        person=person, material=material, declared_by=by.person, declared_at=at
    )
    row.waived_by, row.waived_at, row.waiver_reason = by.person, at, reason
    row.save()
    _record("conflict of interest waived", row, by, at)
    return row


def _record(deed: str, row: ConflictOfInterest, by: User, at: datetime) -> None:
    audit.record(deed=deed, about=row, by=by, at=at, country_id=row.person.country_id)
