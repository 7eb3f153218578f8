"""The corpus of bad uploads; the numbers are those of the list in the security notes.

Each file comes in pieces as a browser sends it, and ends in a clear sentence with nothing left on
disk, or as a harmless stored file. A server listens where the files point to: nobody ever calls.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pikepdf
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from experts.enums import Role
from materials.domain import incoming, store
from materials.domain.inspection import limits
from materials.domain.names import clean_name
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files

pytestmark = pytest.mark.django_db


class Canary(BaseRequestHandler):
    """Notes that somebody called, whatever they asked for."""

    calls: list[object] = []

    def handle(self) -> None:
        self.calls.append(self.client_address)


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    """The address of a server that must never be called."""
    Canary.calls.clear()
    server = ThreadingTCPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    assert Canary.calls == []


def sent(data: bytes, name: str) -> IncomingFile:
    """The row of a file that came in whole."""
    by = make.user(Role.AUTHOR)
    row = incoming.announce(name=name, size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    row.refresh_from_db()
    return row


def left() -> list[Path]:
    return [path for path in Path(default_storage.path("incoming")).glob("*") if path.is_file()]


def refused(data: bytes, name: str) -> str:
    """The sentence of a refusal; no byte may stay."""
    row = sent(data, name)
    assert not row.is_ready
    assert not store.incoming_path(row.key).exists()
    assert row.refused.endswith(".")
    return row.refused


def pdf_with(place: str, target: str) -> bytes:
    """A PDF whose script, program or inner file hangs at a place of its own."""
    document, buffer = pikepdf.new(), BytesIO()
    document.add_blank_page()
    page, root, name = document.pages[0].obj, document.Root, pikepdf.Name
    script = pikepdf.Dictionary(S=name.JavaScript, JS="app.launchURL('x')")
    sends = pikepdf.Dictionary(S=name.SubmitForm, F=target)
    starts = pikepdf.Dictionary(S=name.Launch, F="calc.exe")

    def notes(**action: object) -> pikepdf.Array:
        return pikepdf.Array([document.make_indirect(pikepdf.Dictionary(**action))])

    places = {
        "note": (page, "/Annots", notes(A=script)),
        "note, nested": (page, "/Annots", notes(AA=pikepdf.Dictionary(U=script))),
        "program": (page, "/Annots", notes(A=starts)),
        "page": (page, "/AA", pikepdf.Dictionary(O=script)),
        "document": (root, "/AA", pikepdf.Dictionary(WC=script)),
        "next action": (
            root,
            "/OpenAction",
            pikepdf.Dictionary(S=name.GoTo, Next=pikepdf.Array([script])),
        ),
        "bookmark": (root, "/Outlines", pikepdf.Dictionary(First=notes(A=script)[0])),
        "form": (root, "/AcroForm", pikepdf.Dictionary(Fields=notes(A=sends))),
    }
    where, key, value = places[place]
    where[key] = value
    document.save(buffer)
    return buffer.getvalue()


# 16: type by content ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (files.pdf() + files.deck(), "a.pdf", "This file hides a second one."),
        (files.image("JPEG") + files.odt(), "a.jpg", "This file hides a second one."),
        (files.mp4() + files.word(), "a.mp4", "This file hides a second one."),
        (files.mp4() + b"<script>alert(1)</script>", "a.mp4", "This MP4 video is broken"),
        (files.image() + b"<html>", "a.png", "This picture is broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "The content of a.png is not"),
        (b"<!doctype html><script>1</script>", "a.docx", "The content of a.docx is not"),
        (
            files.workbook(),
            "a.docx",
            "disagree; the content is: Excel",
        ),
        (
            files.deck(),
            "a.odt",
            "disagree; the content is: PowerPoint",
        ),
        (
            files.odt(),
            "a.xlsx",
            "disagree; the content is: OpenDoc",
        ),
        (
            files.mp4(),
            "a.pdf",
            "disagree; the content is: MP4 video",
        ),
        (files.mp4(brand=b"qt  "), "a.mp4", "This MP4 video is broken"),
        (files.mp4(brand=b"heic"), "a.mp4", "This MP4 video is broken"),
        (files.mp4()[:-70], "a.mp4", "This MP4 video is broken"),
    ],
)
def test_security_16_the_content_decides(data, name, sentence):
    assert sentence in refused(data, name)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.pptm", "a.exe", "a.fodt", "a"])
def test_security_16_other_endings_are_refused_before_a_byte_comes(name):
    with pytest.raises(incoming.NotAccepted, match="This kind of file is not accepted"):
        sent(b"x", name)
    assert not IncomingFile.objects.exists()


def test_security_16_a_page_behind_a_pdf_stays_a_pdf():
    row = sent(files.pdf() + b"\n<script>alert(1)</script>", "a.pdf")
    assert row.media_type == "application/pdf"


# 17: archives -------------------------------------------------------------------------------------


def nested() -> bytes:
    return files.with_parts(files.deck(), {"ppt/media/inner.zip": files.word()})


def doubled() -> bytes:
    inner = files.with_parts(files.workbook(), {"xl/embeddings/a.docx": files.word()})
    return files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": inner})


@pytest.mark.parametrize(
    ("build", "name", "sentence"),
    [
        (files.bomb, "a.docx", "This Word document would unpack to more than 200 MB."),
        (lambda: files.many_entries(60_000), "a.docx", "This Word document has too many parts"),
        (files.overlapping, "a.docx", "This"),
        (nested, "a.pptx", "This file hides a second one."),
        (doubled, "a.pptx", "This file hides a second one."),
    ],
)
def test_security_17_bombs_are_refused_before_unpacking(build, name, sentence):
    assert refused(build(), name).startswith(sentence)


def test_security_17_a_million_announced_entries_are_refused_by_the_announcement():
    data = bytearray(files.word())
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    assert "too many parts" in refused(bytes(data), "a.docx")


def test_security_17_a_bomb_in_the_table_of_a_chart_is_refused():
    inner = files.with_parts(files.workbook(), {"xl/media/a.bin": bytes(20 * 1024 * 1024)})
    data = files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": inner})
    assert "would unpack" in refused(data, "a.pptx")


def test_a_chart_may_bring_its_table_along():
    data = files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": files.workbook()})
    assert sent(data, "a.pptx").is_ready


# 18: what reaches outside or runs -----------------------------------------------------------------


def relation(of: str, kind: str, target: str) -> dict[str, bytes]:
    [xml] = files.relation(kind, target).values()
    return {of: xml}


DTD = b'<!DOCTYPE x [<!ENTITY a SYSTEM "%s/x">]><x>&a;</x>'
WORKSHEET = "<worksheet><sheetData><row><c><f>%s</f></c></row></sheetData></worksheet>"


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
SLIDE = "ppt/slides/slide1.xml"
CLICK = b'<p><a action="ppaction://program"/></p>'


def calling(where: str) -> dict[str, tuple[bytes, str]]:
    """By label: files that load something from a server, and their names."""
    link = f'xlink:href="{where}/x"'
    word = files.word()
    deck, book = files.deck(), files.workbook()

    def sheet(formula: str) -> dict[str, bytes]:
        return {SHEET: (WORKSHEET % formula).encode()}

    parts = {
        "entity": (word, {"word/settings.xml": DTD % where.encode()}, "docx"),
        "entity in a sheet": (book, {SHEET: DTD % where.encode()}, "xlsx"),
        "template": (word, files.relation("attachedTemplate", f"{where}/x.dotm"), "docx"),
        "template, not marked": (
            word,
            {"word/_rels/a.rels": f'<R><X Type="t" Target="{where}/x"/></R>'.encode()},
            "docx",
        ),
        "film": (deck, relation("ppt/slides/_rels/a.rels", "video", f"{where}/x"), "pptx"),
        "script link": (word, files.relation("hyperlink", "javascript:alert(1)"), "docx"),
        "header field": (
            word,
            {"word/header9.xml": files.field(f"INCLUDEPICTURE {where}")["word/document.xml"]},
            "docx",
        ),
        "spelled field": (word, files.field("QUOTE 68 68 69 65 85 84 79"), "docx"),
        "other workbook": (book, {"xl/externalLinks/externalLink1.xml": b"<x/>"}, "xlsx"),
        "connection": (book, {"xl/connections.xml": b"<x/>"}, "xlsx"),
        "service": (book, sheet(f"WEBSERVICE(&quot;{where}/x&quot;)"), "xlsx"),
        "dde": (book, sheet("cmd|'/c calc'!A1"), "xlsx"),
    }
    found = {
        label: (files.with_parts(data, extra), f"a.{ending}")
        for label, (data, extra, ending) in parts.items()
    }
    for label, body in {
        "picture": f"<draw:image {link}/>",
        "section": f"<text:section-source {link}/>",
        "frame": f"<draw:floating-frame {link}/>",
        "dde in text": '<text:dde-connection-decl office:dde-topic="x"/>',
    }.items():
        found[f"odt {label}"] = (files.odt(body), "a.odt")
    found["odt template"] = (files.odt(meta=f"<meta:template {link}/>"), "a.odt")
    found["odt reload"] = (files.odt(meta=f"<meta:auto-reload {link}/>"), "a.odt")
    found["mp4 elsewhere"] = (files.mp4(outside=True), "a.mp4")
    return found


@pytest.mark.parametrize("label", sorted(calling("http://example.org")))
def test_security_18_what_loads_from_elsewhere_is_refused(label, canary):
    sentence = refused(*calling(canary)[label])
    wanted = "is not a readable" if label.startswith("entity") else "loads parts from elsewhere"
    assert wanted in sentence


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (files.with_parts(files.deck(), {"ppt/vbaProject.bin": b"x"}), "a.pptx", "holds macros"),
        (files.with_parts(files.workbook(), {"xl/macrosheets/a.xml": b"<x/>"}), "a.xlsx", "macros"),
        (files.with_parts(files.workbook(), {"xl/activeX/a.xml": b"<x/>"}), "a.xlsx", "macros"),
        (files.with_parts(files.deck(), {SLIDE: CLICK}), "a.pptx", "starts a program"),
        (
            files.with_parts(
                files.word(), {"word/embeddings/a.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
            ),
            "a.docx",
            "carries a program or an old Office file",
        ),
        (files.with_parts(files.deck(), {"ppt/media/a.png": b"MZ\x90"}), "a.pptx", "a program"),
        (files.with_parts(files.odt(), {"Basic/Standard/a.xml": b"<x/>"}), "a.odt", "macros"),
        (files.with_parts(files.odt(), {"Scripts/python/a.py": b"x"}), "a.odt", "macros"),
        (files.odt('<script:event-listener script:language="x"/>'), "a.odt", "macros"),
        (files.odt('<text:a xlink:href="vnd.sun.star.script:a"/>'), "a.odt", "macros"),
    ],
)
def test_security_18_what_runs_in_an_office_document_is_refused(data, name, sentence):
    assert sentence in refused(data, name)


PLACES = [
    "note",
    "note, nested",
    "page",
    "document",
    "next action",
    "bookmark",
    "form",
    "program",
]


@pytest.mark.parametrize("place", PLACES)
def test_security_18_what_acts_in_a_pdf_is_refused_wherever_it_hangs(place, canary):
    assert refused(pdf_with(place, canary), "a.pdf").startswith("This PDF starts a script")


def test_security_18_files_inside_a_pdf_are_refused():
    document, buffer = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.attachments["tool.exe"] = b"MZ"
    document.save(buffer)
    assert refused(buffer.getvalue(), "a.pdf").startswith("This PDF carries other files inside.")


def test_security_18_and_27_links_a_reader_clicks_are_kept_and_never_called(canary):
    text = f'<text:a xlink:href="{canary}/x">more</text:a>'
    link = files.with_parts(files.word(), files.relation("hyperlink", f"{canary}/x"))
    assert sent(files.odt(text), "a.odt").is_ready
    assert sent(link, "a.docx").is_ready


# 19: too much, or broken --------------------------------------------------------------------------


def flood(kind: str) -> bytes:
    return files.pixel_flood(60_000) if kind == "png" else wide_jpeg()


def wide_jpeg() -> bytes:
    """A small JPEG whose header says 60,000 x 60,000."""
    data = bytearray(files.image("JPEG"))
    frame = data.find(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (60_000).to_bytes(2, "big") * 2
    return bytes(data)


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_security_19_a_pixel_flood_is_refused(kind):
    assert refused(flood(kind), f"a.{kind}").startswith("This picture has too many points")


def test_security_19_twenty_thousand_pages_are_refused():
    sentence = refused(files.pdf(20_000), "a.pdf")
    assert sentence == "This PDF has 20000 pages; up to 2000 are possible. Split it."


def locked_word() -> bytes:
    """An archive whose every part is marked as encrypted."""
    data = bytearray(files.word())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


LOCKED = '<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (files.pdf(password="x"), "a.pdf", "This file is protected by a password."),
        (locked_word(), "a.docx", "This file is protected by a password."),
        (
            files.with_parts(files.odt(), {"META-INF/manifest.xml": LOCKED.encode()}),
            "a.odt",
            "This file is protected by a password.",
        ),
        (files.pdf()[:200], "a.pdf", "This PDF is broken"),
        (files.deck()[:-30], "a.pptx", "This is not a readable PowerPoint presentation."),
        (files.with_parts(files.odt(), {"content.xml": b"<x>"}), "a.odt", "This is not a readable"),
        (files.image("JPEG", (600, 600))[:2000], "a.jpg", "This picture is broken"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(200), "a.mp4", "This MP4 video is broken"),
    ],
)
def test_security_19_locked_and_broken_files_get_a_sentence(data, name, sentence):
    assert refused(data, name).startswith(sentence)


def test_security_19_a_film_of_endless_boxes_is_refused():
    data = files.mp4() + files.box(b"free") * (limits.MAX_BOXES + 1)
    assert refused(data, "a.mp4").startswith("This file takes too long to check.")


def test_security_19_the_inspecting_process_is_confined(monkeypatch):
    set_to = {}
    monkeypatch.setattr(limits.resource, "setrlimit", lambda what, to: set_to.update({what: to}))
    limits.confine()
    assert set_to[limits.resource.RLIMIT_AS] == (512 * 1024**2, 512 * 1024**2)
    assert set_to[limits.resource.RLIMIT_CPU] == (10, 10)
    assert set_to[limits.resource.RLIMIT_FSIZE] == (0, 0)


def test_a_picture_of_as_many_points_as_are_possible_fits_the_limits():
    buffer = BytesIO()
    Image.new("RGB", (7000, 7000), "teal").save(buffer, "JPEG", progressive=True)
    assert sent(buffer.getvalue(), "a.jpg").is_ready


# 20: names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.pdf",
        "..\\..\\windows\\a.pdf",
        "a\x00.exe.pdf",
        "cod\u202efdp.exe.pdf",
        "a\r\nSet-Cookie: x=1.pdf",
        "n" * 300 + ".pdf",
        "😀.pdf",
        "\ud800.pdf",
    ],
)
def test_security_20_a_name_is_shown_clean_and_never_a_place(name):
    row = sent(files.pdf(), name)
    assert row.is_ready
    assert row.name == clean_name(name)
    assert len(row.name) <= 150
    path = store.incoming_path(row.key)
    assert path.parent == Path(default_storage.path("incoming"))
    assert path.stat().st_mode & 0o077 == 0


def test_security_20_a_refusal_with_a_long_name_fits():
    assert refused(files.pdf(), "n" * 300 + ".png").endswith("choose another one.")


# 21: slow, huge, full disk ------------------------------------------------------------------------


class Full:
    """A file on a disk that takes no more."""

    def __init__(self, *_args: object) -> None:
        raise OSError(28, "No space left on device")


def test_security_21_a_full_disk_leaves_neither_row_nor_bytes(monkeypatch):
    before = left()
    monkeypatch.setattr("materials.domain.incoming.os.open", Full)
    with pytest.raises(store.StoreFull, match="could not be stored"):
        sent(files.pdf(), "a.pdf")
    assert not IncomingFile.objects.exists()
    assert left() == before


def test_security_21_what_would_fill_the_disk_is_refused_before_it_comes(monkeypatch):
    monkeypatch.setattr(incoming, "RESERVE", 10**18)
    with pytest.raises(store.StoreFull):
        sent(files.pdf(), "a.pdf")
    assert not IncomingFile.objects.exists()


def test_security_21_a_disk_that_fills_up_keeps_what_was_there(monkeypatch):
    data, by = files.pdf(3), make.user(Role.AUTHOR)
    row = incoming.announce(name="a.pdf", size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data[:100]), length=100, at=make.NOW)
    rest = {"incoming": row, "body": BytesIO(data[100:]), "length": len(data) - 100}
    monkeypatch.setattr("materials.domain.incoming.os.fsync", Full)
    with pytest.raises(store.StoreFull):
        incoming.append(offset=100, at=make.NOW, **rest)
    monkeypatch.undo()
    row.refresh_from_db()
    assert row.received == 100
    rest["body"].seek(0)
    incoming.append(offset=100, at=make.NOW, **rest)
    assert row.is_ready


def test_security_21_too_large_a_file_is_refused_before_a_byte_comes():
    with pytest.raises(incoming.NotAccepted, match="up to 300 MB are possible"):
        incoming.announce(name="a.mp4", size=301 * 1024**2, by=make.user(Role.AUTHOR), at=make.NOW)
    assert not IncomingFile.objects.exists()
