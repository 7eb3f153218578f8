"""What may come in, and the sentence for everything that may not.

The numbers in the names are those of the list of attacks and faults in the security notes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from materials.domain import inspecting, intake, store
from materials.domain.intake import NotAccepted
from materials.domain.names import clean_name, extension
from materials.enums import DOCX, FORMATS, JPEG, PDF, PNG
from tests.materials import files


def refused(data: bytes, name: str = "guide.pdf") -> str:
    """The sentence an upload is refused with; nothing may be left on disk."""
    before = stored()
    with pytest.raises(NotAccepted) as refusal:
        intake.take_file(files.upload(data, name))
    assert stored() == before
    return str(refusal.value)


def stored() -> set[str]:
    root = Path(default_storage.path(""))
    return {str(path) for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("data", "name", "media_type", "pages"),
    [
        (files.pdf(3), "guide.pdf", PDF.media_type, 3),
        (files.pdf(1), "GUIDE.PDF", PDF.media_type, 1),
        (files.word(), "template.docx", DOCX.media_type, None),
        (files.image("PNG"), "card.png", PNG.media_type, None),
        (files.image("JPEG"), "card.jpg", JPEG.media_type, None),
        (files.image("JPEG"), "card.jpeg", JPEG.media_type, None),
    ],
)
def test_a_good_file_is_kept_under_its_hash(data, name, media_type, pages):
    content = intake.take_file(files.upload(data, name))
    digest = hashlib.sha256(data).hexdigest()
    assert content == intake.Content(digest, media_type, len(data), name, pages)
    key = f"materials/{digest[:2]}/{digest}"
    assert default_storage.open(key).read() == data
    assert Path(default_storage.path(key)).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "card.svg"),
        (b"<html><script>alert(1)</script>", "page.html"),
        (b"MZ\x90", "tool.exe"),
        (files.word(), "old.doc"),
        (files.pdf(), "no-ending"),
    ],
)
def test_security_16_what_is_not_on_the_list_is_refused(data, name):
    assert "not accepted. Choose a PDF document (up to 50 MB)" in refused(data, name)


@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "docx"])
@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"junk before %PDF-1.7",
        b"GIF89a" + b"\x00" * 40,
        b"\x00" * 100,
    ],
)
def test_security_16_the_content_decides_not_the_name(data, ending):
    assert refused(data, f"nice.{ending}") == (
        f"The content of nice.{ending} is not what its name says."
    )


def test_security_16_a_wrong_ending_is_named():
    assert refused(files.pdf(), "card.png") == (
        "The name card.png and its content disagree; the content is: PDF document. "
        "Give the file the ending .pdf or choose another one."
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (files.pdf() + files.word(), "guide.pdf"),
        (files.image("JPEG") + files.word(), "card.jpg"),
    ],
)
def test_security_16_two_files_in_one_are_refused(data, name):
    assert refused(data, name) == "This file hides a second one. Export it once more."


def test_security_16_nothing_may_follow_a_png():
    data = files.image() + b"<script>alert(1)</script>"
    assert refused(data, "card.png").startswith("This picture is broken")


def test_security_17_a_zip_bomb_is_refused_before_unpacking():
    data = files.bomb()
    assert len(data) < 1024 * 1024
    assert refused(data, "a.docx").startswith(
        "This Word document would unpack to more than 200 MB."
    )


def test_security_17_a_dense_archive_below_the_limit_is_refused_by_its_ratio():
    assert "unpack to more" in refused(files.bomb(20), "a.docx")


def test_security_17_thousands_of_entries_are_refused():
    assert refused(files.many_entries(2100), "a.docx") == (
        "This Word document has too many parts; up to 2000 are possible."
    )


def test_security_17_overlapping_entries_are_refused():
    assert refused(files.overlapping(), "a.docx")


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument"])
def test_security_18_parts_from_outside_are_refused(kind):
    data = files.word_with(files.relation(kind, "http://evil.example/x"))
    assert refused(data, "a.docx").startswith("This Word document loads parts from elsewhere.")


def test_a_link_a_reader_clicks_may_point_outside():
    data = files.word_with(files.relation("hyperlink", "https://example.org/"))
    assert intake.take_file(files.upload(data, "a.docx")).media_type == DOCX.media_type


@pytest.mark.parametrize(
    ("place", "taken"),
    [
        ("file:///C:\\Users\\a\\House.dotx", True),
        ("file:///D:/House.dotx", True),
        ("file://server/House.dotx", False),
        ("\\\\server\\House.dotx", False),
    ],
)
def test_security_18_the_template_of_ones_own_disk_is_a_name_and_no_call(place, taken):
    data = files.word_with(files.relation("attachedTemplate", place))
    if taken:
        assert intake.take_file(files.upload(data, "a.docx")).media_type == DOCX.media_type
    else:
        assert "from elsewhere" in refused(data, "a.docx")


@pytest.mark.parametrize(
    "extra",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/VBAPROJECT.BIN": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"[Content_Types].xml": b"<Types><D a='application/vnd.ms-word.macroEnabled'/></Types>"},
    ],
)
def test_security_18_macros_are_refused(extra):
    assert refused(files.word_with(extra), "a.docx") == (
        "This Word document holds macros. Save it as .docx without them."
    )


@pytest.mark.parametrize(
    "words", ["DDEAUTO c:\\\\windows cmd", " dde Excel x ", 'INCLUDEPICTURE "http://evil.example"']
)
def test_security_18_fields_that_reach_outside_are_refused(words):
    assert "from elsewhere" in refused(files.word_with(files.field(words)), "a.docx")


def test_security_18_entities_are_refused():
    document = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    data = files.word_with({"word/document.xml": document})
    assert refused(data, "a.docx").startswith("This is not a readable Word document.")


@pytest.mark.parametrize("where", ["names", "open", "launch"])
def test_security_18_a_pdf_that_starts_something_is_refused(where):
    assert refused(files.pdf_with_script(where)).startswith("This PDF starts a script")


def test_security_19_a_pixel_flood_is_refused_from_its_header():
    assert refused(files.pixel_flood(), "a.png") == (
        "This picture has too many points; up to 50 million are possible. Make it smaller."
    )


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"%PDF-1.7\nnothing follows", "a.pdf", "This PDF is broken"),
        (files.pdf(password="x"), "a.pdf", "This file is protected by a password."),
        (files.pdf(2001), "a.pdf", "This PDF has 2001 pages; up to 2000 are possible."),
        (files.image("JPEG", (600, 600))[:2000], "a.jpg", "This picture is broken"),
        (files.image("PNG")[:-30], "a.png", "This picture is broken"),
        (b"PK\x03\x04 no archive", "a.docx", "This is not a readable Word document."),
        (b"PK\x05\x06" + b"\x00" * 18, "a.docx", "The content of a.docx is not"),
        (b"", "a.pdf", "This file is empty."),
    ],
)
def test_security_19_broken_files_get_a_sentence(data, name, sentence):
    assert refused(data, name).startswith(sentence)


def test_security_19_a_file_that_breaks_its_reader_breaks_nothing_else(monkeypatch):
    monkeypatch.setattr(inspecting, "INSPECTION_SECONDS", 0.01)
    assert refused(files.pdf()).startswith("This file takes too long to check.")


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.extension)
def test_a_file_over_its_limit_is_refused_by_its_size(entry, monkeypatch):
    upload = files.upload(b"x", f"a.{entry.extension}")
    upload.size = entry.max_bytes + 1
    monkeypatch.setattr(store, "received", None)
    with pytest.raises(NotAccepted, match=f"up to {entry.max_bytes // 1024**2} MB are possible"):
        intake.take_file(upload)


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    before = stored()
    monkeypatch.setattr("materials.domain.store.os.link", full)
    with pytest.raises(store.StoreFull, match="could not be stored"):
        intake.take_file(files.upload(files.pdf(mark="full")))
    assert stored() == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\guide.pdf", "guide.pdf"),
        ("gui\x00de.pdf", "guide.pdf"),
        ("cod\u202efdp.exe", "codfdp.exe"),
        ("guide\r\nSet-Cookie: a=b.pdf", "guideSet-Cookie: a=b.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("دليل المرشد.pdf", "دليل المرشد.pdf"),
        ("\ud800.pdf", "file.pdf"),
        (".pdf", "file.pdf"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_security_20_names_are_cleaned_for_display(typed, shown):
    assert clean_name(typed) == shown


@given(st.text(max_size=400))
def test_security_20_no_name_becomes_a_path_or_a_header(typed):
    shown = clean_name(typed)
    assert 0 < len(shown) <= 150
    assert not set("/\\\r\n\x00\u202e") & set(shown)
    shown.encode()
    assert "/" not in extension(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("HTTP://example.org:80/a?b=C#d", "http://example.org/a?b=C#d"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        (" https://example.org/ ", "https://example.org/"),
    ],
)
def test_one_page_has_one_address(typed, stored):
    assert intake.take_link(typed).link == stored


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://name:secret@example.org/",
        "https://[::1",
        "https://example.org:99999999/",
    ],
)
def test_addresses_that_are_no_pages_are_refused(typed):
    with pytest.raises(NotAccepted):
        intake.take_link(typed)
