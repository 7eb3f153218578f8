"""Counts the tables of a report again out of the dataset inside it; without a database."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from feedback.reports.domain import assembly, attachments, building, facts
from feedback.reports.domain.attachments import KeptTable
from feedback.reports.domain.edition import TEMPLATE_VERSION, Edition
from feedback.reports.domain.facts import Dataset, NotADataset
from feedback.reports.enums import FileFormat

logger = logging.getLogger(__name__)

_LARGEST_JSON = 200 * 1024 * 1024


@dataclass(frozen=True)
class Examined:
    """A file that holds a report's dataset: how many tables were counted, and what does not agree.

    `edition` and `dataset` are None where they could not be read.
    """

    tables: int
    problems: tuple[str, ...]
    edition: Edition | None = None
    dataset: Dataset | None = None

    @property
    def agrees(self) -> bool:
        return not self.problems


def examine(path: Path) -> Examined | None:
    """What a report's PDF or JSON says of itself; None for any other file."""
    try:
        with path.open("rb") as source:
            head = source.read(64).lstrip()
        if head.startswith(b"%PDF"):
            held = attachments.in_pdf(path)
            return _of_pdf(held) if attachments.DATASET in held else None
        if head.startswith(b"{") and path.stat().st_size <= _LARGEST_JSON:
            return _of_json(path.read_bytes())
    except OSError:
        return None
    return None


def _of_json(content: bytes) -> Examined | None:
    """A dataset by itself has no tables, but its figures follow from its counts."""
    try:
        dataset = facts.from_json(content)
    except (NotADataset, RecursionError):
        return None
    return Examined(0, tuple(_recounted(dataset)), dataset=dataset)


def _of_pdf(held: Mapping[str, bytes]) -> Examined:
    try:
        dataset = facts.from_json(held[attachments.DATASET])
        edition = attachments.read_edition(held.get(attachments.EDITION, b""))
        kept = attachments.read_tables(held.get(attachments.TABLES, b""))
        counted = attachments.kept_tables(assembly.document(dataset, edition))
    except NotADataset as error:
        return Examined(0, (str(error),))
    except Exception:
        # Whoever made the file up may have put anything into it.
        logger.warning("A dataset could not be counted again.", exc_info=True)
        return Examined(0, (_("The dataset of this report cannot be counted again."),))
    found = [*_different(kept, counted, edition), *_recounted(dataset)]
    return Examined(len(kept), tuple(found), edition, dataset)


def _recounted(dataset: Dataset) -> Iterator[str]:
    """What the figures of the dataset do not say of its own counts."""
    for section, held in dataset.parts():
        try:
            yield from section.recount(held)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            yield _("The figures of “%(section)s” cannot be counted again.") % {
                "section": section.title()
            }


def _different(
    kept: tuple[KeptTable, ...], counted: tuple[KeptTable, ...], edition: Edition
) -> Iterator[str]:
    """A sentence for each table that does not follow from the dataset.

    Of another version of the templates the numbers are compared alone: its words may be others.
    """
    exact = edition.template_version == TEMPLATE_VERSION
    pairs = dict(_by_key(counted))
    for key, table in _by_key(kept):
        again = pairs.pop(key, None)
        same = again == table if exact or again is None else _numbers(again) == _numbers(table)
        if again is None and not exact:
            continue
        if not same:
            yield _("The table “%(table)s” does not follow from the dataset.") % {
                "table": table.key
            }
    if exact:
        for key in pairs:
            yield _("The table “%(table)s” of the dataset is missing.") % {"table": key[0]}


def _by_key(tables: Iterable[KeptTable]) -> Iterator[tuple[tuple[str, int], KeptTable]]:
    """Tables by key, and by their turn where a key stands more than once."""
    turns: dict[str, int] = {}
    for table in tables:
        turns[table.key] = turns.get(table.key, 0) + 1
        yield (table.key, turns[table.key]), table


def _numbers(table: KeptTable) -> list[list[float | None]]:
    return [[cell.value for cell in row] for row in table.rows]


def rebuilt(examined: Examined, sha256: str) -> str:
    """A sentence where our own templates give another PDF than this one; "" where they agree.

    Says nothing of releases of another version, or where nothing can be built.
    """
    dataset, edition = examined.dataset, examined.edition
    if dataset is None or edition is None or edition.template_version != TEMPLATE_VERSION:
        return ""
    try:
        with building.built(dataset, edition) as files:
            again = hashlib.sha256(files[FileFormat.PDF].read_bytes()).hexdigest()
    except NotPossible as error:
        logger.warning("The report could not be built again: %s", error)
        return ""
    if again == sha256:
        return ""
    return _("The file is not the one that its dataset gives when it is built again.")
