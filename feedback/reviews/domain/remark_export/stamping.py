"""Writes remarks into a PDF that nobody should trust, in a process of its own.

Run as `python -m feedback.reviews.domain.remark_export.stamping FOLDER`: reads `source.pdf`, the
pages of the list `list.pdf` and `remarks.json` there, writes `target.pdf`, and prints one line of
JSON: {"places": {how it was placed: how many}}. It knows no settings and no database.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from feedback.reviews.domain.remark_export import drawing
from feedback.reviews.domain.remark_export.drawing import Said
from feedback.reviews.domain.remark_export.placing import Box, Sheet, Words
from materials.domain.confining import confine

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 40


@dataclass
class Crowd:
    """What stands on each page already: how many notes, and where numbers are."""

    notes: Counter[int] = field(default_factory=Counter)
    numbers: defaultdict[int, list[Box]] = field(default_factory=lambda: defaultdict(list))


def stamp(folder: Path) -> dict[str, int]:
    """Writes the file; how many remarks got which place. What has none stands in the list."""
    remarks = json.loads((folder / "remarks.json").read_text("utf-8"))
    places: Counter[str] = Counter()
    crowd = Crowd()
    with pikepdf.open(folder / "source.pdf") as pdf, pikepdf.open(folder / "list.pdf") as listed:
        words = _words(str(folder / "source.pdf"))
        for remark in remarks:
            places[_place(pdf, words, remark, crowd)] += 1
        _append(pdf, listed)
        pdf.save(
            folder / "target.pdf",
            deterministic_id=True,
            encryption=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return dict(places)


def _words(path: str) -> Words | None:
    """None where the words cannot be read: remarks then stand by their boxes and pages."""
    import pypdfium2  # noqa: PLC0415

    try:
        return Words(path)
    except pypdfium2.PdfiumError:
        return None


def _place(pdf: pikepdf.Pdf, words: Words | None, remark: dict, crowd: Crowd) -> str:
    """Puts one remark on its page, as exactly as it can be: words, a frame, or a note."""
    number = remark["page"]
    if not number or number > len(pdf.pages):
        return "list"
    page = pdf.pages[number - 1]
    said, taken = Said(**remark["said"]), crowd.numbers[number]
    sheet = _sheet(page)
    if lines := _lines(words, remark, sheet):
        made, how = drawing.highlight(pdf, said, lines, sheet, taken), "words"
    elif remark["boxes"]:
        around = _around(remark["boxes"], sheet)
        made, how = drawing.square(pdf, said, around, sheet, taken), "frame"
    else:
        made, how = drawing.note(pdf, said, crowd.notes[number], sheet), "note"
        crowd.notes[number] += 1
    made.P = page.obj
    known = page.obj.get("/Annots")
    kept = list(known) if isinstance(known, pikepdf.Array) else []
    page.obj.Annots = pikepdf.Array([*kept, pdf.make_indirect(made)])
    return how


def _lines(words: Words | None, remark: dict, sheet: Sheet) -> list[Box]:
    """The rectangles of the marked words; those the browser drew where they are not found."""
    if remark["is_region"] or not remark["quote"]:
        return []
    found: list[Box] = []
    if words is not None:
        around = (remark["prefix"], remark["suffix"])
        with suppress(Exception):  # a broken page keeps its remarks, by their boxes
            found = words.boxes(remark["page"], remark["quote"], around, remark["start"])
    return found or [sheet.box(box) for box in remark["boxes"]]


def _around(boxes: list, sheet: Sheet) -> Box:
    found = [sheet.box(box) for box in boxes]
    around = found[0]
    for box in found[1:]:
        around = around.with_(box)
    return around


def _sheet(page: Any) -> Sheet:
    """What is shown of a page, as browsers show it: the crop box within the media box."""
    media, crop = _box(page.mediabox), _box(page.cropbox)
    lows = (max(media.left, crop.left), max(media.bottom, crop.bottom))
    shown = Box(*lows, min(media.right, crop.right), min(media.top, crop.top))
    whole = shown if shown.right > shown.left and shown.top > shown.bottom else media
    return Sheet(whole, page.rotation % 360 // 90 * 90)


def _box(given: Any) -> Box:
    one, two, three, four = (float(number) for number in given)
    return Box(min(one, three), min(two, four), max(one, three), max(two, four))


def _append(pdf: pikepdf.Pdf, listed: pikepdf.Pdf) -> None:
    """The pages of the list at the end; what tags said of them belongs to another file."""
    before = len(pdf.pages)
    pdf.pages.extend(listed.pages)
    for page in list(pdf.pages)[before:]:
        if "/StructParents" in page.obj:
            del page.obj["/StructParents"]


def main(folder: str) -> None:
    confine(memory=MEMORY, seconds=CPU_SECONDS)
    os.nice(10)
    sys.stdout.write(json.dumps({"places": stamp(Path(folder))}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
