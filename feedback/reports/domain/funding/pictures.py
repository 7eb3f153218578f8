"""Pictures for covers: what was uploaded is looked at by its content, never by its name."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from feedback.reports.domain.funding import vectors
from materials.domain import inspecting, stripping_pictures
from materials.enums import JPEG, PNG, Format

MAX_BYTES = 300 * 1000
_KINDS: tuple[tuple[bytes, Format, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG, "image/png"),
    (b"\xff\xd8\xff", JPEG, "image/jpeg"),
)


class BadPicture(NotPossible):
    """The file is no picture that may stand on a cover; the message says why."""


@dataclass(frozen=True)
class Checked:
    """A picture that may be kept: its bytes without what a camera wrote, and what it is."""

    media_type: str
    data: bytes


def checked(data: bytes) -> Checked:
    """The picture as it is kept: PNG and JPEG decode to their last point, an SVG only draws.

    `data` may be one byte longer than is taken at most. Raises BadPicture with a sentence.
    """
    if not data:
        raise BadPicture(_("This file is empty."))
    if len(data) > MAX_BYTES:
        raise BadPicture(
            _("This picture is larger than %(n)d kB. Save it smaller.") % {"n": MAX_BYTES // 1000}
        )
    for start, kind, media_type in _KINDS:
        if data.startswith(start):
            return Checked(media_type, _points(data, kind))
    if b"<svg" in data or b":svg" in data:
        try:
            return Checked("image/svg+xml", vectors.cleaned(data))
        except vectors.NotADrawing as error:
            raise BadPicture(str(error)) from error
    raise BadPicture(_("This is no picture. Upload a PNG, a JPEG or an SVG."))


def _points(data: bytes, kind: Format) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=f".{kind.extension}") as file:
        file.write(data)
        file.flush()
        try:
            inspecting.look_inside(Path(file.name), kind)
        except inspecting.NotAccepted as error:
            raise BadPicture(str(error)) from error
    try:
        return stripping_pictures.strip(data)
    except (ValueError, OSError) as error:
        raise BadPicture(_("This picture is broken or not complete. Save it once more.")) from error
