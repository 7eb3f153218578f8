"""Shows the dates of a rule as JSON: wall time, UTC, and the clocks of other zones."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from sessions.domain import recurrence
from sessions.domain.recurrence import BadRule


class Command(BaseCommand):
    help = "Print the dates of a series without planning anything."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # A wrong option is bad input like any other: JSON on stdout, exit 2.
        parser.error = self._refuse  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--start", required=True, help="wall time such as 2026-10-12T10:00")
        parser.add_argument("--zone", required=True, help="IANA zone such as Europe/Athens")
        parser.add_argument("--rule", required=True, help="RRULE such as FREQ=WEEKLY;COUNT=4")
        parser.add_argument("--show-in", action="append", default=[], help="zones, by comma")
        parser.add_argument("--fold", choices=["first", "second"], default="first")
        parser.add_argument(
            "--exdate", action="append", default=[], help="wall time, day or UTC, by comma"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            zones = [recurrence.known_zone(zone) for zone in _listed(options["show_in"])]
            found = recurrence.expand(
                rule=options["rule"],
                start=recurrence.parse_start(options["start"]),
                zone=options["zone"],
                fold=int(options["fold"] == "second"),
                exdates=_listed(options["exdate"]),
            )
        except BadRule as error:
            self._refuse(str(error))
        rows = [recurrence.as_json(occurrence, zones) for occurrence in found]
        self.stdout.write(json.dumps({"occurrences": rows}))

    def _refuse(self, message: str) -> NoReturn:
        self.stdout.write(json.dumps({"error": message}))
        raise SystemExit(2)


def _listed(values: list[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
