"""A PDF without the names of those who made and commented it."""

from __future__ import annotations

from typing import Any

import pikepdf

from materials.domain import stripping_pictures

# Remarks of people about the document; what belongs to the document itself (links, form fields,
# drawn text) stays and only loses its author.
_REMARKS = {
    "/Text",
    "/Popup",
    "/Highlight",
    "/Underline",
    "/StrikeOut",
    "/Squiggly",
    "/Caret",
    "/FileAttachment",
    "/Sound",
}
# Author, subject, times and names of programs in an annotation or a page.
_OF_A_PERSON = ("/T", "/Subj", "/M", "/CreationDate", "/RC", "/IRT", "/Popup", "/NM")
_OF_A_PROGRAM = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF")


def strip(source: str, target: str) -> None:
    """Writes the copy; what a reader sees on its pages is the same."""
    with pikepdf.open(source) as pdf:
        title = str(pdf.docinfo.get("/Title", "")) if "/Info" in pdf.trailer else ""
        language = pdf.Root.get("/Lang")
        for page in pdf.pages:
            _page(page.obj)
        names = pdf.Root.get("/Names")
        if names is not None and "/EmbeddedFiles" in names:
            del names["/EmbeddedFiles"]
        for thing in pdf.objects:
            _loosen(thing)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        if title:
            # A title is read aloud when the document opens; it names the work, not the author.
            pdf.docinfo["/Title"] = title
        if language is not None:
            pdf.Root["/Lang"] = language
        pdf.remove_unreferenced_resources()
        pdf.save(
            target,
            linearize=True,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _page(page: Any) -> None:
    kept = []
    for note in page.get("/Annots", []):
        if not isinstance(note, pikepdf.Dictionary) or str(note.get("/Subtype")) in _REMARKS:
            continue
        # The name of a form field stands in /T too, and the form needs it.
        widget = str(note.get("/Subtype")) == "/Widget"
        for key in _OF_A_PERSON:
            if key in note and not (widget and key == "/T"):
                del note[key]
        kept.append(note)
    if "/Annots" in page:
        page["/Annots"] = pikepdf.Array(kept)


def _loosen(thing: Any) -> None:
    """Metadata hang on any object: pages, pictures, fonts; a JPEG carries its camera's."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in _OF_A_PROGRAM:
        if key in thing:
            del thing[key]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        parameters: Any = thing.get("/DecodeParms")
        plain = stripping_pictures.jpeg(thing.read_raw_bytes())
        thing.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
