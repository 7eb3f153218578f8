"""The printed report: one document, PDF/A-3a and PDF/UA-1 at once, the dataset attached."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cop_platform.common import typesetting
from cop_platform.common.typesetting import NotTypeset
from feedback.reports.domain import words
from feedback.reports.domain.shapes import Dataset, sha256, to_json

__all__ = ["NotTypeset", "build"]

TEMPLATE_VERSION = "1"
_TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "report.typ"


def build(dataset: Dataset, *, number: int) -> bytes:
    """The PDF of release `number`. The same dataset and number give the same bytes.

    Raises FontMissing or NotTypeset, each with a sentence for people.
    """
    attached = to_json(dataset)
    said = words.document(dataset, number=number, sha256=sha256(attached))
    return typesetting.build(
        _TEMPLATE,
        said | {"template_version": TEMPLATE_VERSION},
        made_at=datetime.fromisoformat(dataset.newest_row).replace(tzinfo=UTC),
        beside={"dataset.json": attached},
    )
