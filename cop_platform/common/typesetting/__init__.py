"""Printed documents: a template of Typst and data become one PDF/A-3a that is PDF/UA-1 as well.

The template reads `data.json` beside it and takes everything people typed as plain text.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.typesetting import glyphs

logger = logging.getLogger(__name__)

_BUILD = Path(__file__).with_name("build.py")
_LONGEST = 120  # seconds; two hundred pages take under ten
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
    fonts = glyphs.font_files()
    clean = glyphs.printable(data)
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        root = Path(folder)
        for name, content in beside.items():
            (root / name).write_bytes(content)
        said = clean.data | {"replaced": list(clean.replaced)}
        (root / "data.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(template, root / "document.typ")
        _typeset(root, made_at, fonts)
        return (root / "document.pdf").read_bytes()


def _typeset(root: Path, made_at: datetime, fonts: tuple[Path, ...]) -> None:
    folders = sorted({str(file.parent) for file in fonts})
    # A process of its own: the typesetter keeps a cache per process and never empties it.
    command = [sys.executable, "-I", str(_BUILD), str(root)]
    command += [str(int(made_at.timestamp())), *folders]
    try:
        ended = subprocess.run(
            command,
            env={},
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotTypeset(_("The PDF took too long to set and was given up.")) from error
    if ended.returncode:
        logger.error("typst: %s", ended.stderr.decode(errors="replace")[:2000])
        raise NotTypeset(_("The PDF could not be set. The platform admin finds why in the log."))
