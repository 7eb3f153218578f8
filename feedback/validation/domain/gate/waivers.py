"""Waivers: why a version may be released without a verdict, signed by the project manager."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Country, User
from feedback.validation import permissions
from feedback.validation.models import ReleaseWaiver
from materials.models import Version


class AlreadyReleased(NotPossible):
    """The version is released: there is nothing left to waive or to take back."""


class WaivedAlready(NotPossible):
    """A waiver for this country, or for all, stands already."""


@transaction.atomic
def sign(
    *, version_id: int, country: Country | None, reason: str, by: User, at: datetime
) -> ReleaseWaiver:
    """Signs a waiver for one country or, without one, for all that are missing.

    Raises Refused, AlreadyReleased, WaivedAlready.
    """
    permissions.may_waive_release(by)
    version = _locked(version_id)
    if version.released_at is not None:
        raise AlreadyReleased(_("This version is released already."))
    values = {"reason": reason, "signed_by": by.person, "signed_at": at}
    waiver, is_new = ReleaseWaiver.objects.get_or_create(
        version=version, country=country, taken_back_at=None, defaults=values
    )
    if not is_new:
        raise WaivedAlready(_("A waiver for this stands already; take it back to sign another."))
    _record("release waived", waiver, version, by, at)
    return waiver


@transaction.atomic
def take_back(*, waiver_id: int, by: User, at: datetime) -> ReleaseWaiver:
    """Takes a waiver back while its version is not released; twice changes nothing.

    Raises Refused, AlreadyReleased.
    """
    permissions.may_waive_release(by)
    waiver = ReleaseWaiver.objects.get(pk=waiver_id)
    version = _locked(waiver.version_id)
    if version.released_at is not None:
        raise AlreadyReleased(
            _("The version was released with this waiver, so the waiver stays with it.")
        )
    open_one = ReleaseWaiver.objects.filter(pk=waiver_id, taken_back_at__isnull=True)
    if open_one.update(taken_back_at=at):
        _record("waiver taken back", waiver, version, by, at)
    waiver.refresh_from_db()
    return waiver


def in_force(versions: Collection[int]) -> dict[int, list[str]]:
    """The reasons of the waivers that were not taken back, by version."""
    found: dict[int, list[str]] = {}
    rows = ReleaseWaiver.objects.filter(version__in=versions, taken_back_at__isnull=True)
    for pk, reason in rows.order_by("pk").values_list("version_id", "reason"):
        found.setdefault(pk, []).append(reason)
    return found


def _locked(version_id: int) -> Version:
    versions = Version.objects.select_for_update(of=("self",)).select_related("material")
    return versions.get(pk=version_id)


def _record(deed: str, waiver: ReleaseWaiver, version: Version, by: User, at: datetime) -> None:
    audit.record(
        deed=deed,
        about=waiver,
        by=by,
        at=at,
        country_id=waiver.country_id or version.material.country_id,
        number=version.number,
    )
