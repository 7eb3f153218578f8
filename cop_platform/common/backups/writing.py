"""Making a backup: the database first, then the files."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from cop_platform.common.backups import programs
from cop_platform.common.backups.manifest import (
    DUMP,
    FILES,
    Manifest,
    Part,
    copy,
    measure,
)
from cop_platform.common.refusals import NotPossible

logger = logging.getLogger(__name__)

# Uploads that belong to nobody yet; most are gone a second later.
PASSING = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Backup:
    """A finished backup; `damaged` names files whose bytes are not what their name says."""

    folder: Path
    manifest: Manifest
    damaged: tuple[str, ...]


def private_files() -> Path:
    """Gives the folder of the private files. Raises NotPossible where they lie elsewhere."""
    location = getattr(default_storage, "location", None)
    if location is None:
        raise NotPossible(
            _("The private files are not in a folder of this machine; save them where they are.")
        )
    return Path(location)


def write(*, into: Path, at: datetime) -> Backup:
    """Writes a backup as a new folder inside `into`.

    The files come after the dump: they never change, so the ones that were added meanwhile harm
    nobody, and none that the dump speaks of is missing. Raises NotPossible, ProgramFailed or
    OSError, and then no folder is left.
    """
    files, tools = private_files(), programs.find()
    if into.resolve().is_relative_to(files.resolve()):
        raise NotPossible(_("A backup cannot lie inside the folder of the private files."))
    folder = into / f"cop-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if folder.exists():
        raise NotPossible(_("There is already a backup in %(path)s.") % {"path": folder})
    with _whole_or_nothing(folder) as unfinished:
        logger.info("Dumping the database")
        schema = _dump(tools, unfinished / DUMP)
        logger.info("Copying the private files")
        kept, damaged = _copy_files(files, unfinished, at)
        parts = (measure(unfinished / DUMP, DUMP), *kept)
        manifest = Manifest(at.isoformat(), programs.server_major(), schema, parts)
        manifest.write(unfinished)
    return Backup(folder, manifest, damaged)


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[Path]:
    unfinished = folder.with_name(f"{folder.name}.part")
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _dump(tools: programs.Programs, target: Path) -> dict[str, str]:
    """Dumps the database; gives the last migration of each app as the same snapshot saw it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        schema = _schema()
        programs.dump(tools, target, snapshot=snapshot)
    return schema


def _schema() -> dict[str, str]:
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        raise NotPossible(_("The database is empty; there is nothing to save."))
    return dict(recorder.migration_qs.order_by("pk").values_list("app", "name"))


def _copy_files(files: Path, folder: Path, at: datetime) -> tuple[list[Part], tuple[str, ...]]:
    kept, damaged = [], []
    for source in sorted(files.rglob("*")):
        name = source.relative_to(files)
        if not source.is_file() or name.parts[0] == PASSING:
            continue
        path = f"{FILES}/{name.as_posix()}"
        part = copy(source, folder / path, path)
        if not _HASH.fullmatch(name.name) or part.sha256 == name.name:
            kept.append(part)
            continue
        (folder / path).unlink()
        # A file that is being written at this moment is later than the dump and not in it.
        if source.stat().st_mtime < at.timestamp():
            damaged.append(name.as_posix())
    return kept, tuple(damaged)
