"""A grant with its words, pictures and partners, for tests."""

from __future__ import annotations

import io

from PIL import Image

from experts.models import Partner
from feedback.reports.enums import Licence
from feedback.reports.models import FundingText, Grant, Logo
from tests import factories as make

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">'
    b'<rect width="30" height="20" fill="#003399"/></svg>'
)


def png(width: int = 30, height: int = 20) -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#003399").save(buffer, "PNG")
    return buffer.getvalue()


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "#003399").save(buffer, "JPEG")
    return buffer.getvalue()


def grant(**more: object) -> Grant:
    """The grant, with its emblem."""
    facts = {
        "acronym": "PORT",
        "title": "Portfolios for newcomers",
        "number": "2025-1-BG01-KA220-ADU-000000000",
        "authority": "The national agency",
        "result": "R2",
        "licence": Licence.CC_BY_4,
        "emblem": SVG,
        "emblem_type": "image/svg+xml",
        "emblem_words": "Flag of Europe",
    }
    found, _new = Grant.objects.update_or_create(pk=1, defaults=facts | more)
    return found


def text(language: str = "en", *, signed: bool = True) -> FundingText:
    """Statement and disclaimer, signed off by a project manager."""
    signer = make.person("project_manager") if signed else None
    found, _new = FundingText.objects.update_or_create(
        grant=Grant.objects.first() or grant(),
        language=language,
        defaults={
            "statement": "Funded by the European Union.",
            "disclaimer": "The views are those of the authors alone.",
            "signed_off_by": signer,
            "signed_off_at": make.NOW if signed else None,
        },
    )
    return found


def partner(code: str = "BG", name: str = "Open Door Training") -> Partner:
    return Partner.objects.create(name=name, kind="NGO", country=make.country(code))


def logo(code: str = "BG") -> Logo:
    return Logo.objects.create(
        partner=partner(code, "House of Words"), picture=SVG, media_type="image/svg+xml"
    )
