"""Printed documents: a template of Typst and data become one PDF/A-3a that is PDF/UA-1 as well.

The template reads `data.json` beside it and takes everything people typed as plain text.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.typesetting import glyphs

logger = logging.getLogger(__name__)

_BUILD = Path(__file__).with_name("build.py")
_LONGEST = 120  # seconds; two hundred pages take under ten
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # pictures hold no date
# The typesetter gives errors of the system as words: file too large, no space left, over the quota.
_FULL = re.compile(r"os error (27|28|122)\b")
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


class NotTypeset(NotPossible):
    """The typesetter refused or did not finish."""


def build(
    template: Path,
    data: Mapping[str, Any],
    *,
    made_at: datetime,
    beside: Mapping[str, bytes] = _NOTHING,
) -> bytes:
    """The PDF of a template and its data; the same of both give the same bytes.

    `made_at` is the date inside the file, `beside` are files the template attaches, by name.
    Raises FontMissing or NotTypeset, each with a sentence for people.
    """
    clean = glyphs.printable(data)
    said = clean.data | {"replaced": list(clean.replaced)}
    return typeset(
        {
            **beside,
            "data.json": json.dumps(said, ensure_ascii=False).encode(),
            "document.typ": template.read_bytes(),
        },
        made_at=made_at,
    )


def typeset(files: Mapping[str, bytes], *, made_at: datetime) -> bytes:
    """The PDF of document.typ among `files` (by plain names); it can read the others, and no more.

    Every text must be drawable (glyphs.Press). Raises FontMissing or NotTypeset, and OSError for
    a disk that is full.
    """
    with _job(files) as root:
        _run(root, "pdf", made_at)
        return (root / "document.pdf").read_bytes()


def pictures(files: Mapping[str, bytes], *, pixels_per_inch: int) -> list[bytes]:
    """Each page of document.typ among `files` as a PNG. Raises FontMissing or NotTypeset."""
    with _job(files) as root:
        _run(root, f"png@{pixels_per_inch}", _NO_DAY)
        return [page.read_bytes() for page in sorted(root.glob("page-*.png"))]


@contextmanager
def _job(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with nothing but these files and the names of the fonts; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        root = Path(folder)
        fonts = json.dumps(glyphs.FAMILIES).encode()
        for name, content in {**files, "fonts.json": fonts}.items():
            if Path(name).name != name:
                raise ValueError(f"not a plain name of a file: {name}")
            (root / name).write_bytes(content)
        yield root


def _run(root: Path, kind: str, made_at: datetime) -> None:
    folders = sorted({str(file.parent) for file in glyphs.font_files()})
    # A process of its own: the typesetter keeps a cache per process and never empties it.
    command = [sys.executable, "-I", str(_BUILD), str(root), kind]
    command += [str(int(made_at.timestamp())), *folders]
    try:
        ended = subprocess.run(
            command,
            # Without a home the system would be asked for one, through a socket.
            env={"HOME": str(root)},
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotTypeset(_("The PDF took too long to set and was given up.")) from error
    if ended.returncode:
        said = ended.stderr.decode(errors="replace")
        logger.error("typst: %s", said[:2000])
        if full := _FULL.search(said):
            # The caller says it as for its own files.
            raise OSError(int(full[1]), said[:200])
        raise NotTypeset(_("The PDF could not be set. The platform admin finds why in the log."))
