"""PNG and JPEG."""

from __future__ import annotations

import warnings
from typing import Any

from PIL import Image

from materials.domain.inspection.limits import MAX_PIXELS, Unfit
from materials.domain.inspection.zips import no_archive

_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_NAMES = {"png": "PNG", "jpg": "JPEG"}


def inspect(kind: str, path: str) -> dict[str, Any]:
    """Few enough pixels, told from the header, and every one of them can be decoded."""
    if kind == "png":
        _ends_as_png(path)
    no_archive(path)
    # The limit is checked here, with a sentence; Pillow's own warning would only repeat it.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(path, formats=[_NAMES[kind]]) as image:
            pixels = image.width * image.height
            if pixels > MAX_PIXELS:
                raise Unfit("too_many_pixels", limit=MAX_PIXELS // 10**6)
            image.verify()
        with Image.open(path, formats=[_NAMES[kind]]) as image:
            image.load()
    except Image.DecompressionBombError as error:
        raise Unfit("too_many_pixels", limit=MAX_PIXELS // 10**6) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unfit("broken_image") from error
    return {}


def _ends_as_png(path: str) -> None:
    """A picture ends with its own mark; what follows it is another file in disguise."""
    with open(path, "rb") as file:
        if file.seek(0, 2) < len(_PNG_END):
            raise Unfit("broken_image")
        file.seek(-len(_PNG_END), 2)
        if file.read() != _PNG_END:
            raise Unfit("broken_image")
