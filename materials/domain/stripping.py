"""Takes names out of an untrusted file, in a process of its own, with little memory and time.

Run as `python -m materials.domain.stripping EXTENSION PATH TARGET`; prints {"stripped": true} or
{"refused": true}. What a reader sees stays; who wrote, commented and corrected it does not. It
knows no settings and no database.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from materials.domain.confining import confine

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 60


class Unfit(Exception):
    """The file cannot be read well enough to say that no name is left in it."""


def strip_pdf(source: str, target: str) -> None:
    from materials.domain.stripping_pdf import strip  # noqa: PLC0415  each loads its own library

    strip(source, target)


def strip_archive(source: str, target: str) -> None:
    from materials.domain.stripping_archives import strip  # noqa: PLC0415

    strip(source, target)


def strip_picture(source: str, target: str) -> None:
    from materials.domain.stripping_pictures import strip  # noqa: PLC0415

    Path(target).write_bytes(strip(Path(source).read_bytes()))


KINDS: dict[str, Callable[[str, str], None]] = {
    "pdf": strip_pdf,
    "docx": strip_archive,
    "pptx": strip_archive,
    "xlsx": strip_archive,
    "odt": strip_archive,
    "png": strip_picture,
    "jpg": strip_picture,
}


def main(kind: str, source: str, target: str) -> None:
    confine(memory=MEMORY, seconds=CPU_SECONDS)
    try:
        KINDS[kind](source, target)
        answer = {"stripped": True}
    except Exception:  # whatever a broken file does to a library: no copy is better than a half one
        answer = {"refused": True}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
