"""What a backup says of itself, and whether its parts are still what it says."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Self

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"
FILES = "files"
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One file of a backup; `path` is relative to the backup's folder."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """The parts of a backup, when it was made and of which schema the database was.

    `schema` names the last migration of each app, `postgresql` the server's major version.
    """

    created_at: str
    postgresql: int
    schema: dict[str, str]
    parts: tuple[Part, ...]
    format: int = FORMAT

    @property
    def files(self) -> tuple[Part, ...]:
        """The private files among the parts."""
        return tuple(part for part in self.parts if part.path != DUMP)

    @property
    def size(self) -> int:
        """All parts together, in bytes."""
        return sum(part.size for part in self.parts)

    def write(self, folder: Path) -> None:
        """Writes the manifest into the backup's folder."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        with open_private(folder / NAME) as file:
            file.write(text.encode() + b"\n")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Reads the manifest of a backup. Raises NotPossible where there is none to be read."""
        try:
            known = json.loads((folder / NAME).read_text())
        except OSError as error:
            raise NotPossible(_("There is no backup in %(path)s.") % {"path": folder}) from error
        except ValueError as error:
            raise _unreadable(folder) from error
        try:
            if known["format"] != FORMAT:
                raise NotPossible(
                    _("This backup has another format; restore it with the platform that made it.")
                )
            return cls._of(known)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(folder) from error

    @classmethod
    def _of(cls, known: dict[str, Any]) -> Self:
        parts = tuple(Part(_inside(p["path"]), p["sha256"], int(p["size"])) for p in known["parts"])
        schema = {str(app): str(name) for app, name in known["schema"].items()}
        if DUMP not in {part.path for part in parts}:
            raise ValueError
        return cls(known["created_at"], int(known["postgresql"]), schema, parts)


def changed_parts(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Gives the path of each part that is missing or no longer what the manifest says."""
    for part in manifest.parts:
        try:
            found = measure(folder / part.path, part.path)
        except OSError:
            found = None
        if found != part:
            yield part.path


def measure(source: Path, path: str, copied: BinaryIO | None = None) -> Part:
    """Gives the part that the file `source` is under the name `path`; writes it to `copied` too.

    Raises OSError.
    """
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if copied is not None:
                copied.write(chunk)
    return Part(path, digest.hexdigest(), size)


def copy(source: Path, target: Path, path: str) -> Part:
    """Copies a file, private to this account; gives the part it is. Raises OSError.

    `target` is whole or not there at all, whatever happens meanwhile.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with open_private(unfinished) as copied:
            part = measure(source, path, copied)
            copied.flush()
            os.fsync(copied.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return part


def open_private(path: Path) -> BinaryIO:
    """Opens a file for writing that this account alone may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _inside(path: str) -> str:
    """Gives a relative path that stays inside the backup; raises ValueError for another one."""
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\0" in path:
        raise ValueError(path)
    if path != DUMP and parts[0] != FILES:
        raise ValueError(path)
    return path


def _unreadable(folder: Path) -> NotPossible:
    return NotPossible(
        _("The manifest of the backup in %(path)s cannot be read.") % {"path": folder}
    )
