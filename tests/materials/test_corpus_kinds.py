"""Bad uploads whose name or kind is not what it says (16, 20).

The numbers are those of the list in the security notes. Each file comes in pieces as a browser
sends it, and ends in a clear sentence with nothing left on disk, or as a harmless stored file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from materials.domain import incoming, store
from materials.domain.names import clean_name
from materials.models import IncomingFile
from tests.materials import files
from tests.materials.sending import refused, sent

pytestmark = pytest.mark.django_db


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
