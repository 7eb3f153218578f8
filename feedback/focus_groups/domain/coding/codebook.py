"""The codebook of a country: codes are added, sharpened and, when two coders agree, merged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Country, User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import Code


class NameTaken(NotPossible):
    """The codebook holds a code of that name."""


@transaction.atomic
def add(*, country: Country, name: str, meaning: str, not_for: str, by: User, at: datetime) -> Code:
    """A new code. Raises Refused, NameTaken."""
    permissions.may_hear(by, country.pk)
    # One at a time in a country, so that the same name cannot come in twice.
    Country.objects.select_for_update().get(pk=country.pk)
    _check_name(country.pk, name)
    code = Code.objects.create(
        country=country,
        name=name,
        meaning=meaning,
        not_for=not_for,
        added_on=to_wall(at, by.person.zone).date(),
    )
    audit.record(deed="code added", about=code, by=by, at=at, country_id=country.pk)
    return code


@transaction.atomic
def change(
    *,
    code_id: int,
    name: str,
    meaning: str,
    not_for: str,
    revision: int,
    by: User,
    at: datetime,
) -> Code:
    """Other words for a code; the same words change nothing.

    Raises Refused, ChangedMeanwhile, NameTaken, NotPossible for one that was merged.
    """
    country_id = Code.objects.values_list("country", flat=True).get(pk=code_id)
    Country.objects.select_for_update().get(pk=country_id)
    code = (
        Code.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=code_id)
    )
    permissions.may_hear(by, country_id)
    if code.merged_into is not None:
        raise NotPossible(_("This code is part of “%(name)s” now.") % {"name": code.merged_into})
    said = {"name": name, "meaning": meaning, "not_for": not_for}
    if all(getattr(code, field) == value for field, value in said.items()):
        return code
    changed = _("Somebody else has changed this code since you opened it.")
    revisions.check(code, revision, changed)
    _check_name(country_id, name, but=code.pk)
    for field, value in said.items():
        setattr(code, field, value)
    code.revision += 1
    code.save()
    audit.record(
        deed="code changed", about=code, by=by, at=at, country_id=country_id, revision=code.revision
    )
    return code


def _check_name(country_id: int, name: str, but: int = 0) -> None:
    taken = Code.objects.in_use().filter(country_id=country_id, name__iexact=name).exclude(pk=but)
    if taken.exists():
        raise NameTaken(_("The codebook holds a code of this name already."))
