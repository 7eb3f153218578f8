"""Compiles a country's validation report and writes its files to a folder."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import Country
from feedback.reports.domain import period, releases
from feedback.reports.models import Report

FAILED, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = "Compile a country's validation report: prints one JSON document, writes the files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--country", default="", help="Country code: BG, EL (or GR), ...")
        parser.add_argument("--out", default=".", help="Folder the files are written to")
        parser.add_argument("--start", help="First day, YYYY-MM-DD; else the project's start")
        parser.add_argument("--end", help="Last day, YYYY-MM-DD; else yesterday")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        country = self._country(options["country"])
        days = self._period(options, country, at)
        folder = self._folder(options["out"])
        try:
            report = releases.compile_release(country=country, period=days, by=None, at=at)
            files = self._write(report, folder)
        except (NotPossible, OSError) as error:
            self._stop(str(error), FAILED)
        result = {
            "country": country.code,
            "period": {"start": days.start.isoformat(), "end": days.end.isoformat()},
            "release": report.number,
            "dataset_sha256": report.dataset_sha256,
            "files": files,
        }
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _country(self, code: str) -> Country:
        country = Country.objects.with_code(code).select_related("cop").first()
        if country is None:
            self._stop(_("There is no country “%(code)s” in this project.") % {"code": code})
        return country

    def _period(self, options: dict[str, Any], country: Country, at: datetime) -> period.Period:
        start, end = self._day(options["start"]), self._day(options["end"])
        try:
            return period.chosen(start=start, end=end, zone=country.zone, at=at)
        except NotPossible as error:
            self._stop(str(error))

    def _day(self, text: str | None) -> date | None:
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError:
            self._stop(_("Write the day like 2026-12-01."))

    def _folder(self, name: str) -> Path:
        folder = Path(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self._stop(_("The folder for the files cannot be made."))
        return folder

    def _write(self, report: Report, folder: Path) -> list[dict[str, Any]]:
        written = []
        for file in report.files.order_by("pk"):
            path = folder / report.file_name(file.format)
            with file.file.open("rb") as stored:
                path.write_bytes(stored.read())
            written.append(
                {
                    "format": file.format,
                    "path": str(path),
                    "sha256": file.sha256,
                    "bytes": file.size,
                }
            )
        return written

    def _stop(self, sentence: str, code: int = BAD_INPUT) -> NoReturn:
        self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        raise SystemExit(code)
