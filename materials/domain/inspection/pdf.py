"""PDF: opens without a password, has pages but not too many, and starts nothing by itself."""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2

from materials.domain.inspection import languages
from materials.domain.inspection.limits import MAX_OBJECTS, MAX_PAGES, Unfit
from materials.domain.inspection.zips import no_archive

# Actions that run something, send something, or open what lies inside; a link may stay.
_ACTIVE = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
}
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings")
_INSIDE_KEYS = ("/EmbeddedFiles", "/EF")
_SAMPLE_PAGES = 5
_DEEPEST = 60


def inspect(kind: str, path: str) -> dict[str, Any]:
    """Pages, title and language of a PDF. Raises Unfit."""
    no_archive(path)
    try:
        with pikepdf.open(path) as pdf:
            found = _read(pdf)
    except pikepdf.PasswordError as error:
        raise Unfit("password") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError) as error:
        raise Unfit("broken_pdf") from error
    declared = found.pop("declared")
    return found | {"language": languages.guess(_sample(path), declared)}


def _read(pdf: pikepdf.Pdf) -> dict[str, Any]:
    pages = len(pdf.pages)
    if pages > MAX_PAGES:
        raise Unfit("too_many_pages", pages=pages, limit=MAX_PAGES)
    if pages == 0:
        raise Unfit("broken_pdf")
    if pdf.is_encrypted:
        raise Unfit("password")
    if len(pdf.objects) > MAX_OBJECTS:
        raise Unfit("too_heavy")
    for entry in pdf.objects:
        _harmless(entry, 0)
    title = pdf.docinfo.get("/Title", "") if "/Info" in pdf.trailer else ""
    return {"pages": pages, "title": str(title), "declared": str(pdf.Root.get("/Lang", ""))}


def _harmless(entry: Any, depth: int) -> None:
    """Raises Unfit for what acts, wherever it hangs: page, note, form, name tree or bookmark.

    Every numbered object is looked at once, used or not; so nothing is followed.
    """
    if depth > _DEEPEST:
        raise Unfit("too_heavy")
    if isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)):
        keys = set(entry.keys())
        if keys.intersection(_ACTIVE_KEYS) or str(entry.get("/S", "")) in _ACTIVE:
            raise Unfit("active_pdf")
        if keys.intersection(_INSIDE_KEYS):
            raise Unfit("files_inside")
        for key in keys:
            _look_into(entry[key], depth)
    elif isinstance(entry, pikepdf.Array):
        for value in entry:
            _look_into(value, depth)


def _look_into(value: Any, depth: int) -> None:
    nested = isinstance(value, (pikepdf.Dictionary, pikepdf.Array))
    if nested and not value.is_indirect:
        _harmless(value, depth + 1)


def _sample(path: str) -> str:
    """Words of the first pages; a PDF whose text cannot be read has none."""
    try:
        document = pypdfium2.PdfDocument(path)
        count = min(len(document), _SAMPLE_PAGES)
        return " ".join(document[n].get_textpage().get_text_bounded() for n in range(count))
    except pypdfium2.PdfiumError:
        return ""
