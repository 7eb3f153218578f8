"""Emblem and logos that came as drawings (SVG), which Word shows as pictures only."""

from __future__ import annotations

from collections.abc import Iterable

from cop_platform.common import typesetting
from cop_platform.common.reporting.document import Picture
from cop_platform.common.typesetting import NotTypeset

_SVG = "image/svg+xml"
_HIGH = "3cm"
_PIXELS_PER_INCH = 288


def shown(found: Iterable[Picture]) -> dict[bytes, bytes]:
    """By the bytes of each picture those that Word can show; what cannot be drawn is left out."""
    pictures = list(found)
    ready = {p.data: p.data for p in pictures if p.media_type != _SVG}
    drawings = list(dict.fromkeys(p.data for p in pictures if p.media_type == _SVG))
    return ready | _drawn(drawings)


def _drawn(drawings: list[bytes]) -> dict[bytes, bytes]:
    """Each drawing as PNG; one that is broken takes none of the others with it."""
    if not drawings:
        return {}
    files = {f"{number}.svg": content for number, content in enumerate(drawings)}
    pages = "\n#pagebreak()\n".join(f'#image("{name}", height: {_HIGH})' for name in files)
    page = f"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n{pages}\n"
    try:
        made = typesetting.pictures(
            files | {"document.typ": page.encode()}, pixels_per_inch=_PIXELS_PER_INCH
        )
    except NotTypeset:
        alone = drawings if len(drawings) > 1 else []
        return {known: png for one in alone for known, png in _drawn([one]).items()}
    return dict(zip(drawings, made, strict=True))
