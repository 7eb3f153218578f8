"""Sound files: known by content, whatever they are called."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from cop_platform.common import sounds
from tests.feedback.groups import world

OGG = b"OggS" + b"\x00" * 60


def sent(content: bytes, name: str = "a.mp3") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (OGG, "audio/ogg"),
        (b"ID3\x04" + b"\x00" * 20, "audio/mpeg"),
        (b"\x1a\x45\xdf\xa3" + b"\x00" * 20, "audio/webm"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
    ],
)
def test_the_content_decides_what_a_file_is(content, media_type):
    assert sounds.accept(sent(content)).media_type == media_type


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>", b"%PDF-1.7", b"NOPE\x00\x00\x00\x00WAVE", b"PK\x03\x04"]
)
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(sounds.NotASound):
        sounds.accept(sent(content))


def test_a_sound_that_is_too_big_is_refused():
    with pytest.raises(sounds.NotASound):
        sounds.accept(sent(OGG), limit=10)


@pytest.mark.django_db
def test_another_sound_takes_the_first_ones_bytes_away():
    row = world.consent_text()
    sounds.keep(row, sounds.accept(sent(OGG)))
    first = row.file.name

    sounds.keep(row, sounds.accept(sent(b"ID3" + b"\x00" * 20)))

    row.refresh_from_db()
    assert not default_storage.exists(first)
    assert default_storage.exists(row.file.name)
    assert row.media_type == "audio/mpeg"
