"""Names of files: what a person typed is shown cleaned, and never becomes a path."""

from __future__ import annotations

import re
import unicodedata

from django.utils.text import Truncator

from materials.models import Version

MAX_NAME = 150
# Marks that turn the direction of what follows could make "gpj.exe" look like a picture.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean_name(typed: str) -> str:
    """A display name: last part of a path, one line, no control or direction signs, not too long.

    The ending survives shortening. A name of which nothing is left becomes "file".
    """
    name = re.split(r"[/\\]", typed)[-1]
    name = _DIRECTION.sub("", name)
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    name = " ".join(unicodedata.normalize("NFC", name).split()).rstrip(". ")
    # Where nothing is left before the ending, the ending still says what the file is.
    name = f"file{name}" if re.fullmatch(r"\.\w{1,10}", name) else name.lstrip(". ")
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if 0 < len(ending) <= 10 else ""
        name = (stem or name)[: MAX_NAME - len(ending)] + ending
    return name or "file"


def extension(typed: str) -> str:
    """The ending of a name in lower case, without the dot; empty when there is none."""
    _stem, dot, ending = typed.rpartition(".")
    return clean_name(ending).lower() if dot else ""


def short_name(typed: str) -> str:
    """A display name that leaves room in a sentence for the rest of it."""
    return str(Truncator(clean_name(typed)).chars(60))


def download_name(version: Version) -> str:
    """What a saved file is called: M01-v2-ar.pdf. Needs the material loaded."""
    ending = version.format.extension if version.format else "bin"
    code = re.sub(r"[^A-Za-z0-9-]", "", version.material.code)
    return f"{code}-v{version.number}-{version.language}.{ending}"
