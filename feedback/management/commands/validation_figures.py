"""Prints every figure of a table of ratings, so that anybody can check them against other tools."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from feedback.validation.domain.outcome import figures_document, rating_files
from feedback.validation.domain.outcome.rating_files import MAX_BYTES, Unreadable
from feedback.validation.figures import Level, whole

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Print the figures of a table of ratings as one JSON document: rows are items, columns are "
        "experts, an empty cell, NA, N/A or * is missing; a first row or column of names is no "
        "rating. Exit code 0, or 2 with the reason in words when the table cannot be read."
    )
    # No row is read: it works where there is no database.
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # What is wrong with the options is told like what is wrong with the table.
        setattr(parser, "error", self._stop)  # noqa: B010
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        levels = ", ".join(Level)
        parser.add_argument("file", help="CSV file; - reads from standard input")
        parser.add_argument("--scale", default="1-4", help="Lowest and highest rating, like 1-4")
        parser.add_argument(
            "--level", default=Level.ORDINAL.value, help=f"Level for the weights of AC2: {levels}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        level = self._level(options["level"])
        try:
            scale = rating_files.parse_scale(options["scale"])
            file = rating_files.parse(rating_files.decode(self._read(options["file"])), scale)
        except Unreadable as error:
            self._stop(str(error))
        document = figures_document.build(file, whole.of(file.table, scale, level))
        self.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False))

    def _level(self, name: str) -> Level:
        try:
            return Level(name)
        except ValueError:
            self._stop(_("The level is one of: %(levels)s.") % {"levels": ", ".join(Level)})

    def _read(self, name: str) -> bytes:
        """A byte more than is taken at most, so that too much is seen."""
        try:
            if name == "-":
                return sys.stdin.buffer.read(MAX_BYTES + 1)
            with Path(name).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError:
            self._stop(_("The file “%(name)s” cannot be read.") % {"name": name})

    def _stop(self, sentence: str) -> NoReturn:
        self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        raise SystemExit(BAD_INPUT)
