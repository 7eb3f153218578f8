"""Drawings as pictures, for formats that cannot draw."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cop_platform.common import typesetting
from cop_platform.common.reporting.drawings import Drawing
from feedback.reports.domain.writers import pdf
from feedback.reports.domain.writers.typst_drawings import drawing
from feedback.reports.domain.writers.typst_texts import Texts, tag

# Twice the 96 dots an inch that a screen shows; a drawing is 16.8 cm wide, so 1270 dots.
PIXELS_PER_INCH = 192
_PARTS = ("theme", "drawings", "charts")


def png(drawings: Sequence[Drawing], *, right_to_left: bool, language: str) -> list[bytes]:
    """A PNG of each drawing, all set in one go. Raises FontMissing or NotTypeset."""
    if not drawings:
        return []
    texts = Texts(language, right_to_left=right_to_left)
    code, region = tag(language)
    said = {
        "lang": code or "en",
        "region": region,
        "rtl": right_to_left,
        "drawings": [drawing(one, texts, language) for one in drawings],
    }
    files = pdf.templates((*_PARTS, "pictures"))
    files["document.typ"] = files.pop("pictures.typ")
    return typesetting.pictures(
        files | {"data.json": json.dumps(said).encode()}, pixels_per_inch=PIXELS_PER_INCH
    )
