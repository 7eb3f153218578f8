"""Files for the tests of pre-flight: with faults and without."""

from __future__ import annotations

import io
import zipfile

import docx
import pikepdf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def text_page(
    document: pikepdf.Pdf, words: str, *, size: int = 14, grey: float = 0
) -> pikepdf.Page:
    """A page that says these words, one sentence a line."""
    page = document.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    lines = " T* ".join(f"({line}.) Tj" for line in words.split(". "))
    drawn = f"BT /F1 {size} Tf {size} TL {grey} g 50 700 Td {lines} ET"
    page.Contents = document.make_stream(drawn.encode())
    return page


def painted(*drawn: str, rotate: int = 0, picture: bool = False) -> bytes:
    """A page of 300 by 200 points for each content (F1 is Helvetica), `picture` on the last."""
    document = pikepdf.new()
    for content in drawn:
        page = text_page(document, "Words")
        page.MediaBox, page.Rotate = [0, 0, 300, 200], rotate
        page.Contents = document.make_stream(content.encode())
    if picture:
        image = pikepdf.Stream(document, b"\x00\x33\x99")
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 1
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page.Resources.XObject = pikepdf.Dictionary(I1=image)
        page.Contents = document.make_stream(b"q 90 0 0 60 20 20 cm /I1 Do Q")
    return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def good_pdf(words: str) -> bytes:
    """Tagged, with title, language and a picture that has words."""
    document = pikepdf.new()
    text_page(document, words)
    figure = pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt="A portfolio")
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([figure]))
    )
    document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    document.Root.Lang = "en-GB"
    document.docinfo["/Title"] = "Guide"
    return saved(document)


def faulty_pdf() -> bytes:
    """Pale small letters, a picture without words, a dead link, an author with an address."""
    document = pikepdf.new()
    page = text_page(document, "Words", size=8, grey=0.8)
    figure = pikepdf.Dictionary(S=pikepdf.Name.Figure)
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=figure)
    )
    document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    document.Root.Lang = "de"
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        Dest=pikepdf.Array([7, pikepdf.Name.Fit]),
    )
    page.Annots = pikepdf.Array([link])
    document.docinfo["/Author"] = "Ana Costa, ana@example.org"
    return saved(document)


def pdf_with_unreadable_font() -> bytes:
    document = pikepdf.new()
    page = text_page(document, "Words")
    page.Resources.Font.F1 = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Odd
        )
    )
    return saved(document)


def reviewed_docx() -> bytes:
    """A Word document with a tracked insertion, a comment and its people."""
    document, buffer = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("What I can do")
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "1")
    change.set(qn("w:author"), "Ana")
    paragraph._p.append(change)
    document.add_comment(paragraph.runs, text="Really?", author="Bo")
    document.core_properties.last_modified_by = "Ana Costa"
    document.save(buffer)
    return buffer.getvalue()


def odt(*, title: str = "", picture: bool = False) -> bytes:
    """An OpenDocument text with one sentence."""
    frame = "<draw:frame><draw:image/></draw:frame>" if picture else ""
    spaces = " ".join(
        f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "draw", "dc", "meta")
    )
    content = (
        f"<office:document-content {spaces}><office:body><text:p>What <text:span>I</text:span> "
        f"can do</text:p>{frame}</office:body></office:document-content>"
    )
    about = f"<office:document-meta {spaces}><dc:title>{title}</dc:title></office:document-meta>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", about)
    return buffer.getvalue()
