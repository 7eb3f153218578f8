"""Documents and renditions for tests: set by Typst, drawn by the job or put there at once."""

from __future__ import annotations

import hashlib
from functools import cache

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from cop_platform.common.models import JobState
from materials.domain import renditions
from materials.enums import DOCX, Shown, TrackKind
from materials.models import Page, Rendition, TextTrack, Version
from tests.materials import files

WEBP = files.image("WEBP", size=(2, 3))
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nWelcome to the afternoon.\n"
WORD = {"media_type": DOCX.media_type, "original_name": "plan.docx", "pages": None}


@cache
def typeset(*pages: str, language: str = "en") -> bytes:
    """A PDF with one page for each text."""
    fonts = str(settings.NODE_MODULES / "vazirmatn" / "fonts" / "ttf")
    body = "\n#pagebreak()\n".join(pages)
    head = f'#set text(lang: "{language}", font: ("Vazirmatn", "Libertinus Serif"))\n'
    source = (head + body).encode()
    return typst.compile(source, font_paths=[fonts], ignore_system_fonts=True, timestamp=0)


def drawn(version: Version) -> Rendition:
    """The rendition of a version after its job."""
    rendition = renditions.request(version=version, at=timezone.now())
    renditions.work(run_id=rendition.pk, at=timezone.now())
    rendition.refresh_from_db()
    return rendition


def stored(data: bytes) -> str:
    """The key under which made bytes lie."""
    sha256 = hashlib.sha256(data).hexdigest()
    key = f"renditions/{sha256[:2]}/{sha256}"
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(data))
    return key


def ready(version: Version, *texts: str, **more: object) -> Rendition:
    """A rendition as if the job had been there: a page for each text, and no child was started."""
    picture = stored(WEBP)
    at = timezone.now()
    Page.objects.bulk_create(
        Page(version=version, number=n, text=text, width=595, height=842, image=picture)
        for n, text in enumerate(texts or ("Words",), start=1)
    )
    return Rendition.objects.create(
        **{
            "version": version,
            "state": JobState.READY,
            "shown": Shown.PAGES,
            "progress": 100,
            "pages": len(texts or ("Words",)),
            "thumbnail": picture,
            # A round that opens asks for no other copy.
            "stripped": stored(b"%PDF-1.7 a copy"),
            "requested_at": at,
            "finished_at": at,
        }
        | more
    )


def captions(version: Version, **more: object) -> TextTrack:
    """Captions of a film."""
    return TextTrack.objects.create(
        **{
            "version": version,
            "kind": TrackKind.CAPTIONS,
            "language": version.language,
            "text": VTT,
            "uploaded_by": version.uploaded_by,
            "uploaded_at": timezone.now(),
        }
        | more
    )
