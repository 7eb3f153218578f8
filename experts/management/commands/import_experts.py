"""Imports experts from a CSV or Excel list; without --confirm it looks and writes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import expert_lists, importing, sheets

FINDINGS, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = "Import experts from FILE (CSV or XLSX): prints one JSON document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="CSV or XLSX with: " + ",".join(expert_lists.COLUMNS))
        parser.add_argument("--confirm", action="store_true", help="Write what was checked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = sheets.read(self._bytes(options["file"]))
            if options["confirm"]:
                outcome = importing.run(table=table, by=None, at=timezone.now())
            else:
                outcome = importing.preview(importing.check(table, None))
        except NotPossible as error:
            self._stop(str(error))
        self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        if outcome.errors:
            raise SystemExit(FINDINGS)

    def _bytes(self, name: str) -> bytes:
        try:
            with Path(name).open("rb") as file:
                return file.read(sheets.MAX_BYTES + 1)
        except (OSError, ValueError):
            self._stop(_("The file cannot be opened."))

    def _stop(self, sentence: str) -> NoReturn:
        self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        raise SystemExit(BAD_INPUT)
