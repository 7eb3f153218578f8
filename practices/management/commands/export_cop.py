"""Writes everything of a country's community into one archive that opens without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from cop_platform.common.commands import FAILED, JsonCommand
from experts.models import Country
from practices.domain.exporting import packing

MEGABYTE = 1024 * 1024


class Command(JsonCommand):
    help = "Export a community without anybody's name: prints one JSON document, writes a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("country", help="Country code: BG, EL (or GR), ...")
        parser.add_argument("--out", required=True, help="The zip file to write")
        parser.add_argument(
            "--files-up-to", type=int, default=5, help="Megabytes of a released file; 0 for none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        country = Country.objects.with_code(options["country"]).select_related("cop").first()
        if country is None:
            words = {"code": options["country"]}
            self.stop(_("There is no country “%(code)s” in this project.") % words)
        target = Path(options["out"])
        if not target.parent.is_dir() or target.is_dir():
            self.stop(_("The archive cannot be written there: name a file in an existing folder."))
        most = max(0, options["files_up_to"]) * MEGABYTE
        try:
            packed = packing.pack(country=country, target=target, most_bytes=most)
        except OSError:
            self.stop(_("The archive could not be written."), FAILED)
        self.answer(
            {
                "country": country.code,
                "file": str(target),
                "sha256": packed.sha256,
                "bytes": packed.size,
                "pages": packed.pages,
                "files": packed.files,
                "counts": packed.counts,
            }
        )
