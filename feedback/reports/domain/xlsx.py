"""The report as a workbook: the same rows, for people who want to count themselves.

What people typed is written as text, never as a formula or a link; our own formulas carry the
value they give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from feedback.reports.domain import words
from feedback.reports.domain.sayings import hours
from feedback.reports.domain.shapes import Dataset, RatingTable, sha256, to_json
from feedback.reports.domain.summary import summary

_MOST = 32_000  # characters a cell can hold, a little under the format's own limit
_OPTIONS = {
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# XML has no way to say these two.
_UNWRITABLE = {0xFFFE: "[U+FFFE]", 0xFFFF: "[U+FFFF]"}


@dataclass(frozen=True)
class Formula:
    """A formula of our own with the value it gives; `{row}` in it is the row's number."""

    text: str
    value: float | str


class Book:
    """A workbook whose bytes depend on what is written and on nothing else."""

    def __init__(self, title: str, day: str) -> None:
        self._target = BytesIO()
        self._book = xlsxwriter.Workbook(self._target, _OPTIONS)
        created = datetime.fromisoformat(day).replace(tzinfo=UTC)
        self._book.set_properties({"title": text(title), "created": created.replace(tzinfo=None)})
        self._head = self._book.add_format(
            {"bold": True, "bg_color": "#0B5D5E", "font_color": "#FFFFFF", "valign": "top"}
        )
        self._cell = self._book.add_format({"valign": "top", "text_wrap": True})
        self._figure = self._book.add_format({"valign": "top", "num_format": "0.00"})

    def sheet(
        self, name: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[Any]]
    ) -> None:
        """A sheet with a header row (label, width) that stays in sight, and the rows below."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for index, (label, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, label, self._head)
        last = 0
        for last, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                self._write(sheet, last, index, value)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        if isinstance(value, Formula):
            formula = value.text.format(row=row + 1)
            sheet.write_formula(row, column, formula, self._figure, value.value)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, self._figure)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._cell)
        else:
            sheet.write_string(row, column, text(value), self._cell)

    def close(self) -> bytes:
        self._book.close()
        return self._target.getvalue()


def text(value: Any) -> str:
    """A value as a cell can hold it; what is cut off says so."""
    said = "" if value is None else str(value).translate(_UNWRITABLE)
    return said if len(said) <= _MOST else said[:_MOST] + " […]"


def build(dataset: Dataset, *, number: int) -> bytes:
    """The workbook of release `number`; the same dataset and number give the same bytes."""
    book = Book(f"{dataset.country.name}, {number}", dataset.newest_row)
    book.sheet(_("Summary"), [(_("What"), 30), (_("Value"), 90)], _summary(dataset, number))
    book.sheet(_("Sessions"), _SESSIONS, _sessions(dataset))
    book.sheet(_("Panel"), [(_("By"), 30), (_("Group"), 36), (_("Experts"), 12)], _panel(dataset))
    book.sheet(_("Materials"), _MATERIALS, _materials(dataset))
    book.sheet(_("Ratings"), _RATINGS, _ratings(dataset.ratings))
    book.sheet(_("Gaps"), [(_("What is missing"), 120)], ([gap] for gap in dataset.gaps))
    return book.close()


_SESSIONS = [
    ("No.", 6),
    ("Start (wall time)", 17),
    ("Time zone", 17),
    ("Title", 44),
    ("Kind", 18),
    ("Where", 22),
    ("Countries", 12),
    ("Minutes", 9),
    ("Invited", 9),
    ("Yes (RSVP)", 11),
    ("Maybe (RSVP)", 13),
    ("No (RSVP)", 11),
    ("No answer", 11),
]
_MATERIALS = [
    ("Code", 10),
    ("Title", 44),
    ("Type", 18),
    ("Language", 14),
    ("Version", 9),
    ("SHA-256", 68),
    ("Experts asked", 14),
    ("Reviews sent in", 15),
]
_RATINGS = [
    ("Material", 10),
    ("Title", 36),
    ("Version", 9),
    ("SHA-256", 20),
    ("Round", 8),
    ("Question", 9),
    ("Text", 52),
    ("1 no", 7),
    ("2 partly", 9),
    ("3 mostly", 9),
    ("4 fully", 9),
    ("Not applicable", 14),
    ("N", 6),
    ("Median", 9),
    ("I-CVI", 9),
    ("Low (95 %)", 11),
    ("High (95 %)", 11),
    ("k*", 8),
    ("Aiken V", 9),
    ("Relevant", 10),
    ("Needed", 9),
    ("Result", 12),
]


def _summary(dataset: Dataset, number: int) -> list[list[Any]]:
    country = dataset.country
    return [
        [_("Country"), f"{country.name} ({country.code})"],
        [_("Community"), country.community],
        [_("Release"), number],
        [_("Period"), f"{dataset.period.start} – {dataset.period.end}"],  # noqa: RUF001 a range
        [_("Attendance"), dataset.attendance_basis],
        [_("Dataset, SHA-256"), sha256(to_json(dataset))],
        *[[_("Summary"), sentence] for sentence in summary(dataset)],
        *[
            [
                row.kind_label,
                _("%(n)d sessions, %(hours)s hours")
                % {
                    "n": row.sessions,
                    "hours": hours(row.minutes),
                },
            ]
            for row in dataset.totals
        ],
    ]


def _sessions(dataset: Dataset) -> Iterable[Sequence[Any]]:
    for n, row in enumerate(dataset.sessions, 1):
        start = row.start.replace("T", " ")
        place = (f"S{n}", start, row.zone, row.title, row.kind_label, row.mode)
        counts = (row.minutes, row.invited, row.yes, row.maybe, row.no, row.silent)
        yield (*place, ", ".join(row.countries), *counts)


def _panel(dataset: Dataset) -> Iterable[Sequence[Any]]:
    panel = dataset.panel
    yield _("All"), _("whole panel"), _people(panel.size)
    for by, cells in (
        (_("Role"), panel.professions),
        (_("Years of work with migrants"), panel.years),
        (_("Languages spoken"), panel.languages),
    ):
        for cell in cells:
            yield by, cell.label, _people(cell.people)


def _people(count: int | None) -> int | str:
    return _("under 5") if count is None else count


def _materials(dataset: Dataset) -> Iterable[Sequence[Any]]:
    for row in dataset.materials:
        about = (row.code, row.title, row.type, row.language_label, row.version, row.sha256)
        yield (*about, row.assigned, row.submitted)


def _ratings(tables: Iterable[RatingTable]) -> Iterable[Sequence[Any]]:
    """A row a question; I-CVI is counted by the sheet itself out of the four columns of answers."""
    for table in tables:
        head = (table.code, table.title, table.version, table.sha256, table.round_id)
        for row in table.criteria:
            value = row.i_cvi.value
            share = Formula(
                '=IF(M{row}<2,"",(J{row}+K{row})/M{row})', "" if value is None else value
            )
            yield (
                *head,
                row.code,
                row.text,
                *row.distribution,
                row.not_applicable,
                row.n,
                row.median,
                share,
                row.low,
                row.high,
                row.kappa.value,
                row.aiken_v.value,
                row.relevant,
                row.needed,
                words.verdict(row.passes),
            )
