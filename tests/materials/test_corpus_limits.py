"""Bad uploads that are too much, broken or slow, and disks that are full (19, 21).

The numbers are those of the list in the security notes. Each file comes in pieces as a browser
sends it, and ends in a clear sentence with nothing left on disk, or as a harmless stored file.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from experts.enums import Role
from materials.domain import incoming, store
from materials.domain.inspection import limits
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files
from tests.materials.sending import left, refused, sent

pytestmark = pytest.mark.django_db


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
