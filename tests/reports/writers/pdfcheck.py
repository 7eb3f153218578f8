"""Reads in a PDF what a checker of archives and of accessibility looks for."""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pypdfium2 import raw

_MARKS = re.compile("[\u200b-\u200f\u2066-\u2069\ufeff\u00ad\ufffe]")


def text_of(content: bytes) -> str:
    """The words of all pages in the order a reader's search finds them."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = []
        for page in document:
            read = page.get_textpage()
            pages.append(read.get_text_range())
            read.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()


def lines_on_paper(content: bytes) -> list[str]:
    """Every line as its letters stand on the paper from left to right, blanks left out."""
    document = pypdfium2.PdfDocument(content)
    lines: dict[tuple[int, float], list[tuple[float, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for number, page in enumerate(document):
        read = page.get_textpage()
        for at in range(read.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(read, at))
            raw.FPDFText_GetCharOrigin(read, at, x, y)
            if not letter.isspace():
                lines.setdefault((number, round(y.value, 1)), []).append((x.value, letter))
        read.close()
        page.close()
    document.close()
    return ["".join(letter for _x, letter in sorted(line)) for line in lines.values()]


def right_edge(content: bytes, word: str) -> float:
    """Where the first finding of a word ends on the right, in points."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            read = page.get_textpage()
            found = read.search(word).get_next()
            if found:
                at, many = found
                return max(read.get_charbox(n)[2] for n in range(at, at + many))
    finally:
        document.close()
    raise LookupError(word)


def bare(words: str) -> str:
    """Words without marks of direction or of where lines may end, letters in one form."""
    return unicodedata.normalize("NFC", _MARKS.sub("", words)).replace("\r\n", " ")


def share_found(prose: str, extracted: str) -> float:
    """How many of the words over two letters are found whole."""
    words = [w for w in re.findall(r"\w+", bare(prose.replace("\u200c", " "))) if len(w) > 2]
    found = set(re.findall(r"\w+", bare(extracted.replace("\u200c", " "))))
    return sum(word in found for word in words) / len(words)


@dataclass(frozen=True)
class Tag:
    """An element of the tag tree. `scope` is what a heading cell heads; `high` is in points."""

    kind: str
    alt: str
    language: str
    scope: str
    bottom: float
    high: float


def tags(content: bytes) -> list[Tag]:
    """Every element of the tag tree, in reading order."""
    document = pikepdf.open(io.BytesIO(content))
    return [_tag(element) for element in _elements(document.Root.StructTreeRoot.K)]


def languages(content: bytes) -> set[str]:
    """The languages named on elements and on words within them."""
    document = pikepdf.open(io.BytesIO(content))
    pages = b"".join(page.Contents.read_bytes() for page in document.pages)
    within = {found.decode() for found in re.findall(rb"/Lang ?\(([\w-]+)\)", pages)}
    return within | {tag.language for tag in tags(content)} - {""}


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def _tag(element: pikepdf.Dictionary) -> Tag:
    attributes = element.get("/A", pikepdf.Array([]))
    many = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    box = next((list(one.BBox) for one in many if "/BBox" in one), [0, 0, 0, 0])
    return Tag(
        kind=str(element.S).lstrip("/"),
        alt=str(element.get("/Alt", "")),
        language=str(element.get("/Lang", "")),
        scope=next((str(one.Scope) for one in many if "/Scope" in one), ""),
        bottom=float(box[1]),
        high=float(box[3]) - float(box[1]),
    )


def check(content: bytes, *, language: str, title: str) -> None:
    """Fails where the file is no PDF/A-3a and PDF/UA-1, as far as reading it can tell."""
    document = pikepdf.open(io.BytesIO(content))
    root = document.Root
    metadata = root.Metadata.read_bytes().decode()
    assert root.MarkInfo.Marked
    assert str(root.Lang) == language
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert str(document.docinfo.Title) == title
    for name, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        assert f"<{name}>{value}</{name}>" in metadata
    elements = tags(content)
    assert all(tag.alt for tag in elements if tag.kind == "Figure")
    heads = [tag for tag in elements if tag.kind == "TH"]
    assert heads
    assert all(tag.scope for tag in heads)
