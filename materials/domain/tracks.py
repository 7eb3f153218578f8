"""The words of a film: captions as WebVTT and transcripts, checked before they are kept."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from materials import permissions
from materials.enums import TrackKind
from materials.models import TextTrack, Version

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"<[^>]*>")
_SECTIONS = ("NOTE", "STYLE", "REGION")


class NotATrack(NotPossible):
    """The text cannot be used; the message says which line is wrong."""


@transaction.atomic
def save_track(
    *, version_id: int, kind: str, language: str, text: str, by: User, at: datetime
) -> TextTrack:
    """Keeps captions or a transcript of a film or a link, in place of those in the same language.

    Raises Refused, NotATrack.
    """
    version = Version.objects.select_related("material").get(pk=version_id)
    permissions.may_edit(by, version.material)
    if not (version.link or version.media_type.startswith("video/")):
        raise NotATrack(_("Captions and transcripts belong to a film."))
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip() + "\n"
    if kind == TrackKind.CAPTIONS or text.startswith("WEBVTT"):
        check(text)
    track, _is_new = TextTrack.objects.update_or_create(
        version=version,
        kind=kind,
        language=language,
        defaults={"text": text, "uploaded_by": by.person, "uploaded_at": at},
    )
    audit.record(
        deed="text track saved",
        about=track,
        by=by,
        at=at,
        country_id=version.material.country_id,
        kind=kind,
        language=language,
    )
    return track


def check(text: str) -> None:
    """Raises NotATrack with the line when a text is not WebVTT with at least one cue."""
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise NotATrack(_("The first line of captions is WEBVTT."))
    cues, before = 0, 0.0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        start, end = _times(line, number)
        if end <= start or start < before:
            raise NotATrack(_("Line %(line)d: a caption ends before it begins.") % {"line": number})
        cues, before = cues + 1, start
    if not cues:
        raise NotATrack(_("There is no caption in this text."))


def spoken(text: str) -> list[str]:
    """The words of a track to be read on a page, without times and marks, by paragraph."""
    if not text.startswith("WEBVTT"):
        return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    found = []
    for block in re.split(r"\n[ \t]*\n", text)[1:]:
        lines = block.strip("\n").split("\n")
        times = [number for number, line in enumerate(lines) if "-->" in line]
        if times and not lines[0].startswith(_SECTIONS):
            found.append(_TAG.sub("", " ".join(lines[times[0] + 1 :])).strip())
    return [words for words in found if words]


def _times(line: str, number: int) -> tuple[float, float]:
    """Begin and end of a cue in seconds."""
    found = _CUE.fullmatch(line.strip())
    if found is None:
        raise NotATrack(
            _("Line %(line)d: times look like 00:00:01.000 --> 00:00:03.500.") % {"line": number}
        )
    parts = [int(group or 0) for group in found.groups()]
    start, end = parts[:4], parts[4:]
    return _seconds(start), _seconds(end)


def _seconds(parts: list[int]) -> float:
    hours, minutes, seconds, thousandths = parts
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
