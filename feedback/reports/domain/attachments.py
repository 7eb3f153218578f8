"""What travels inside a PDF, so that it can be counted again anywhere: data, edition, tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
from django.utils.translation import gettext as _

from cop_platform.common.reporting.document import Document, Table, plain
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import NotADataset

DATASET, EDITION, TABLES = "dataset.json", "edition.json", "tables.json"
# Larger ones are no attachment of ours; nobody has to unpack them.
_LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True)
class KeptCell:
    """A cell as it was printed; `value` is the number behind its words."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class KeptTable:
    """A table as it was printed."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[KeptCell, ...], ...]


def edition_json(edition: Edition) -> bytes:
    """The edition as it travels; canonical."""
    return _canonical(asdict(edition))


def read_edition(content: bytes) -> Edition:
    """The edition that `edition_json` wrote. Raises NotADataset."""
    try:
        return msgspec.json.decode(content, type=Edition)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotADataset(_("The edition of this report cannot be read.")) from error


def kept_tables(document: Document) -> tuple[KeptTable, ...]:
    """Every table of a document, in reading order."""
    return tuple(_kept(table) for table in document.tables())


def _kept(table: Table) -> KeptTable:
    rows = (tuple(KeptCell(plain(cell.text), cell.value) for cell in row) for row in table.rows)
    return KeptTable(table.key, tuple(column.label for column in table.columns), tuple(rows))


def tables_json(tables: tuple[KeptTable, ...]) -> bytes:
    """The tables as they travel; canonical."""
    packed = msgspec.json.encode(tables, order="sorted")
    return msgspec.json.format(packed, indent=1) + b"\n"


def read_tables(content: bytes) -> tuple[KeptTable, ...]:
    """The tables that `tables_json` wrote. Raises NotADataset."""
    try:
        return msgspec.json.decode(content, type=tuple[KeptTable, ...])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotADataset(_("The tables attached to this report cannot be read.")) from error


def of_document(dataset: bytes, edition: Edition, document: Document) -> dict[str, bytes]:
    """What the PDF of a document carries, by name."""
    return {
        DATASET: dataset,
        EDITION: edition_json(edition),
        TABLES: tables_json(kept_tables(document)),
    }


def in_pdf(path: Path) -> Mapping[str, bytes]:
    """The attachments of a PDF by name; none where it is no PDF that can be read."""
    found: dict[str, bytes] = {}
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            for number in range(pdf.count_attachments()):
                attached = pdf.get_attachment(number)
                found[attached.get_name()] = _content(attached)
    except (pypdfium2.PdfiumError, OSError):
        return {}
    return found


def _content(attached: pypdfium2.PdfAttachment) -> bytes:
    """The bytes of an attachment; none of one that is empty, broken or far too large."""
    try:
        content = bytes(attached.get_data())
    except pypdfium2.PdfiumError:
        return b""
    return content if len(content) <= _LARGEST else b""


def _canonical(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()
