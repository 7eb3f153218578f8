"""The PDF of a version with the remarks written into it, and all of them listed at its end.

It is made of the copy without names, in which the places were marked, so that nothing of whoever
made or commented the file goes along.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common import typesetting
from cop_platform.common.office_files import runs_right_to_left
from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.reviews.domain.remark_export.shapes import Remark, Sheet, after
from materials.domain import children, copies
from materials.models import Rendition, Version

_MODULE = "feedback.reviews.domain.remark_export.stamping"
_SECONDS = 40
_TEMPLATE = Path(__file__).resolve().parents[2] / "typst" / "remarks.typ"


class NoPdf(NotPossible):
    """Remarks cannot be written into this version; the message says why, and what to take."""


def source(version: Version, user: User) -> FieldFile:
    """The PDF that remarks are written into, for a reader who may open the version.

    Raises NoPdf, and NoCopy while the copy without names is not there.
    """
    if not Version.objects.visible_to(user).filter(pk=version.pk).exists():
        raise NoPdf(_("This version is not open to you: take its remarks as a table."))
    rendition = Rendition.objects.filter(version=version).first()
    if not version.is_pdf and not (rendition is not None and rendition.pdf):
        raise NoPdf(_("This version has no pages to write into: take its remarks as a table."))
    if rendition is None or not rendition.stripped:
        raise copies.none_for(rendition)
    return rendition.stripped if version.is_pdf else rendition.pdf


def build(sheet: Sheet, file: FieldFile) -> bytes:
    """The file; the same remarks and pages give the same bytes.

    Takes some seconds. Raises NoPdf where nothing can be written into it, FontMissing, NotTypeset.
    """
    with translation.override(sheet.language):
        listed = typesetting.build(_TEMPLATE, _list(sheet), made_at=sheet.day)
        told = [_told(remark, sheet) for remark in sheet.remarks]
    with children.workshop() as folder:
        shutil.copyfile(default_storage.path(file.name or ""), folder / "source.pdf")
        (folder / "list.pdf").write_bytes(listed)
        (folder / "remarks.json").write_text(json.dumps(told), encoding="utf-8")
        try:
            children.answer(_MODULE, str(folder), seconds=_SECONDS)
        except children.Broken as error:
            said = _("The remarks could not be written into this file: take them as a table.")
            raise NoPdf(said) from error
        return (folder / "target.pdf").read_bytes()


def _told(remark: Remark, sheet: Sheet) -> dict[str, Any]:
    """One remark as the child reads it."""
    spot = remark.spot
    return {
        "page": spot.page if spot else None,
        "quote": spot.quote if spot else "",
        "prefix": spot.prefix if spot else "",
        "suffix": spot.suffix if spot else "",
        "start": spot.start if spot else None,
        "boxes": [list(box) for box in spot.boxes] if spot else [],
        "is_region": spot.is_region if spot else False,
        "said": {
            "number": remark.number,
            "mark": remark.mark,
            "meant": remark.meant,
            "who": remark.who,
            "contents": _contents(remark),
            "day": f"{sheet.day:D:%Y%m%d%H%M%S}Z",
            "from_the_right": runs_right_to_left(remark.quote),
        },
    }


def _contents(remark: Remark) -> str:
    """All that is said, since a program shows these words beside the place and nothing else."""
    parts = [remark.meant, remark.text]
    if remark.suggestion:
        parts.append(_("Suggestion: %(text)s") % {"text": remark.suggestion})
    return "\n\n".join(part for part in (*parts, after(remark)) if part)


def _list(sheet: Sheet) -> dict[str, Any]:
    """The pages at the end: every remark by its number, also those that have no place."""
    return {
        "lang": sheet.language,
        "rtl": sheet.is_rtl,
        "title": sheet.heading,
        "round": sheet.round,
        "note": _("Numbers stand beside the places in the pages before. No remark is left out."),
        "signs": _("Signs that no font here can draw are written by their code."),
        "suggestion": _("Suggestion"),
        "remarks": [_listed(remark) for remark in sheet.remarks],
    }


def _listed(remark: Remark) -> dict[str, Any]:
    return {
        "number": str(remark.number),
        "place": remark.place,
        "meant": remark.meant,
        "mark": remark.mark,
        "who": remark.who,
        "quote": _lines(remark.quote),
        "text": _lines(remark.text),
        "suggestion": _lines(remark.suggestion),
        "after": _lines(after(remark)),
    }


def _lines(text: str) -> list[dict[str, Any]]:
    """A text by its lines, each with the direction of its own words."""
    return [
        {"text": line, "rtl": runs_right_to_left(line)} for line in text.split("\n") if line.strip()
    ]
