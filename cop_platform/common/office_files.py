"""What files of office programs have in common, whoever writes them."""

from __future__ import annotations

import io
import unicodedata
import zipfile

# How a workbook is opened: what people typed is text, never a formula, a link or a number.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(content: bytes) -> bytes:
    """A zipped document again, parts sorted and with a fixed time: equal ones are equal bytes.

    The list of contents stays first, where readers look for it.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()


def runs_right_to_left(text: str, *, otherwise: bool = False) -> bool:
    """The direction of the first letter that has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return otherwise
