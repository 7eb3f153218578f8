"""The ledger: a change is asked for, arranged and merged here; `deciding` decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.enums import Role
from experts.models import Country, Membership, Person, User
from feedback.changes import permissions, sources
from feedback.changes.domain import refs
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from materials.models import Material, Version


class NoSuchComment(NotPossible):
    """There is no such comment, or this person may not read it: both are answered alike."""


class NotMergeable(NotPossible):
    """The two requests cannot become one."""


@dataclass(frozen=True)
class Asked:
    """A request in somebody's own words; `country` is the one that asks, None for nobody's."""

    version: Version
    asked: str
    severity: str
    country: Country | None = None
    public_asked: str = ""
    owner: Person | None = None
    due_on: date | None = None


@transaction.atomic
def raise_of_comment(
    *, kind: str, ref: str, by: User, at: datetime, severity: str = ""
) -> ChangeRequest:
    """Makes a comment a change request; of one comment there is one, whoever presses again.

    Without a severity it is as grave as the writer meant. Raises NoSuchComment, Refused.
    """
    if severity not in Severity:
        severity = ""
    source = sources.find(kind)
    key = refs.find(source, ref, by) if source else None
    about = source.about([key]).get(key) if source and key is not None else None
    if source is None or key is None or about is None:
        raise NoSuchComment(_("This comment cannot be made a change request."))
    version = Version.objects.select_related("material").get(pk=about.version_id)
    permissions.may_raise(by, version.material, about.country_id)
    change, is_new = ChangeRequest.objects.get_or_create(
        source_kind=kind,
        source_key=key,
        defaults={
            "material": version.material,
            "version": version,
            "country_id": about.country_id,
            "asked": source.words([key])[key],
            "severity": severity or about.severity or Severity.MINOR,
            "raised_on": to_wall(at, by.person.zone).date(),
            "raised_by": by.person,
        },
    )
    if is_new:
        record("change asked for", change, by, at)
    return change


@transaction.atomic
def raise_typed(*, asked: Asked, by: User, at: datetime) -> ChangeRequest:
    """Writes down a request in somebody's own words. Raises Refused."""
    country_id = asked.country.pk if asked.country else None
    permissions.may_raise(by, asked.version.material, country_id)
    change = ChangeRequest.objects.create(
        material=asked.version.material,
        version=asked.version,
        country=asked.country,
        asked=asked.asked,
        public_asked=asked.public_asked,
        severity=asked.severity,
        owner=asked.owner,
        due_on=asked.due_on,
        raised_on=to_wall(at, by.person.zone).date(),
        raised_by=by.person,
    )
    record("change asked for", change, by, at)
    return change


@transaction.atomic
def arrange(
    *,
    change_id: int,
    severity: str,
    owner: Person | None,
    due_on: date | None,
    revision: int,
    by: User,
    at: datetime,
) -> ChangeRequest:
    """Says how grave a change is, who decides on it and by when.

    Raises Refused, ChangedMeanwhile.
    """
    change = locked(change_id)
    permissions.may_arrange(by, change)
    said: dict[str, Any] = {"severity": severity, "owner": owner, "due_on": due_on}
    if all(getattr(change, name) == value for name, value in said.items()):
        return change
    check_revision(change, revision)
    for name, value in said.items():
        setattr(change, name, value)
    return save(change, "change arranged", by, at)


@transaction.atomic
def say_publicly(
    *, change_id: int, public_asked: str, revision: int, by: User, at: datetime
) -> ChangeRequest:
    """Puts other words into the public table. Raises Refused, ChangedMeanwhile."""
    change = locked(change_id)
    permissions.may_decide(by, change)
    if change.public_asked == public_asked:
        return change
    check_revision(change, revision)
    change.public_asked = public_asked
    return save(change, "change worded", by, at)


@transaction.atomic
def merge(*, change_id: int, into_id: int, by: User, at: datetime) -> ChangeRequest:
    """Makes one request part of another that asks the same; the graver severity holds.

    Gives the one that stays. Doing it twice changes nothing. Raises Refused, NotMergeable.
    """
    both = {row.pk: row for row in _locked_in_order({change_id, into_id})}
    change, into = both.get(change_id), both.get(into_id)
    if change is None or into is None or change == into:
        raise NotMergeable(_("Choose another request of the same material."))
    permissions.may_arrange(by, change)
    permissions.may_arrange(by, into)
    if change.merged_into_id == into.pk:
        return into
    if change.material_id != into.material_id or into.merged_into_id or change.merged_into_id:
        raise NotMergeable(_("Choose another request of the same material."))
    if {change.decision, into.decision} != {Decision.OPEN}:
        raise NotMergeable(_("What is decided stays as it is: reopen the decision first."))
    for row in change.merged.all():
        row.merged_into = into
        save(row, "change merged", by, at)
    change.merged_into = into
    save(change, "change merged", by, at)
    graver = min(change.severity, into.severity, key=list(Severity).index)  # type: ignore[arg-type]
    if graver != into.severity:
        into.severity = graver
        save(into, "change arranged", by, at)
    return into


@transaction.atomic
def take_apart(*, change_id: int, by: User, at: datetime) -> ChangeRequest:
    """Makes a merged request one of its own again, not decided on. Raises Refused."""
    change = locked(change_id)
    permissions.may_arrange(by, change)
    if change.merged_into_id is None:
        return change
    change.merged_into = None
    return save(change, "change taken apart", by, at)


def owners(material: Material, country_id: int | None) -> QuerySet[Person]:
    """Who can be asked to decide: the author, coordinators of the two countries, managers."""
    countries = {material.country_id, country_id} - {None}
    current = Membership.objects.current()
    leading = current.filter(
        Q(role=Role.PROJECT_MANAGER) | Q(role=Role.COORDINATOR, cop__country_id__in=countries)
    )
    found = Q(pk=material.owner_id) | Q(pk__in=leading.values("person_id"))
    return Person.objects.filter(found).order_by("name", "pk")


def locked(change_id: int) -> ChangeRequest:
    """The row, nobody else's until the transaction ends, with its material and version."""
    rows = ChangeRequest.objects.select_for_update(of=("self",))
    return rows.select_related("material", "version").get(pk=change_id)


def check_revision(change: ChangeRequest, revision: int) -> None:
    """Raises ChangedMeanwhile unless the row is as it was looked at."""
    said = _("Somebody else has changed this request since you opened it. Nothing is lost: look.")
    revisions.check(change, revision, said)


def save(change: ChangeRequest, deed: str, by: User, at: datetime) -> ChangeRequest:
    """Writes a changed row under its next revision, and the deed beside it."""
    change.revision += 1
    change.save()
    record(deed, change, by, at)
    return change


def record(deed: str, change: ChangeRequest, by: User, at: datetime) -> None:
    """The deed; its revision says which state of the row it led to."""
    audit.record(
        deed=deed,
        about=change,
        by=by,
        at=at,
        country_id=change.material.country_id,
        revision=change.revision,
    )


def _locked_in_order(keys: set[int]) -> list[ChangeRequest]:
    """In one order always, so that two people who merge do not wait for each other for ever."""
    rows = ChangeRequest.objects.select_for_update(of=("self",)).select_related("material")
    return list(rows.filter(pk__in=keys).order_by("pk"))
