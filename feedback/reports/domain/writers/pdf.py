"""The printed report: PDF/A-3a and PDF/UA-1 in one file, the dataset attached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from cop_platform.common import typesetting
from cop_platform.common.reporting.document import Document
from feedback.reports.domain.writers import typst_data

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "typst"
_PARTS = ("document", "theme", "cover", "blocks", "drawings", "charts")
_MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}


def write(document: Document, *, attached: Mapping[str, bytes]) -> bytes:
    """The PDF of a document with files attached by name; the same of both give the same bytes.

    The first attached file is the source the report was drawn from, the others go with it.
    Raises FontMissing or NotTypeset, each with a sentence for people.
    """
    said, beside = typst_data.data(document)
    files = {f"attached-{at}": content for at, content in enumerate(attached.values())}
    said["attached"] = [
        {"name": name, "file": file, "media_type": _media_type(name), "source": at == 0}
        for at, (name, file) in enumerate(zip(attached, files, strict=True))
    ]
    return typesetting.typeset(
        templates(_PARTS) | beside | files | {"data.json": json.dumps(said).encode()},
        made_at=datetime.fromisoformat(document.day).replace(tzinfo=UTC),
    )


def templates(names: tuple[str, ...]) -> dict[str, bytes]:
    """The templates of these names, as the files of a job."""
    return {f"{name}.typ": (TEMPLATES / f"{name}.typ").read_bytes() for name in names}


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
