"""Sound files that people send: known by their content, limited in size, named by chance.

`Sound` stands beside a row: read aloud by the project, told by a member, or spoken by somebody who
cannot write.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.refusals import NotPossible

MEGABYTE = 1024 * 1024
# A question read aloud and a voice message; a talk of two hours as phones record it, which is the
# largest that comes in one request.
SPOKEN_LIMIT = 8 * MEGABYTE
TALK_LIMIT = 50 * MEGABYTE

# First bytes and where they stand, by the type a browser is told.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1a\x45\xdf\xa3", "audio/webm"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftyp", "audio/mp4"),
)

_ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/amr": "amr",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
}


def ending(media_type: str) -> str:
    """What a file of this type is called behind its dot; "bin" for a type that is none of ours."""
    return _ENDINGS.get(media_type, "bin")


def sound_key(_row: models.Model, _filename: str) -> str:
    """Where the bytes lie: under a random name, so that one file can go without the others."""
    return f"sounds/{secrets.token_hex(16)}"


class Sound(models.Model):
    """Bytes under a random name, with their hash and the type their content proved."""

    file = models.FileField(gettext_lazy("sound file"), upload_to=sound_key, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class NotASound(NotPossible):
    """The content is none of the sounds that phones record and browsers play."""


@dataclass(frozen=True)
class HeardSound:
    """Bytes that are a sound, with their hash and the type their content proves."""

    content: bytes
    sha256: str
    media_type: str


def accept(upload: UploadedFile, *, limit: int = SPOKEN_LIMIT) -> HeardSound:
    """The sound in an upload of at most `limit` bytes. Raises NotASound with a sentence."""
    size = upload.size or 0
    if size > limit:
        raise NotASound(
            _("This file is too big: at most %(most)d MB.") % {"most": limit // MEGABYTE}
        )
    content = upload.read()
    media_type = _proved(content)
    if media_type is None:
        raise NotASound(_("This file is no sound that we know: use MP3, M4A, OGG, WebM or WAV."))
    return HeardSound(content, hashlib.sha256(content).hexdigest(), media_type)


def keep(row: Any, sound: HeardSound) -> None:
    """Puts the sound on a row with the fields of `Sound` and saves it; an older one goes."""
    drop(row, save=False)
    row.sha256, row.media_type = sound.sha256, sound.media_type
    row.file.save("", ContentFile(sound.content), save=False)
    row.save()


def drop(row: Any, *, save: bool = True) -> None:
    """Deletes the bytes and forgets them; a row without a sound stays as it is."""
    if row.file:
        row.file.delete(save=False)
    row.file, row.sha256, row.media_type = "", "", ""
    if save:
        row.save(update_fields=["file", "sha256", "media_type"])


def _proved(content: bytes) -> str | None:
    for start, mark, media_type in _SIGNATURES:
        if content[start : start + len(mark)] == mark:
            if media_type == "audio/wav" and content[:4] != b"RIFF":
                continue
            return media_type
    return None
