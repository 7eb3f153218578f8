"""Experts stand behind a version by name, under its hash; they may take it back.

It begins with the release. Before, a version is read by its owner's side and by people asked to
review it, and a name under it would tell who was asked; afterwards every member can read it. For
the same reason nobody is invited to endorse, and nothing here looks at reviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused, check
from experts.domain import audit
from experts.enums import Role
from experts.models import Person, User
from feedback.validation.models import Endorsement, Verdict
from materials.models import Version


class NotEndorsable(NotPossible):
    """The state of the version, or of one's own endorsement, forbids it now."""


@check
def may_endorse(user: User, version: Version) -> None:
    """Experts of a country; never who made the material or this edition of it."""
    if Role.EXPERT not in user.access.roles:
        raise Refused(_("Only experts of a country can endorse a material."))
    if has_made(user.person, version):
        raise Refused(_("Who owns, uploaded or translated a material cannot endorse it."))


def has_made(person: Person, version: Version) -> bool:
    """Owner of the material, uploader of any version of it, or translator of this one. A query."""
    name = " ".join(person.name.casefold().split())
    return (
        version.material.owner_id == person.pk
        or " ".join(version.translator.casefold().split()) == name
        or Version.objects.filter(material_id=version.material_id, uploaded_by=person).exists()
    )


@dataclass(frozen=True)
class Endorsements:
    """Who stands behind a version: `named` are those who show their name, the others a number.

    `own` is the reader's, which they see whether or not others see their name.
    """

    named: tuple[Endorsement, ...]
    unnamed: int
    taken_back: int
    own: Endorsement | None = None

    @property
    def total(self) -> int:
        return len(self.named) + self.unnamed


def of_version(version_id: int, reader: Person | None = None) -> Endorsements:
    """The endorsements of a version as everybody sees them, or this reader. One query."""
    rows = list(
        Endorsement.objects.filter(version=version_id)
        .select_related("person__country")
        .order_by("person__name", "pk")
    )
    standing = [row for row in rows if row.revoked_at is None]
    named = tuple(row for row in standing if row.shows_name)
    own_row = next((row for row in standing if reader and row.person_id == reader.pk), None)
    return Endorsements(named, len(standing) - len(named), len(rows) - len(standing), own_row)


def own(version_id: int, person: Person) -> Endorsement | None:
    """The endorsement of this person that stands, for themselves alone."""
    return Endorsement.objects.filter(
        version=version_id, person=person, revoked_at__isnull=True
    ).first()


def why_not(version: Version, today: date) -> str:
    """Why the version cannot be endorsed on a day, as a sentence; "" where it can."""
    if version.released_at is None:
        return _("A version can be endorsed once it is released: then everybody can read it.")
    if not Verdict.objects.good(today).filter(version=version).exists():
        return _("A version can be endorsed while a verdict says that it may be relied on.")
    return ""


@transaction.atomic
def endorse(
    *, version: Version, words: str, shows_name: bool, by: User, at: datetime, today: date
) -> Endorsement:
    """Signs a version under its hash. Raises Refused and NotEndorsable.

    `version` comes with its material; `today` is the signer's day.
    """
    may_endorse(by, version)
    if reason := why_not(version, today):
        raise NotEndorsable(reason)
    try:
        # A block of its own: two clicks at once meet the constraint, and the first one counts.
        with transaction.atomic():
            made = Endorsement.objects.create(
                version=version,
                sha256=version.sha256,
                person=by.person,
                words=words,
                shows_name=shows_name,
                signed_at=at,
            )
    except IntegrityError as error:
        raise NotEndorsable(_("You endorse this version already.")) from error
    audit.record(by=by, deed="version endorsed", about=version, at=at)
    return made


@transaction.atomic
def take_back(*, version: Version, reason: str, by: User, at: datetime) -> None:
    """Takes one's own endorsement back; it stays counted as taken back. Raises NotEndorsable."""
    rows = Endorsement.objects.filter(version=version, person=by.person, revoked_at__isnull=True)
    if not rows.update(revoked_at=at, revoked_because=reason):
        raise NotEndorsable(_("You do not endorse this version."))
    audit.record(by=by, deed="endorsement taken back", about=version, at=at)
