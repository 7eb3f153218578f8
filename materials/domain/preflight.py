"""Pre-flight of a version: read in a process of its own and kept as signals."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction

from cop_platform.common import jobs
from experts.domain import audit
from experts.models import User
from materials.domain import children, preflight_signals
from materials.domain.preflight_reading import KINDS
from materials.domain.preflight_signals import Edition
from materials.enums import MaterialAudience
from materials.models import Preflight, Version

TASK = "materials.read_preflight"
MODULE = "materials.domain.preflight_reading"
CONTRAST = "materials.domain.preflight_contrast"
# Raised with every change of what is read or how it is judged; older rows are read again.
RULES = 2
SECONDS = 60
CONTRAST_SECONDS = 30
# How many versions one tick reads; the rest wait for the next one.
PER_TICK = 5


def read(*, version_id: int, at: datetime) -> None:
    """Reads the signals of a version and keeps them; a version that is gone is no fault.

    The bytes never change, so reading twice gives the same. Never raises for a broken file.
    """
    version = Version.objects.select_related("material").filter(pk=version_id).first()
    if version is None:
        return
    signals = preflight_signals.of(_edition(version))
    Preflight.objects.update_or_create(
        version=version, defaults={"rules": RULES, "signals": signals, "read_at": at}
    )


def read_missing(*, at: datetime) -> int:
    """Reads some versions that were never read with these rules, the newest first; how many."""
    waiting = Version.objects.exclude(preflight__rules=RULES).order_by("-pk")
    for key in list(waiting.values_list("pk", flat=True)[:PER_TICK]):
        read(version_id=key, at=at)
    return len(list(waiting.values_list("pk", flat=True)[:PER_TICK]))


@transaction.atomic
def ask_again(*, version: Version, by: User, at: datetime) -> None:
    """Forgets what was read, so that it is read anew; a second press changes nothing.

    Whoever may open the file may ask: what is read is drawn from the file alone.
    """
    deleted, _rows = Preflight.objects.filter(version=version).delete()
    if deleted:
        audit.record(
            deed="pre-flight asked for again",
            about=version,
            by=by,
            at=at,
            country_id=version.material.country_id,
            number=version.number,
        )
        jobs.enqueue(TASK, version_id=version.pk)


def _edition(version: Version) -> Edition:
    audience = version.material.audience
    kind = version.format.extension if version.format and not version.link else ""
    facts: dict[str, Any] = {"unread": "kind"}
    if kind in KINDS:
        facts = _facts(kind, version.file.path)
    pages = tuple(version.page_set.order_by("number").values_list("text", flat=True))
    return Edition(
        language=version.language,
        is_easy=audience == MaterialAudience.MIGRANTS,
        is_pdf=version.is_pdf,
        is_read="unread" not in facts,
        pages=version.pages or facts.get("pages"),
        texts=pages or tuple(facts.get("texts", ())),
        facts=facts,
    )


def _facts(kind: str, path: str) -> dict[str, Any]:
    """What the reading process says; {"unread": code} when it cannot, or dies of the file."""
    try:
        found = children.answer(MODULE, kind, path, seconds=SECONDS)
    except children.Broken:
        return {"unread": "too_heavy"}
    if kind == "pdf" and "unread" not in found:
        # A page that cannot be drawn must not cost the other signals.
        with suppress(children.Broken):
            found["contrast"] = children.answer(CONTRAST, path, seconds=CONTRAST_SECONDS)
    return found
