"""Compiles a validation report and writes its files to a folder."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common.commands import FAILED, JsonCommand
from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.models import Country
from feedback.reports.domain import compiling, period
from feedback.reports.domain.asking import COMMON_ZONE, Asked
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportCut

LANGUAGES = [code for code, _name in settings.MAIL_LANGUAGES]


class Command(JsonCommand):
    help = "Compile a validation report: prints one JSON document, writes the files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--country", default="", help="Country code: BG, EL (or GR), ...")
        parser.add_argument("--consortium", action="store_true", help="All countries in one report")
        parser.add_argument("--cut", help="A named report instead of a country")
        parser.add_argument("--out", default=".", help="Folder the files are written to")
        parser.add_argument("--period", help="2026, 2026-03, 2026Q1, or FIRST..LAST as days")
        parser.add_argument("--start", help="First day, YYYY-MM-DD; else the project's start")
        parser.add_argument("--end", help="Last day, YYYY-MM-DD; else yesterday")
        parser.add_argument("--formats", default="pdf,docx,xlsx,json", help="Which files to write")
        parser.add_argument("--lang", default="en", help="Language: " + ", ".join(LANGUAGES))
        parser.add_argument("--profile", help="agency (as usual) or public")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        asked = self._asked(options, at)
        language = self._one_of(options["lang"], LANGUAGES)
        formats = self._formats(options["formats"])
        folder = self._folder(options["out"])
        try:
            report = compiling.compile_release(asked=asked, language=language, by=None, at=at)
            files = self._write(report, formats, folder)
        except (NotPossible, OSError) as error:
            self.stop(str(error), FAILED)
        days = asked.period
        self.answer(
            {
                "country": report.about,
                "period": {"start": days.start.isoformat(), "end": days.end.isoformat()},
                "release": report.number,
                "dataset_sha256": report.dataset_sha256,
                "files": files,
            }
        )

    def _asked(self, options: dict[str, Any], at: datetime) -> Asked:
        if sum(bool(options[name]) for name in ("country", "consortium", "cut")) > 1:
            self.stop(_("Choose one: a country, the consortium, or a named report."))
        cut = self._cut(options["cut"]) if options["cut"] else None
        alone = cut is None and not options["consortium"]
        country = self._country(options["country"]) if alone else None
        days = self._period(options, cut, country.zone if country else COMMON_ZONE, at)
        usual = cut.profile if cut else Profile.AGENCY.value
        profile = self._one_of(options["profile"] or usual, list(Profile))
        return Asked(period=days, profile=Profile(profile), country=country, cut=cut)

    def _country(self, code: str) -> Country:
        country = Country.objects.with_code(code).select_related("cop").first()
        if country is None:
            self.stop(_("There is no country “%(code)s” in this project.") % {"code": code})
        return country

    def _cut(self, name: str) -> ReportCut:
        cut = ReportCut.objects.filter(name=name, retired_at=None).first()
        if cut is None:
            self.stop(_("There is no report named “%(name)s”.") % {"name": name})
        return cut

    def _period(
        self, options: dict[str, Any], cut: ReportCut | None, zone: str, at: datetime
    ) -> period.Period:
        start, end = self._day(options["start"]), self._day(options["end"])
        if options["period"] is not None and (start or end):
            self.stop(_("Give the period, or its first and last day; not both."))
        start = start or (cut.period_start if cut else None)
        end = end or (cut.period_end if cut else None)
        try:
            if options["period"] is not None:
                return period.written(options["period"])
            return period.chosen(start=start, end=end, zone=zone, at=at)
        except NotPossible as error:
            self.stop(str(error))

    def _day(self, text: str | None) -> date | None:
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError:
            self.stop(_("Write the day like 2026-12-01."))

    def _one_of(self, given: str, known: list[str]) -> str:
        if given not in known:
            words = {"given": given, "known": ", ".join(known)}
            self.stop(_("“%(given)s” is not known here; choose one of %(known)s.") % words)
        return given

    def _formats(self, given: str) -> list[str]:
        named = [name.strip() for name in given.split(",") if name.strip()]
        if not named:
            self.stop(_("Name at least one format."))
        return [self._one_of(name, FileFormat.values) for name in named]

    def _folder(self, name: str) -> Path:
        folder = Path(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.stop(_("The folder for the files cannot be made."))
        return folder

    def _write(self, report: Report, formats: list[str], folder: Path) -> list[dict[str, Any]]:
        written = []
        for file in report.files.filter(format__in=formats).order_by("pk"):
            path = folder / report.file_name(file.format)
            unfinished = path.with_name(f"{path.name}.part")
            with file.file.open("rb") as stored:
                unfinished.write_bytes(stored.read())
            unfinished.rename(path)
            written.append(
                {
                    "format": file.format,
                    "path": str(path),
                    "sha256": file.sha256,
                    "bytes": file.size,
                }
            )
        return written
