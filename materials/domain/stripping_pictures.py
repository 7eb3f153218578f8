"""Pictures without what a camera or a program wrote about people; their points stay the same."""

from __future__ import annotations

import io

_PNG = b"\x89PNG\r\n\x1a\n"
# Parts of a PNG that hold words, EXIF or a time.
_PNG_WORDS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
# JFIF, colour profile and Adobe's colour transform are needed to show the picture; all else of
# the application segments (EXIF, XMP, IPTC) and the comments tell about people.
_JPEG_NEEDED = {0xE0, 0xE2, 0xEE}


def strip(data: bytes) -> bytes:
    """The picture without its words. Raises ValueError for what is neither PNG nor JPEG."""
    if data.startswith(_PNG):
        return png(data)
    return jpeg(_upright(data))


def png(data: bytes) -> bytes:
    kept, place = [_PNG], len(_PNG)
    while place + 12 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if kind not in _PNG_WORDS:
            kept.append(data[place : place + 12 + length])
        place += 12 + length
        if kind == b"IEND":
            break
    return b"".join(kept)


def jpeg(data: bytes) -> bytes:
    """Without its application segments; also what follows the end of the picture is gone."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("not a JPEG")
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            return b"".join([*kept, data[place : end + 2 if end > place else len(data)]])
        if marker == 0xFF:
            place += 1
            continue
        length = 2 + int.from_bytes(data[place + 2 : place + 4])
        about_people = 0xE0 <= marker <= 0xEF and marker not in _JPEG_NEEDED
        if not about_people and marker != 0xFE:
            kept.append(data[place : place + length])
        place += length
    raise ValueError("a JPEG without a picture")


def _upright(data: bytes) -> bytes:
    """A picture that is only turned by its EXIF is turned for good, before EXIF goes."""
    from PIL import Image, ImageOps  # noqa: PLC0415  the bytes alone are enough for most pictures

    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        if image.getexif().get(0x0112, 1) == 1:
            return data
        turned, buffer = ImageOps.exif_transpose(image), io.BytesIO()
        turned.save(buffer, "JPEG", quality=95, icc_profile=image.info.get("icc_profile"))
    return buffer.getvalue()
