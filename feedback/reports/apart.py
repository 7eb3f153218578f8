"""Runs in a process of its own: writes every file of a release out of its dataset and edition.

`python -m feedback.reports.apart FOLDER` reads dataset.json and edition.json there and writes
report.pdf, report.docx, report.xlsx and report.json beside them. It says each step on stdout before
it begins it, and a sentence for people where it cannot go on. It never asks the database.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cop_platform.common.reporting.sections import Sheet
    from feedback.reports.domain.edition import Edition
    from feedback.reports.domain.facts import Dataset

# Address space, not memory in use: two hundred pages touch well under a third of it.
MOST_BYTES = 3 * 1024**3
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Step(StrEnum):
    """What is done one after the other; the line on stdout is `step NAME`."""

    FIGURES = "figures"
    PAGES = "pages"
    WORD = "word"
    WORKBOOK = "workbook"
    DATA = "data"


class Ended(IntEnum):
    """How the process ended, as its exit code."""

    WELL = 0
    CRASHED = 1
    SORRY = 3
    NO_SPACE = 4
    NO_MEMORY = 5


def main(folder: str) -> int:
    """Writes the files; the exit code says how it went."""
    _bind()
    import django

    django.setup()
    from cop_platform.common.refusals import NotPossible

    try:
        _write(Path(folder))
    except NotPossible as error:
        _say(f"sorry {json.dumps(str(error))}")
        return Ended.SORRY
    except MemoryError:
        return Ended.NO_MEMORY
    except OSError as error:
        if error.errno in NO_SPACE:
            return Ended.NO_SPACE
        raise
    return Ended.WELL


def _bind() -> None:
    """Dies with the worker that asked, and never takes more memory than it may."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def _write(root: Path) -> None:
    from feedback.reports.domain import attachments, facts

    content = (root / attachments.DATASET).read_bytes()
    dataset = facts.from_json(content)
    edition = attachments.read_edition((root / attachments.EDITION).read_bytes())
    for name, made in _files(content, dataset, edition):
        _put(root / f"report.{name}", made)


def _files(content: bytes, dataset: Dataset, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file by the ending of its name; a generator, so that one is in memory at a time."""
    from feedback.reports.domain import assembly, attachments
    from feedback.reports.domain.writers import docx, pdf, xlsx

    _say(f"step {Step.FIGURES}")
    document = assembly.document(dataset, edition)
    _say(f"step {Step.PAGES}")
    attached = attachments.of_document(content, edition, document)
    yield "pdf", pdf.write(document, attached=attached)
    _say(f"step {Step.WORD}")
    yield "docx", docx.write(document)
    _say(f"step {Step.WORKBOOK}")
    yield "xlsx", xlsx.write(document, _sheets(dataset, edition.language))
    _say(f"step {Step.DATA}")
    yield "json", content


def _sheets(dataset: Dataset, language: str) -> list[Sheet]:
    """The sheets of every section, in the words of the language."""
    from django.utils import translation

    with translation.override(language):
        return [
            sheet
            for section, held in dataset.parts()
            for sheet in section.sheets(held, dataset.head)
        ]


def _put(path: Path, content: bytes) -> None:
    """A file is there as a whole or not at all."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    unfinished.rename(path)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
