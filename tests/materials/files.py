"""Files for tests: good ones of each kind, and the bad ones people and attackers send."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pikepdf
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF_TYPE = "application/pdf"


def upload(data: bytes, name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, PDF_TYPE)


def pdf(pages: int = 1, *, password: str = "", mark: str = "") -> bytes:
    """A PDF of empty pages; `mark` makes its bytes differ."""
    document, buffer = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.docinfo["/Title"] = mark
    locked = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(buffer, encryption=locked or False, deterministic_id=not locked)
    return buffer.getvalue()


def pdf_with_script(where: str) -> bytes:
    """A PDF that runs something: "names", "open" or "launch"."""
    document, buffer = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if where == "names":
        tree = pikepdf.Dictionary(Names=pikepdf.Array(["a", script]))
        document.Root.Names = pikepdf.Dictionary(JavaScript=tree)
    if where == "open":
        document.Root.OpenAction = script
    if where == "launch":
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    document.save(buffer)
    return buffer.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind)
    return buffer.getvalue()


def pixel_flood(side: int = 20_000) -> bytes:
    """A tiny PNG that says it has 400 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def word() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("What I can do")
    document.save(buffer)
    return buffer.getvalue()


def word_with(extra: dict[str, bytes]) -> bytes:
    """A Word document with more parts, or with parts replaced."""
    return with_parts(word(), extra)


def with_parts(document: bytes, extra: dict[str, bytes]) -> bytes:
    """An office document with more parts, or with parts replaced."""
    buffer = io.BytesIO()
    archive = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(document)) as source, archive as target:
        for name in source.namelist():
            if name not in extra:
                target.writestr(name, source.read(name))
        for name, data in extra.items():
            target.writestr(name, data)
    return buffer.getvalue()


def relation(kind: str, target: str) -> dict[str, bytes]:
    """A relationship to something outside, of a kind such as "image" or "hyperlink"."""
    base = "http://schemas.openxmlformats.org"
    xml = (
        f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    return {"word/_rels/extra.xml.rels": xml.encode()}


def field(instruction: str) -> dict[str, bytes]:
    """A document whose one field says this, split over two runs as Word does it."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    half = len(instruction) // 2
    parts = (instruction[:half], instruction[half:])
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    xml = f'<w:document xmlns:w="{space}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    return {"word/document.xml": xml.encode()}


def bomb(megabytes: int = 250) -> bytes:
    """A Word document that is small on disk and huge unpacked."""
    return word_with({"word/media/image1.bmp": b"\x00" * (megabytes * 1024 * 1024)})


def many_entries(count: int) -> bytes:
    return word_with({f"word/media/{n}.txt": b"" for n in range(count)})


def overlapping() -> bytes:
    """Two names for the same packed bytes: the table of contents says more than the file holds."""
    data = bytearray(word_with({"word/a.bin": bytes(range(256)) * 40}))
    end = data.rfind(b"PK\x05\x06")
    entries, size, start = struct.unpack("<HII", data[end + 10 : end + 20])
    place = data.rfind(b"PK\x01\x02", 0, end)
    copy = bytes(data[place:end])
    again = b"".join(copy.replace(b"word/a.bin", b"word/%c.bin" % (98 + n)) for n in range(20))
    data[end:end] = again
    end += len(again)
    head = struct.pack("<HHII", entries + 20, entries + 20, size + len(again), start)
    data[end + 8 : end + 20] = head
    return bytes(data)


def workbook() -> bytes:
    """An Excel workbook of two sheets, with German words and a sum."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    sheet.write(
        0, 0, "Der Kurs ist für die Gruppe und das Team, mit dem sie sich auf den Weg macht."
    )
    sheet.write_formula(1, 0, "=SUM(A3:A4)")
    sheet.write_url(2, 0, "https://example.org/")
    book.add_worksheet("Liste")
    book.set_properties({"title": "Arbeitsplan"})
    book.close()
    return buffer.getvalue()


_OFFICE = "http://schemas.openxmlformats.org"


def deck(
    slides: int = 2, words: str = "Welcome to the course, which is for you and the group."
) -> bytes:
    """A PowerPoint presentation, as small as one can be."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    overrides = (
        f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}.presentation.main+xml"/>'
    )
    drawing = f'xmlns:a="{_OFFICE}/drawingml/2006/main"'
    slide = (
        f'<p:sld xmlns:p="{_OFFICE}/presentationml/2006/main" {drawing}>'
        f'<a:r><a:rPr lang="en-GB"/><a:t>{words}</a:t></a:r></p:sld>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", f"<Types>{overrides}</Types>")
        target.writestr("ppt/presentation.xml", "<p/>")
        for n in range(slides):
            target.writestr(f"ppt/slides/slide{n + 1}.xml", slide)
    return buffer.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt(body: str = "", *, title: str = "", meta: str = "") -> bytes:
    """An OpenDocument text; `body` stands inside its text."""
    head = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        f'xmlns:draw="{_ODF}:drawing:1.0" xmlns:script="{_ODF}:script:1.0" '
        f'xmlns:meta="{_ODF}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    end = "</office:document-content>"
    told = f'<dc:title>{title}</dc:title><meta:document-statistic meta:page-count="3"/>{meta}'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        target.writestr("content.xml", f"{head}<text:p>{body}</text:p>{end}")
        target.writestr("meta.xml", f"{head}{told}{end}")
        target.writestr("Configurations2/accelerator/current.xml", "")
    return buffer.getvalue()


def box(name: bytes, *content: bytes) -> bytes:
    """One box of an MP4 file."""
    data = b"".join(content)
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(seconds: int = 75, *, outside: bool = False, brand: bytes = b"isom") -> bytes:
    """A film without pictures that says how long it is, and where they would lie."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000), bytes(80))
    place = struct.pack(">I", 0) + b"http://evil.example/x\0" if outside else struct.pack(">I", 1)
    references = box(b"dref", struct.pack(">II", 0, 1), box(b"url ", place))
    sound = box(b"smhd", bytes(8))
    track = box(b"trak", box(b"mdia", box(b"minf", sound, box(b"dinf", references))))
    first = box(b"ftyp", brand, bytes(4), brand, b"mp41" if brand == b"isom" else brand)
    return first + box(b"moov", header, track) + box(b"mdat", b"\0" * 64)
