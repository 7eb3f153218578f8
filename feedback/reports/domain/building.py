"""All files of a release are written by one process of its own, and taken from its folder.

What goes wrong there, from a full disk to a kill, is a sentence here; the folder is removed however
it ends.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from cop_platform.common.long_work import Progress
from cop_platform.common.refusals import NotPossible
from cop_platform.common.typesetting import glyphs
from feedback.reports.apart import NO_SPACE, Ended, Step
from feedback.reports.domain import attachments
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset, to_json
from feedback.reports.enums import FileFormat

logger = logging.getLogger(__name__)

PREFIX = "report-"
# Two hundred pages in four formats take under half a minute; a busy machine may need longer.
LONGEST = timedelta(minutes=5)
# So often the worker shows that it lives, and sees whether somebody stopped it.
_BEAT = 1.0
_PERCENT = {
    Step.FIGURES: 15,
    Step.PAGES: 30,
    Step.WORD: 60,
    Step.WORKBOOK: 75,
    Step.DATA: 88,
}


class NotBuilt(NotPossible):
    """The files were not written; the message says why, for people."""


@contextmanager
def built(
    dataset: Dataset, edition: Edition, *, progress: Progress = lambda percent, step: None
) -> Iterator[Mapping[FileFormat, Path]]:
    """The files of a release, for as long as the block runs.

    The same dataset and edition give the same bytes. `progress` hears of each step and may raise to
    stop the work: then the process ends at once. Raises NotBuilt, FontMissing, NotTypeset.
    """
    glyphs.font_files()
    with no_space_is_said(), tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        root = Path(folder)
        (root / attachments.DATASET).write_bytes(to_json(dataset))
        (root / attachments.EDITION).write_bytes(attachments.edition_json(edition))
        _work(root, progress)
        yield {kind: root / f"report.{kind.value}" for kind in FileFormat}


@contextmanager
def no_space_is_said() -> Iterator[None]:
    """A disk that is full becomes a sentence. Raises NotBuilt."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise _full() from error
        raise


def _full() -> NotBuilt:
    return NotBuilt(
        _("The disk has no space left, so nothing was kept. Please tell the platform admin.")
    )


def _work(root: Path, progress: Progress) -> None:
    errors = root / "errors.txt"
    with errors.open("wb") as stderr:
        process = _start(root, stderr)
        try:
            sorry = _follow(process, progress)
        finally:
            _end(process)
    if process.returncode != Ended.WELL:
        logger.error("report: %s", errors.read_text(errors="replace")[-4000:])
        raise sorry or _why(process.returncode)


def _start(root: Path, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    # The process needs neither the database nor the key, so it gets neither.
    nothing = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PROJECT_SIGNING_KEY": "",
        "PYTHONHASHSEED": "0",
        "TMPDIR": str(root),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "feedback.reports.apart", str(root)],
        cwd=settings.BASE_DIR,
        env=os.environ | nothing,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        bufsize=0,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and what it started; nothing where it has ended by itself."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _follow(process: subprocess.Popen[bytes], progress: Progress) -> NotBuilt | None:
    """Tells of each step until the process ends; the sentence it said, if it could not go on."""
    percent, words, sorry = 10, _("Starting to write"), None
    for line in _lines(process):
        kind, _blank, said = line.partition(" ")
        if kind == "step":
            step = Step(said)
            percent, words = _PERCENT[step], _words(step)
        elif kind == "sorry":
            sorry = NotBuilt(json.loads(said))
        progress(percent, words)
    process.wait()
    return sorry


def _lines(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Each line as it comes, and "" at each beat without one. Raises NotBuilt when it is too long.

    Reads the pipe itself: a buffered reader would keep lines that the selector does not see.
    """
    assert process.stdout is not None
    until, begun = time.monotonic() + LONGEST.total_seconds(), b""
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < until:
            if not ready.select(timeout=_BEAT):
                yield ""
                continue
            read = os.read(process.stdout.fileno(), 65536)
            if not read:
                return
            *whole, begun = (begun + read).split(b"\n")
            yield from (line.decode() for line in whole)
    raise NotBuilt(_("The report took too long to write and was given up."))


def _words(step: Step) -> str:
    return {
        Step.FIGURES: _("Working out figures and charts"),
        Step.PAGES: _("Setting the pages"),
        Step.WORD: _("Writing the Word document"),
        Step.WORKBOOK: _("Writing the workbook"),
        Step.DATA: _("Writing the data"),
    }[step]


def _why(code: int) -> NotBuilt:
    if code == Ended.NO_SPACE:
        return _full()
    if code == Ended.NO_MEMORY:
        return NotBuilt(_("The report needs more memory than it may take. Choose fewer days."))
    if code < 0:
        return NotBuilt(_("The work was ended from outside. Please compile the report again."))
    return NotBuilt(
        _("Something went wrong that we did not expect. It was written down; try again.")
    )


def sweep(*, older_than: float) -> int:
    """Removes folders of works whose worker was killed; how many. `older_than` is a Unix time."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.is_dir() and folder.stat().st_mtime < older_than:
                shutil.rmtree(folder)
                removed += 1
        except OSError as error:
            if error.errno != errno.ENOENT:
                logger.warning("The folder %s could not be removed: %s", folder, error)
    return removed
