"""Who puts a document on paper: an upper room brings the writers, lower ones have documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cop_platform.common.reporting.document import Document, Labels


@dataclass(frozen=True)
class Writers:
    """`pdf` takes files that go within it, by name; `labels` are the writers' own few words.

    `pdf` raises NotPossible, with a sentence for people, where a document cannot be set.
    """

    labels: Callable[[], Labels]
    pdf: Callable[[Document, Mapping[str, bytes]], bytes]
    docx: Callable[[Document], bytes]


_writers: list[Writers] = []


def register(writers: Writers) -> None:
    """Makes the writers known; in AppConfig.ready."""
    _writers[:] = [writers]


def writers() -> Writers:
    """Those that were brought. Raises IndexError before any app is ready."""
    return _writers[0]
