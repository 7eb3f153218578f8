"""Puts a backup in the place of what is there, and pauses sending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common.backups.programs import ProgramFailed
from cop_platform.common.commands import FAILED, JsonCommand
from cop_platform.common.refusals import NotPossible
from experts.domain import restoring


class Command(JsonCommand):
    help = "Restore a backup: says what it would do, and does it with --confirm. Prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", default="", help="A backup, or a folder of backups")
        parser.add_argument("--confirm", action="store_true", help="Do it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"]:
            self.stop(_("Name the backup: make restore FROM=folder."))
        try:
            plan = restoring.plan(Path(options["path"]).expanduser())
            if options["confirm"]:
                self.answer(self._done(plan, restoring.restore(plan, at=timezone.now())))
            else:
                self.answer(self._would(plan))
        except NotPossible as error:
            self.stop(str(error))
        except restoring.Unfinished as error:
            self.stop(str(error), FAILED)
        except (ProgramFailed, OSError, DatabaseError) as error:
            self.stop(_("The backup was not restored: %(why)s") % {"why": error}, FAILED)

    def _would(self, plan: restoring.Plan) -> dict[str, Any]:
        return self._about(plan) | {
            "restored": False,
            "replaces_database": True,
            "files_to_copy": plan.files_to_copy,
            "migrations_to_run": list(plan.migrations_to_run),
            "pauses_sending": True,
            "next": _("Nothing was changed. Add --confirm (make: CONFIRM=yes) to do it."),
        }

    def _done(self, plan: restoring.Plan, restored: restoring.Restored) -> dict[str, Any]:
        return self._about(plan) | {
            "restored": True,
            "files_copied": restored.files_copied,
            "migrations_run": list(restored.migrations_run),
            "sending": "paused",
            "next": _("Sending is paused: look at /outbox/ and resume it there."),
        }

    def _about(self, plan: restoring.Plan) -> dict[str, Any]:
        manifest = plan.backup.manifest
        return {
            "backup": str(plan.backup.folder.resolve()),
            "created_at": manifest.created_at,
            "files": len(manifest.files),
            "bytes": manifest.size,
        }
