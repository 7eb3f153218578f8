"""Deletes what is due: every tick, in batches, each row for itself."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from cop_platform.common.sounds import Sound
from experts.domain import audit
from feedback.focus_groups.domain.keeping import erasure_log, retention
from feedback.focus_groups.domain.keeping.retention_due import TARGETS, Target
from feedback.focus_groups.enums import Kept
from feedback.focus_groups.models import Erasure, RetentionRule

logger = logging.getLogger(__name__)
_BATCH = 200
_DAY = 24 * 60 * 60
# A file is written before its row: one that no row names is left in peace for so long.
_YOUNG = timedelta(days=1)


def run(*, at: datetime) -> dict[str, int]:
    """Deletes what is due on the day of `at`, and says how many rows of each kind.

    A row that fails is told to the log and tried again with the next tick; the others go on.
    """
    day, days = timezone.localdate(at), retention.days_kept()
    gone: Counter[str] = Counter()
    for target in TARGETS:
        removed = _remove_all(target, day, days)
        if removed:
            gone[str(target.kind)] += removed
    for kind, removed in gone.items():
        rule, _laid = RetentionRule.objects.get_or_create(
            kind=kind, defaults={"days": retention.DEFAULTS[Kept(kind)]}
        )
        audit.record(deed="time was over", about=rule, by=None, at=at, kind=kind, rows=removed)
    erasure_log.catch_up(Erasure.objects.values_list("receipt", flat=True))
    return dict(gone)


def sweep_daily(*, at: datetime) -> int:
    """Sweeps the first time it is asked on a day; gives how many files went."""
    if not cache.add(f"orphaned-sounds-{timezone.localdate(at)}", 1, _DAY):
        return 0
    return sweep_orphans(at=at)


def sweep_orphans(*, at: datetime) -> int:
    """Deletes sound files that no row names, left behind where a deletion was cut off."""
    try:
        _folders, files = default_storage.listdir("sounds")
    except FileNotFoundError:
        return 0
    named = {
        name
        for model in Sound.__subclasses__()
        for name in model._default_manager.exclude(file="").values_list("file", flat=True)
    }
    orphans = [f"sounds/{file}" for file in files if f"sounds/{file}" not in named]
    old = [name for name in orphans if default_storage.get_modified_time(name) < at - _YOUNG]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _remove_all(target: Target, day: date, days: Mapping[Kept, int]) -> int:
    removed, left = 0, set[int]()
    while True:
        rows = target.due(day, days).exclude(pk__in=left).order_by("pk")
        batch = list(rows.values_list("pk", flat=True)[:_BATCH])
        for pk in batch:
            left.add(pk)
            try:
                removed += _remove(target, pk, day, days)
            except Exception:  # a file that cannot be deleted, whatever the reason is
                logger.exception("%s %s could not be deleted", target.model.__name__, pk)
        if len(batch) < _BATCH:
            return removed


@transaction.atomic
def _remove(target: Target, pk: int, day: date, days: Mapping[Kept, int]) -> int:
    """Takes away what one row holds; 0 where somebody else did, or is about to."""
    # `of` leaves the group and its session unlocked: they are read alone.
    locked = target.model._default_manager.select_for_update(skip_locked=True, of=("self",))
    still_due = target.due(day, days).filter(pk=pk).exists()
    row = locked.filter(target.holds, pk=pk).first() if still_due else None
    if row is None:
        return 0
    target.remove(row, day)
    return 1
