"""Draws an untrusted file in a process of its own, with little memory and little time.

Run as `python -m materials.domain.drawing KIND PATH FOLDER FIRST`; prints a line of JSON for each
page as soon as it is done: {"page", "text", "width", "height", "image", "note"}, before the first
one {"pages": n}, at the end {"done": true}. Pictures lie in FOLDER. It knows no settings and no
database, so a page that breaks a library breaks this process and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from materials.domain import page_words
from materials.domain.confining import confine

# 108 points an inch: sharp enough to read on a screen, a tenth of the weight of print.
SCALE = 108 / 72
MAX_PIXELS = 4_000_000
THUMBNAIL = (360, 480)
# Above this, pages carry their text and no picture.
PICTURES = 300
MAX_TEXT = 100_000
# The size of a page that could not be opened, in points: A4.
UNKNOWN = (595.0, 842.0)

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 400


def draw_pdf(path: str, folder: Path, first: int) -> None:
    """Every page from `first` on; one that breaks is said to be so, and the next one follows."""
    import pypdfium2  # noqa: PLC0415  each kind loads only its own library

    document = pypdfium2.PdfDocument(path)
    _say(pages=len(document))
    for number in range(first, len(document) + 1):
        try:
            said = _page(document, number, folder)
        except (pypdfium2.PdfiumError, MemoryError, ValueError, OSError):
            said = broken(number)
        _say(**said)


def broken(number: int) -> dict[str, Any]:
    """What is said of a page that cannot be drawn."""
    width, height = UNKNOWN
    nothing = {"text": "", "image": "", "note": "broken"}
    return {"page": number, "width": width, "height": height, **nothing}


def _page(document: Any, number: int, folder: Path) -> dict[str, Any]:
    page = document[number - 1]
    width, height = page.get_size()
    layer = page.get_textpage()
    image = ""
    if number <= PICTURES:
        most = (MAX_PIXELS / max(width * height, 1)) ** 0.5
        picture = page.render(scale=min(SCALE, most)).to_pil().convert("RGB")
        image = f"{number}.webp"
        picture.save(folder / image, "WEBP", quality=78, method=3)
        if number == 1:
            _thumbnail(picture, folder)
    return {
        "page": number,
        "text": tidied(page_words.of(layer))[:MAX_TEXT],
        "width": round(width, 2),
        "height": round(height, 2),
        "image": image,
        "note": "",
    }


def tidied(text: str) -> str:
    """Words as people read them: no marks of broken lines, nothing that no row can carry."""
    # pdfium marks a hyphen at the end of a line with U+FFFE.
    text = text.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))


def draw_picture(path: str, folder: Path, _first: int) -> None:
    """A small picture of the picture."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with Image.open(path, formats=["PNG", "JPEG"]) as image:
        _thumbnail(ImageOps.exif_transpose(image).convert("RGB"), folder)
    _say(pages=0)


def _thumbnail(picture: Any, folder: Path) -> None:
    small = picture.copy()
    small.thumbnail(THUMBNAIL)
    small.save(folder / "thumbnail.webp", "WEBP", quality=75, method=3)


def _say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


KINDS = {"pdf": draw_pdf, "picture": draw_picture}


def main(kind: str, path: str, folder: str, first: str) -> None:
    confine(memory=MEMORY, seconds=CPU_SECONDS)
    os.nice(10)
    KINDS[kind](path, Path(folder), int(first))
    _say(done=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
