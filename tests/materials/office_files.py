"""Real Office and ODF files of each kind that look at places where they have no business."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl

from materials import demo_slides
from tests.materials import files

WORDS = "Words that are drawn"
RAN = "The macro was here"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SIMPLE = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
_TEXT = "application/vnd.oasis.opendocument.text"


def word(address: str, path: str) -> bytes:
    """A document with a picture from the network and one from the disk of whoever opens it."""
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(WORDS)
    document.add_picture(io.BytesIO(files.image()))
    document.add_picture(io.BytesIO(files.image(size=(41, 31))))
    document.add_page_break()
    document.add_paragraph("The second page")
    document.save(buffer)
    parts = _read(buffer.getvalue())
    links = parts["word/_rels/document.xml.rels"]
    for picture, target in (("image1", f"{address}/a.png"), ("image2", f"file://{path}")):
        links = links.replace(
            f'Target="media/{picture}.png"'.encode(),
            f'Target="{target}" TargetMode="External"'.encode(),
        )
    parts["word/_rels/document.xml.rels"] = links
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"r:embed=", b"r:link=")
    return _packed(parts)


def deck(address: str, path: str) -> bytes:
    """Four slides; the first shows pictures from elsewhere."""
    parts = _read(demo_slides.deck())
    slide, links = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
    pictures = b"".join(_slide_picture(number) for number in (8, 9))
    parts[slide] = parts[slide].replace(b"</p:spTree>", pictures + b"</p:spTree>")
    outside = "".join(
        f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/image" Target="{target}" TargetMode="External"/>'
        for number, target in ((8, f"{address}/b.png"), (9, f"file://{path}"))
    )
    parts[links] = parts[links].replace(b"</Relationships>", f"{outside}</Relationships>".encode())
    return _packed(parts)


def _slide_picture(number: int) -> bytes:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="P"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:link="rId{number}"/><a:stretch><a:fillRect/></a:stretch>'
        '</p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    ).encode()


def workbook(address: str, path: str) -> bytes:
    """A sheet of words, and of formulas that ask the network and another file."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = WORDS
    book.active["A2"] = f'=_xlfn.WEBSERVICE("{address}/c")'
    book.active["A3"] = f"='file://{path}'#$Sheet1.A1"
    book.create_sheet("Second")["A1"] = "The second page"
    book.save(buffer)
    return buffer.getvalue()


def text(address: str, path: str) -> bytes:
    """An OpenDocument text with pictures from elsewhere and a macro that runs when it is opened."""
    spaces = "".join(
        f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "draw", "script")
    )
    spaces += (
        f' xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:version="1.3"'
    )
    event = (
        '<script:event-listener script:language="ooo:script" script:event-name="{name}" '
        'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;'
        'location=document" xlink:type="simple"/>'
    )
    events = "".join(event.format(name=name) for name in ("dom:load", "office:view-created"))
    pictures = "".join(
        '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image '
        f'xlink:href="{target}" {_SIMPLE}/></draw:frame>'
        for target in (f"{address}/d.png", f"file://{path}")
    )
    body = (
        f"<office:scripts><office:event-listeners>{events}</office:event-listeners>"
        f"</office:scripts><office:body><office:text><text:p>{WORDS} {pictures}</text:p>"
        f'<text:section text:name="S"><text:section-source xlink:href="{address}/e.odt" {_SIMPLE}/>'
        "<text:p>The second paragraph</text:p></text:section></office:text></office:body>"
    )
    return _packed(
        {
            "mimetype": _TEXT.encode(),
            "content.xml": f"<office:document-content{spaces}>{body}</office:document-content>",
            **_macro(),
        }
    )


def _macro() -> dict[str, str]:
    """A Basic library of one module, and the table of contents that names it."""
    library = 'xmlns:library="http://openoffice.org/2000/library"'
    name = 'library:name="Standard"'
    names = ("Basic/script-lc.xml", "Basic/Standard/script-lb.xml", "Basic/Standard/Module1.xml")
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in (("/", _TEXT), *((path, "text/xml") for path in ("content.xml", *names)))
    )
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        'script:language="StarBasic">Sub Main\n'
        f"ThisComponent.Text.String = &quot;{RAN}&quot;\nEnd Sub</script:module>"
    )
    return {
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.3">'
        f"{entries}</m:manifest>",
        names[0]: f'<library:libraries {library}><library:library {name} library:link="false"/>'
        "</library:libraries>",
        names[1]: f'<library:library {library} {name} library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Module1"/>'
        "</library:library>",
        names[2]: module,
    }


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes] | dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()
