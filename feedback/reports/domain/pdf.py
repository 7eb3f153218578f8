"""The printed report: one document, PDF/A-3a and PDF/UA-1 at once, the dataset attached."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from feedback.reports.domain import glyphs, words
from feedback.reports.domain.shapes import Dataset, sha256, to_json

logger = logging.getLogger(__name__)

TEMPLATE_VERSION = "1"
_TYPST = Path(__file__).resolve().parent.parent / "typst"
_LONGEST = 120  # seconds; two hundred pages take under ten


class NotTypeset(NotPossible):
    """The typesetter refused or did not finish."""


def build(dataset: Dataset, *, number: int) -> bytes:
    """The PDF of release `number`. The same dataset and number give the same bytes.

    Raises FontMissing or NotTypeset, each with a sentence for people.
    """
    fonts = glyphs.font_files()
    attached = to_json(dataset)
    said = words.document(dataset, number=number, sha256=sha256(attached))
    clean = glyphs.printable(said | {"template_version": TEMPLATE_VERSION})
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        root = Path(folder)
        (root / "dataset.json").write_bytes(attached)
        data = clean.data | {"replaced": list(clean.replaced)}
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(_TYPST / "report.typ", root / "report.typ")
        _typeset(root, dataset, fonts)
        return (root / "report.pdf").read_bytes()


def _typeset(root: Path, dataset: Dataset, fonts: tuple[Path, ...]) -> None:
    newest = datetime.fromisoformat(dataset.newest_row).replace(tzinfo=UTC)
    folders = sorted({str(file.parent) for file in fonts})
    # A process of its own: the typesetter keeps a cache per process and never empties it.
    command = [sys.executable, "-I", str(_TYPST / "build.py"), str(root)]
    command += [str(int(newest.timestamp())), *folders]
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
