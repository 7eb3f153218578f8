"""A backup comes back into a world that went on: no mail leaves before a person says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cop_platform.common.backups import restoring
from experts.domain import sending

# What other rooms do around a restore: put aside what the backup cannot know, and bring it back in.
_before: list[Callable[[], object]] = []
_after: list[Callable[[datetime], object]] = []


def register(*, before: Callable[[], object], after: Callable[[datetime], object]) -> None:
    """Adds two steps: while the rows are still the old ones, and once all migrations ran.

    Called in AppConfig.ready. `before` must cope with a database without any tables.
    """
    _before.append(before)
    _after.append(after)


class Unfinished(Exception):
    """The rows are back and something after that failed; the message says what to do."""


@dataclass(frozen=True)
class Plan:
    """What a restore would do, after all checks passed."""

    backup: restoring.Checked
    files_to_copy: int
    migrations_to_run: tuple[str, ...]


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    files_copied: int
    migrations_run: tuple[str, ...]


def plan(path: Path) -> Plan:
    """Checks a backup and says what restoring it would do. Raises NotPossible; changes nothing."""
    backup = restoring.check(path)
    return Plan(
        backup,
        len(restoring.missing_files(backup)),
        tuple(restoring.missing_migrations(backup.manifest)),
    )


def restore(wanted: Plan, *, at: datetime) -> Restored:
    """Puts the backup in the place of what is there, then pauses sending.

    Files come first: one that no row names harms nobody. Raises NotPossible, ProgramFailed or
    OSError while the rows are still the old ones, and Unfinished once they are not.
    """
    with sending.standstill():
        for step in _before:
            step()
        copied = restoring.restore_files(wanted.backup)
        restoring.restore_database(wanted.backup, afterwards=sending.PAUSE_IN_SQL)
        _bring_up_to_date(at)
    return Restored(copied, wanted.migrations_to_run)


def _bring_up_to_date(at: datetime) -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
        sending.pause_after_restore(at=at)
        for step in _after:
            step(at)
    except (DatabaseError, CommandError) as error:
        raise Unfinished(
            _("The data are back, but the migrations did not run (%(why)s): restore once more.")
            % {"why": error}
        ) from error
