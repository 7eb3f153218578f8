"""Errata: trivial fixes of a version; its readers are told, a coordinator says how much it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit, outbox
from experts.models import User
from materials import permissions, readers
from materials.models import Erratum, Version

KIND = "erratum_notice"


class NothingToMend(NotPossible):
    """No version in this language stands before the erratum."""


class DecidedAlready(NotPossible):
    """Somebody has decided on this erratum."""


def note(*, version: Version, by: User, at: datetime) -> Erratum:
    """Marks a version just added as an erratum of the one before it in its language.

    Everybody with open work on the corrected version is told, in the caller's transaction.
    Raises NothingToMend.
    """
    before = Version.objects.filter(
        material_id=version.material_id, language=version.language, number__lt=version.number
    )
    corrects = before.newest_first().first()
    if corrects is None:
        raise NothingToMend(
            _("There is no version in this language yet, so there is nothing to mend.")
        )
    erratum = Erratum.objects.create(version=version, corrects=corrects)
    audit.record(
        deed="erratum noted",
        about=version,
        by=by,
        at=at,
        country_id=version.material.country_id,
        number=version.number,
        corrects=corrects.number,
    )
    outbox.plan_many(
        kind=KIND,
        rows=[
            (erratum.pk, person, f"{KIND}:{erratum.pk}:{person.pk}")
            for person in readers.people_asked(corrects.pk)
        ],
        due_at=at,
        at=at,
    )
    return erratum


@transaction.atomic
def decide(*, erratum_id: int, is_material: bool, reason: str, by: User, at: datetime) -> Erratum:
    """Says once whether an erratum changes what was judged. Raises Refused, DecidedAlready.

    One that changes nothing leaves translations of the corrected version fresh.
    """
    erratum = Erratum.objects.select_related("version__material").get(pk=erratum_id)
    material = erratum.version.material
    permissions.may_judge_erratum(by, material)
    open_one = Erratum.objects.filter(pk=erratum_id, decided_at__isnull=True)
    if not open_one.update(
        is_material=is_material, reason=reason, decided_by=by.person, decided_at=at
    ):
        raise DecidedAlready(_("Somebody has decided on this erratum meanwhile."))
    audit.record(
        deed="erratum decided",
        about=erratum.version,
        by=by,
        at=at,
        country_id=material.country_id,
        is_material=is_material,
    )
    erratum.refresh_from_db()
    return erratum
