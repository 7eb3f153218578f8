"""Saves the database and the private files into a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common.backups import writing
from cop_platform.common.backups.programs import ProgramFailed
from cop_platform.common.commands import FAILED, JsonCommand
from cop_platform.common.refusals import NotPossible


class Command(JsonCommand):
    help = "Save the database and the private files into a new folder; prints one JSON document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", default="", help="Folder the backup is made in; else backups/ of STATE_DIR"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        into = Path(options["to"]).expanduser() if options["to"] else settings.STATE_DIR / "backups"
        try:
            backup = writing.write(into=into, at=timezone.now())
        except NotPossible as error:
            self.stop(str(error))
        except (ProgramFailed, OSError, DatabaseError) as error:
            self.stop(_("The backup was not made: %(why)s") % {"why": error}, FAILED)
        manifest = backup.manifest
        self.answer(
            {
                "backup": str(backup.folder.resolve()),
                "created_at": manifest.created_at,
                "files": len(manifest.files),
                "bytes": manifest.size,
                "damaged": list(backup.damaged),
            }
        )
        if backup.damaged:
            raise SystemExit(FAILED)
