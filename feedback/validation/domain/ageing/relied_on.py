"""Whose age matters: the newest released versions with a verdict that people rely on."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from feedback.validation.enums import GOOD
from feedback.validation.models import Verdict
from materials.models import Version
from materials.querysets import VersionQuerySet


def versions() -> VersionQuerySet:
    """Not replaced in their language, and with a good verdict in force, ended or not."""
    good = Verdict.objects.in_force().filter(version=OuterRef("pk"), standing__in=sorted(GOOD))
    judged = Version.objects.filter(Exists(good)).with_standing()
    return judged.filter(superseded_by__isnull=True)  # type: ignore[misc]
