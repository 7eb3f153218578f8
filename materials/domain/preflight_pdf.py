"""What pre-flight reads from a PDF; runs in the process of preflight_reading."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

# Sizes of letters are looked up on this many pages; a sample tells enough.
LOOKED_AT = 30
MAX_NODES = 50_000
MAX_OBJECTS = 5_000
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
# A picture of a page has few or no letters; text objects without words are unsearchable.
FEW = 3
# Twelve stars on their ground.
SHAPES_OF_AN_EMBLEM = 12
_PICTURES = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}


def facts(path: str) -> dict[str, Any]:
    """The facts of a PDF, by name; raises what the libraries raise for one that is broken."""
    try:
        with pikepdf.open(path) as pdf:
            found = _structure(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError from error
    return found | _letters(path)


def _structure(pdf: pikepdf.Pdf) -> dict[str, Any]:
    root = pdf.Root
    marked = root.get("/MarkInfo")
    figures, without = _figures(root.get("/StructTreeRoot"))
    info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            about = {key: str(xmp.get(key) or "") for key in ("dc:title", "dc:creator")}
    except (pikepdf.PdfError, ValueError, KeyError):
        about = {}
    named = [
        name
        for name, value in (
            ("author", info.get("/Author")),
            ("creator", about.get("dc:creator")),
        )
        if value and value.strip()
    ]
    if any(EMAIL.search(value) for value in [*info.values(), *about.values()]):
        named.append("email")
    return {
        "pages": len(pdf.pages),
        "tagged": root.get("/StructTreeRoot") is not None
        and bool(marked is not None and marked.get("/Marked", False)),
        "title": bool((info.get("/Title") or about.get("dc:title") or "").strip()),
        "language": str(root.get("/Lang", "")),
        "figures": figures,
        "figures_without_alt": without,
        "dead_links": _dead_links(pdf),
        "named": named,
        "fonts_without_words": _fonts_without_words(pdf),
    }


def _figures(tree: Any) -> tuple[int, int]:
    """Figures of the tag tree, and those without a replacement text."""
    figures = without = seen = 0
    waiting = [tree] if tree is not None else []
    while waiting and seen < MAX_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, pikepdf.Array):
            waiting.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            if str(node.get("/S", "")) == "/Figure":
                figures += 1
                without += not str(node.get("/Alt", "")).strip()
            if "/K" in node:
                waiting.append(node["/K"])
    return figures, without


def _dead_links(pdf: pikepdf.Pdf) -> int:
    """Links within the document whose target page does not exist."""
    pages = {page.obj.objgen for page in pdf.pages}
    return sum(_is_dead(target, pages, pdf) for page in pdf.pages for target in _targets(page.obj))


def _targets(page: Any) -> Iterator[Any]:
    for annotation in page.get("/Annots", []):
        if not hasattr(annotation, "get") or str(annotation.get("/Subtype", "")) != "/Link":
            continue
        action = annotation.get("/A")
        if annotation.get("/Dest") is not None:
            yield annotation.get("/Dest")
        elif action is not None and str(action.get("/S", "")) == "/GoTo":
            yield action.get("/D")


def _is_dead(target: Any, pages: set[tuple[int, int]], pdf: pikepdf.Pdf) -> bool:
    if isinstance(target, (pikepdf.Name, pikepdf.String)):
        target = _named(pdf, str(target))
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if not isinstance(target, pikepdf.Array) or not len(target):
        return True
    page = target[0]
    if isinstance(page, int):
        return not 0 <= page < len(pages)
    return not isinstance(page, pikepdf.Dictionary) or page.objgen not in pages


def _named(pdf: pikepdf.Pdf, name: str) -> Any:
    names = pdf.Root.get("/Names")
    if names is not None and "/Dests" in names:
        found = pikepdf.NameTree(names["/Dests"]).get(name)
        if found is not None:
            return found
    old = pdf.Root.get("/Dests")
    return old.get("/" + name.lstrip("/")) if old is not None else None


def _fonts_without_words(pdf: pikepdf.Pdf) -> int:
    """Fonts whose letters cannot be told: composite ones without a table to Unicode."""
    found = set()
    for page in list(pdf.pages)[:LOOKED_AT]:
        resources = page.obj.get("/Resources")
        fonts = resources.get("/Font") if resources is not None else None
        for font in fonts.values() if fonts is not None else []:
            if str(font.get("/Subtype", "")) == "/Type0" and "/ToUnicode" not in font:
                found.add(font.objgen)
    return len(found)


def _letters(path: str) -> dict[str, Any]:
    """Words of every page, the size of letters on the first ones, pictures on the outer ones."""
    texts: list[str] = []
    sizes: Counter[float] = Counter()
    silent = 0
    is_illustrated = False
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        texts.append(text.replace("\r\n", "\n"))
        if number in (0, len(document) - 1):
            is_illustrated = is_illustrated or _is_illustrated(page)
        if number < LOOKED_AT:
            objects = list(_text_objects(page))
            silent += len(objects) >= FEW and not any(sign.isalnum() for sign in text)
            for size, weight in objects:
                sizes[size] += weight
        page.close()
    document.close()
    return {
        "texts": texts,
        "size": sizes.most_common(1)[0][0] if sizes else None,
        "pictures_outside": is_illustrated,
        "silent_pages": silent,
    }


def _is_illustrated(page: Any) -> bool:
    """Whether a page holds a picture, or as many drawn shapes as an emblem has."""
    pictures = shapes = 0
    for item in islice(page.get_objects(), MAX_OBJECTS):
        pictures += item.type in _PICTURES
        shapes += item.type == pdfium.FPDF_PAGEOBJ_PATH
    return bool(pictures) or shapes >= SHAPES_OF_AN_EMBLEM


def _text_objects(page: Any) -> Iterator[tuple[float, int]]:
    """Size in points and width of each piece of text of a page."""
    for n, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])):
        if n >= MAX_OBJECTS:
            return
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(item.raw, size)
        matrix = item.get_matrix()
        left, _bottom, right, _top = item.get_bounds()
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        yield round(size.value * scale, 1), max(round(right - left), 0)
