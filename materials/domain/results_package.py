"""The project's results as one archive: every released edition, and a sheet that lists them.

For the funder's results platform. No reviewer stands in it, and nothing that is not released.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

import xlsxwriter
from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from materials.domain.names import download_name
from materials.enums import MEGABYTE, Licence
from materials.models import Version

MOST_FILES, MOST_MEGABYTES = 2000, 2000
IN_MEMORY = 8 * MEGABYTE
_LANGUAGES = dict(settings.PROJECT_LANGUAGES)
# Times inside the archive never tell when somebody made it.
_OLDEST = (1980, 1, 1, 0, 0, 0)


class TooLarge(NotPossible):
    """More than one archive should hold."""


def build() -> IO[bytes]:
    """The archive as an open temporary file, at its start; the caller closes it. Raises TooLarge.

    A file that is gone from the disk is left out and said so in the sheet.
    """
    versions = _released()
    _check(versions)
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  handed on open
    missing: set[int] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for version in versions:
            if version.file and not _add(archive, version):
                missing.add(version.pk)
        with archive.open(zipfile.ZipInfo("editions.xlsx", _OLDEST), "w") as entry:
            entry.write(_sheet(versions, missing))
    target.seek(0)
    return target


def _released() -> list[Version]:
    rows = Version.objects.released().select_related("material", "source")
    return list(rows.annotate(fetched=Sum("downloads__count")).order_by("material__code", "number"))


def _check(versions: Iterable[Version]) -> None:
    files = [version.size for version in versions if version.file]
    if len(files) > MOST_FILES or sum(files) > MOST_MEGABYTES * MEGABYTE:
        raise TooLarge(
            _("The results have over %(files)d files or %(size)d MB; one archive is too small.")
            % {"files": MOST_FILES, "size": MOST_MEGABYTES}
        )


def file_name(version: Version) -> str:
    """Made of the code, the number and the language: nothing that a person typed."""
    return f"files/{download_name(version)}"


def _add(archive: zipfile.ZipFile, version: Version) -> bool:
    try:
        source = version.file.open("rb")
    except OSError:
        return False
    with source, archive.open(zipfile.ZipInfo(file_name(version), _OLDEST), "w") as entry:
        for block in source.chunks():
            entry.write(block)
    return True


def _sheet(versions: list[Version], missing: set[int]) -> bytes:
    """A workbook whose cells are text and numbers, never formulas or links."""
    with tempfile.TemporaryFile() as target:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        with xlsxwriter.Workbook(target, options) as book:
            sheet = book.add_worksheet(_("Editions"))
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 15, 18)
            bold = book.add_format({"bold": True})
            for column, (head, _value) in enumerate(_COLUMNS):
                sheet.write_string(0, column, head, bold)
            for row, version in enumerate(versions, start=1):
                for column, (_head, value) in enumerate(_COLUMNS):
                    cell = value(version)
                    if isinstance(cell, int):
                        sheet.write_number(row, column, cell)
                    else:
                        sheet.write_string(row, column, cell)
                if version.pk in missing:
                    sheet.write_string(row, len(_COLUMNS), _("The file is missing."))
        target.seek(0)
        return target.read()


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


_COLUMNS = [
    ("Code", lambda v: v.material.code),
    ("Title", lambda v: v.material.title),
    ("Type", lambda v: str(v.material.get_type_display())),
    ("Written for", lambda v: str(v.material.get_audience_display())),
    ("Language", lambda v: str(_LANGUAGES[v.language])),
    ("Version", lambda v: v.number),
    ("Translated from version", lambda v: v.source.number if v.source else ""),
    ("Translator", lambda v: v.translator),
    ("Licence", lambda v: str(Licence(v.licence or v.material.licence).label)),
    ("File or link", lambda v: v.link or file_name(v)),
    ("Bytes", lambda v: v.size),
    ("SHA-256", lambda v: v.sha256),
    ("Uploaded", lambda v: _day(v.uploaded_at)),
    ("Released", lambda v: _day(v.released_at)),
    ("Valid until", lambda v: v.valid_until.isoformat() if v.valid_until else ""),
    ("Downloads", lambda v: v.fetched or 0),
]
