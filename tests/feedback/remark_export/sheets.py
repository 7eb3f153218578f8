"""Remarks for tests of their files: built at once, without a database, and PDFs to write into."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2

from feedback.reviews.domain.anchoring import Place
from feedback.reviews.domain.remark_export.shapes import Answer, Remark, Sheet, clean
from tests.materials import drawings

PAGES = (
    "First words. The portfolio shows what a person can do. " * 3
    + "\n\nThe mentor listens and writes it down.",
    "Second page with other words.",
)
ARABIC = "المرشد يستمع إلى الشخص ويكتب ما يقوله."
HOSTILE = (
    "=cmd|'/C calc'!A0 \U0001f600 \u202eright to left\u202c "
    "漢字 \u0645\u0631\u062d\u0628\u0627 <r>_x0041_</r> \x00\x1b"
)


def remark(number: int = 1, **more: Any) -> Remark:
    values: dict[str, Any] = {
        "place": "Page 1",
        "quote": "",
        "mark": "must",
        "meant": "Must change",
        "text": "Please say who does this.",
        "suggestion": "",
        "who": "Reviewer 2",
        "state": "",
        "answers": (Answer("Ana Author (Author)", "It is the mentor."),),
        "spot": None,
    } | more
    texts = {name: clean(values[name]) for name in ("quote", "text", "suggestion", "who")}
    return Remark(number=number, **values | texts)


def on_words(number: int, quote: str, page: int = 1, **more: Any) -> Remark:
    """A remark on words; `boxes` are what the browser drew."""
    spot = Place(page=page, quote=quote, boxes=more.pop("boxes", ()), start=more.pop("start", None))
    return remark(number, quote=quote, spot=spot, place=f"Page {page}", **more)


def on_place(number: int, *boxes: tuple[float, ...], page: int = 1, **more: Any) -> Remark:
    """A remark on a part of a page, or on all of it."""
    spot = Place(page=page, boxes=boxes, is_region=True)  # type: ignore[arg-type]
    return remark(number, spot=spot, place=f"Page {page}", **more)


def sheet(*remarks: Remark, **more: Any) -> Sheet:
    return Sheet(
        **{
            "code": "M01",
            "title": "Mentor guide",
            "version": 2,
            "heading": "Remarks on M01 Mentor guide, version 2",
            "round": "Version 2, due Fri 4 Dec 2026",
            "language": "en",
            "is_rtl": False,
            "day": datetime(2026, 11, 2, tzinfo=UTC),
            "remarks": remarks or (remark(),),
        }
        | more
    )


def pdf(*pages: str, language: str = "en", turned: int = 0, cropped: bool = False) -> bytes:
    """A PDF with a page for each text, turned clockwise and cropped where that is asked."""
    plain, buffer = drawings.typeset(*(pages or PAGES), language=language), io.BytesIO()
    made = pikepdf.open(io.BytesIO(plain))
    for page in made.pages:
        page.rotate(turned, relative=False)
        if cropped:
            page.mediabox = [-50, -40, *(float(n) for n in page.mediabox[2:])]
            page.cropbox = [20, 30, *(float(n) - 10 for n in page.mediabox[2:])]
    made.docinfo["/Title"] = "The guide itself"
    made.save(buffer)
    return buffer.getvalue()


@dataclass(frozen=True)
class Note:
    """An annotation as a program reads it; `quads` are the corners of each marked line."""

    page: int
    kind: str
    who: str
    contents: str
    day: str
    box: tuple[float, ...]
    quads: tuple[tuple[float, ...], ...]
    is_drawn: bool


def notes(content: bytes) -> list[Note]:
    """Every annotation that holds a remark, in the order of the pages."""
    with pikepdf.open(io.BytesIO(content)) as found:
        return [
            _note(number, note)
            for number, page in enumerate(found.pages, start=1)
            for note in page.obj.get("/Annots", [])
            if "/NM" in note
        ]


def _note(page: int, note: Any) -> Note:
    corners = [float(n) for n in note.get("/QuadPoints", [])]
    return Note(
        page=page,
        kind=str(note.Subtype),
        who=str(note.T),
        contents=str(note.Contents),
        day=str(note.M),
        box=tuple(float(n) for n in note.Rect),
        quads=tuple(tuple(corners[at : at + 8]) for at in range(0, len(corners), 8)),
        is_drawn=len(note.AP.N.read_bytes()) > 0,
    )


def under(content: bytes, page: int, quad: tuple[float, ...]) -> str:
    """The words that lie under one quadrilateral of a page."""
    layer = pypdfium2.PdfDocument(content)[page - 1].get_textpage()
    xs, ys = quad[::2], quad[1::2]
    said: str = layer.get_text_bounded(min(xs), min(ys), max(xs), max(ys))
    layer.close()
    return " ".join(said.split())


def text_of(content: bytes) -> str:
    """The words of all pages, blanks evened out and directions taken away."""
    found = pypdfium2.PdfDocument(content)
    said = " ".join(found[n].get_textpage().get_text_bounded() for n in range(len(found)))
    return " ".join(said.replace("\u200b", "").replace("\ufffe\r\n", "").split())
