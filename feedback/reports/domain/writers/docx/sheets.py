"""What the parts of one Word document share while it is written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx.document import Document as Package
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from cop_platform.common.reporting.document import Document, Figure, Text
from feedback.reports.domain.writers import pictures
from feedback.reports.domain.writers.docx import marks
from feedback.reports.domain.writers.docx.marks import Voice, w
from feedback.reports.domain.writers.figures import Numbers
from feedback.reports.domain.writers.texts import writable

_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)

_UPRIGHT = {"w": 11906, "h": 16838}
_MARGINS = {
    "top": 1360,
    "right": 1247,
    "bottom": 1247,
    "left": 1247,
    "header": 624,
    "footer": 567,
    "gutter": 0,
}


class Sheet:
    """The document's words, the file under work, and the numbers that are given out once."""

    def __init__(self, document: Document, package: Package) -> None:
        self.document = document
        self.labels = document.labels
        self.voice = Voice(document.language, document.right_to_left)
        self.package = package
        self.own_lists: list[int] = []
        self.numbers = Numbers(document.labels)
        self._drawings = 0
        drawings = [figure.drawing for figure in _figures(document)]
        self._pictures = iter(
            pictures.png(drawings, right_to_left=document.right_to_left, language=document.language)
        )
        keys = [chapter.key for chapter in document.all_chapters()]
        keys += [table.key for table in document.tables()]
        self._anchors = {key: f"place{n}" for n, key in enumerate(keys)}
        self._marked: set[str] = set()
        # The paper of the pages under work: upright until a table is too wide for it.
        self._lies = False
        self._sections = 0

    def paragraph(self, text: Text, style: str, **how: Any) -> Any:
        """A paragraph of the document; links of ours are links."""
        made = marks.paragraph("" if _has_link(text) else text, style, self.voice, **how)
        if not isinstance(text, str) and _has_link(text):
            for span in text:
                ours = _ours(span.link)
                inner = list(marks.runs((span,), self.voice, "Hyperlink" if ours else ""))
                made.extend([self._link(span.link, inner)] if ours else inner)
        return made

    def _link(self, target: str, inner: Iterable[Any]) -> Any:
        made = w("hyperlink", *inner)
        if target.startswith("#"):
            made.set(qn("w:anchor"), self.anchor(target[1:]))
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            made.set(qn("r:id"), self.package.part.relate_to(target, kind, is_external=True))
        return made

    def anchor(self, key: str) -> str:
        """The bookmark of a chapter or a table."""
        return self._anchors.get(key, "place0")

    def marked(self, paragraph: Any, key: str) -> Any:
        """The paragraph with the bookmark of what it begins; the first of a key has it."""
        name = self._anchors.get(key)
        if name and name not in self._marked:
            self._marked.add(name)
            place = 1 if paragraph.find(qn("w:pPr")) is not None else 0
            paragraph.insert(place, w("bookmarkStart", id=len(self._marked), name=name))
            paragraph.append(w("bookmarkEnd", id=len(self._marked)))
        return paragraph

    def turned(self, *, lies: bool) -> list[Any]:
        """What ends the pages so far, where the next ones are of the other paper."""
        if lies == self._lies:
            return []
        properties = w("pPr", w("pStyle", val="SheetEnd"), self.shape())
        self._lies = lies
        return [w("p", properties)]

    def shape(self) -> Any:
        """The paper of the pages so far: A4, the very first page without running lines."""
        self._sections += 1
        last = self.package.element.body.find(qn("w:sectPr"))
        running = [e.__copy__() for e in last if e.tag.endswith("Reference")]
        size = {"w": 16838, "h": 11906, "orient": "landscape"} if self._lies else _UPRIGHT
        first = [w("titlePg")] if self._sections == 1 else []
        turned = [w("bidi")] if self.voice.right_to_left else []
        return w("sectPr", *running, w("pgSz", **size), w("pgMar", **_MARGINS), *first, *turned)

    def next_picture(self) -> bytes:
        """The picture of the next figure, in the order of the document."""
        return next(self._pictures)

    def list_number(self) -> int:
        """The next ordered list counts from one again."""
        return self.own_lists.pop(0)

    def drawing(
        self, content: bytes, words: str, *, width: int = 0, height: int = 0, most: int = 0
    ) -> Any:
        """A run with a picture, as wide or as high as said and never wider than `most` (EMU).

        None where it cannot be read.
        """
        try:
            name, image = self.package.part.get_or_add_image(io.BytesIO(content))
        except _UNREADABLE:
            return None
        wide, high = image.scaled_dimensions(
            Emu(width) if width else None, Emu(height or 0) or None
        )
        if most and wide > most:
            wide, high = image.scaled_dimensions(Emu(most), None)
        self._drawings += 1
        inline = CT_Inline.new_pic_inline(self._drawings, name, "picture", wide, high)
        inline.docPr.set("name", f"Picture {self._drawings}")
        inline.docPr.set("descr", writable(words))
        return w("r", w("drawing", inline))


def _figures(document: Document) -> Iterator[Figure]:
    for chapter in document.all_chapters():
        yield from (block for block in chapter.blocks if isinstance(block, Figure))


def _has_link(text: Text) -> bool:
    return not isinstance(text, str) and any(_ours(span.link) for span in text)


def _ours(link: str) -> bool:
    return link.startswith(("https://", "http://", "#"))
