"""Has a file looked at by the inspecting process, and says in words why one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop_platform.common.refusals import NotPossible
from materials.domain import children
from materials.enums import Format

MODULE = "materials.domain.inspection"
# The process may use ten seconds of the processor; a busy machine takes longer over them.
INSPECTION_SECONDS = 30


class NotAccepted(NotPossible):
    """The file or link is refused; the message says why and what would do."""


class OtherKind(Exception):
    """Inside is a document of another kind, by its ending."""

    def __init__(self, ending: str) -> None:
        super().__init__(ending)
        self.ending = ending


def look_inside(path: Path, expected: Format) -> dict[str, Any]:
    """What could be read: pages, seconds, title, language; each may be missing.

    Raises NotAccepted with a sentence, OtherKind for an office document of another kind.
    """
    answer = _ask(path, expected)
    code = answer.get("refused", "")
    if code == "other_kind":
        raise OtherKind(answer["kind"])
    if code:
        values = {"format": expected.label, "ending": expected.extension, **answer}
        raise NotAccepted(str(_SENTENCES[code]) % values)
    return answer


def _ask(path: Path, expected: Format) -> dict[str, Any]:
    try:
        return children.answer(MODULE, expected.extension, str(path), seconds=INSPECTION_SECONDS)
    except children.Broken:
        return {"refused": "too_heavy"}


_SENTENCES: dict[str, str | Promise] = {
    "broken_pdf": _("This PDF is broken and cannot be opened. Export it once more."),
    "password": _("This file is protected by a password. Upload it without one."),
    "too_many_pages": _("This PDF has %(pages)d pages; up to %(limit)d are possible. Split it."),
    "active_pdf": _("This PDF starts a script or a program when it is opened. Export it without."),
    "files_inside": _("This PDF carries other files inside. Export it without attachments."),
    "broken_image": _("This picture is broken or not complete. Save it once more."),
    "too_many_pixels": _(
        "This picture has too many points; up to %(limit)d million are possible. Make it smaller."
    ),
    "two_in_one": _("This file hides a second one. Export it once more."),
    "broken_office": _("This is not a readable %(format)s. Save it once more."),
    "macros": _("This %(format)s holds macros. Save it as .%(ending)s without them."),
    "active_office": _(
        "This %(format)s starts a program when somebody clicks in it. Take that action out."
    ),
    "programs_inside": _("This %(format)s carries a program or an old Office file. Take it out."),
    "outside_parts": _(
        "This %(format)s loads parts from elsewhere. Put them into the document itself."
    ),
    "too_many_entries": _("This %(format)s has too many parts; up to %(limit)d are possible."),
    "too_large_unpacked": _(
        "This %(format)s would unpack to more than %(limit)d MB. Make its pictures smaller."
    ),
    "broken_video": _("This MP4 video is broken or not complete. Export it once more as MP4."),
    "too_heavy": _("This file takes too long to check. Export it once more, simpler."),
}
