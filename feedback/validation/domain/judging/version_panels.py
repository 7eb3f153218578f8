"""What validation adds to the pages of a version: its waivers, and how to waive a release."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.validation import permissions
from feedback.validation.domain.gate import waivers
from feedback.validation.models import ReleaseWaiver
from materials.models import Version


def of_version(user: User, version: Version) -> Iterator[Panel]:
    """The reasons of its waivers, and the way to say that a link in it is dead; one question."""
    yield _quality(version, waivers.in_force([version.pk]).get(version.pk, []))


def rows_of_version(_user: User, version: Version) -> Iterator[QuerySet[ReleaseWaiver]]:
    """Its waivers; most versions have none."""
    yield ReleaseWaiver.objects.filter(version=version, taken_back_at__isnull=True)


def nothing_of_version(_user: User, version: Version) -> Iterator[Panel]:
    """The way to say that a link in it is dead."""
    yield _quality(version, [])


def _quality(version: Version, reasons: list[str]) -> Panel:
    return Panel(
        "feedback/_version_quality.html",
        {"version": version, "waivers": reasons, "is_released": version.released_at is not None},
    )


def of_release(user: User, version: Version) -> Iterator[Panel]:
    """The way to a waiver, for who may sign one."""
    if version.released_at is None and permissions.may_waive_release.allows(user):
        yield Panel("feedback/_release_waiver.html", {"version": version})
