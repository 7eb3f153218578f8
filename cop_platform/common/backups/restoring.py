"""Reading a backup back: everything is checked before anything is changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from cop_platform.common.backups import manifest as manifests
from cop_platform.common.backups import programs, writing
from cop_platform.common.backups.manifest import DUMP, FILES, NAME, Manifest, Part
from cop_platform.common.refusals import NotPossible

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """A backup whose every part was found unchanged, and that fits this platform."""

    folder: Path
    manifest: Manifest
    tools: programs.Programs
    files: Path


def check(path: Path) -> Checked:
    """Checks the backup at `path`, or the newest of the backups in the folder `path`.

    Raises NotPossible with the reason: no backup there, a changed part, a newer schema, a newer
    PostgreSQL. Nothing is changed.
    """
    folder = _newest(path)
    manifest = Manifest.read(folder)
    _refuse_newer(manifest)
    logger.info("Checking %d parts", len(manifest.parts))
    changed = list(manifests.changed_parts(manifest, folder))
    if changed:
        raise NotPossible(
            _("The backup is damaged: %(path)s is missing or was changed (%(n)d of its parts).")
            % {"path": changed[0], "n": len(changed)}
        )
    tools = programs.find()
    if not programs.is_readable(tools, folder / DUMP):
        raise NotPossible(
            _("PostgreSQL %(major)d cannot read the dump of this backup.") % {"major": tools.major}
        )
    return Checked(folder, manifest, tools, writing.private_files())


def missing_files(backup: Checked) -> list[Part]:
    """Gives the private files of the backup that are not here, or are here with other bytes."""
    return [part for part in backup.manifest.files if not _is_here(part, backup)]


def missing_migrations(manifest: Manifest) -> list[str]:
    """Gives the migrations that the backup's database has not seen yet."""
    graph = MigrationLoader(None).graph
    seen = {node for last in manifest.schema.items() for node in graph.forwards_plan(last)}
    wanted = {node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)}
    return sorted(f"{app}.{name}" for app, name in wanted - seen)


def restore_files(backup: Checked) -> int:
    """Copies the missing private files, keeps all others; gives how many. Raises OSError."""
    missing = missing_files(backup)
    for part in missing:
        manifests.copy(backup.folder / part.path, _place(part, backup), part.path)
    return len(missing)


def restore_database(backup: Checked, *, afterwards: str) -> None:
    """Puts the dump in the place of all rows, with the SQL `afterwards` in the same transaction.

    Raises programs.ProgramFailed, and then no row has changed.
    """
    programs.replace(backup.tools, backup.folder / DUMP, afterwards=afterwards)


def _newest(path: Path) -> Path:
    if (path / NAME).exists():
        return path
    # Their names begin with the moment they were made.
    backups = sorted(found.parent for found in path.glob(f"cop-*Z/{NAME}"))
    return backups[-1] if backups else path


def _refuse_newer(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.schema.items() if (app, name) not in known]
    if unknown:
        raise NotPossible(
            _(
                "The backup comes from a newer version of the platform (migration %(name)s is not "
                "known here): update the platform first."
            )
            % {"name": unknown[0]}
        )
    if manifest.postgresql > programs.server_major():
        raise NotPossible(
            _("The backup comes from PostgreSQL %(major)d, which is newer than this database.")
            % {"major": manifest.postgresql}
        )


def _place(part: Part, backup: Checked) -> Path:
    return backup.files / Path(part.path).relative_to(FILES)


def _is_here(part: Part, backup: Checked) -> bool:
    place = _place(part, backup)
    if not place.is_file() or place.stat().st_size != part.size:
        return False
    return manifests.measure(place, part.path) == part
