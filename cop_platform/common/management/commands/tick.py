"""Runs every periodic job as of an instant: what beat does by the clock, on demand."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cop_platform.common import periodic


class Command(BaseCommand):
    help = "Run every periodic job once, as of now or (demo and tests only) of another instant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="UTC instant such as 2026-12-01T09:00Z")

    def handle(self, *args: Any, **options: Any) -> None:
        at = self._instant(options["at"])
        done = {name: _plain(value) for name, value in periodic.run_all(at).items()}
        self.stdout.write(json.dumps({"at": at.isoformat(), "jobs": done}))

    def _instant(self, text: str | None) -> datetime:
        if text is None:
            return timezone.now()
        if not settings.DEMO_COMMANDS:
            self._refuse("The clock can be set in the demo and in tests only.")
        try:
            at = parse_datetime(text)
        except ValueError:
            at = None
        if at is None:
            self._refuse("Write the instant like 2026-12-01T09:00Z.")
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def _refuse(self, sentence: str) -> NoReturn:
        self.stdout.write(json.dumps({"error": sentence}))
        raise SystemExit(2)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value
