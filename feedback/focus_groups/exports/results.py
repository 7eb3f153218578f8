"""The results of a form for spreadsheets: answers told in fives and more, no line of a person.

The first columns are keys that are the same in every language of the screens: the number of the
question, its kind, the value. Words come after them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from cop_platform.common.office_files import TEXT_STAYS_TEXT, harmless
from feedback.focus_groups.domain.easy import result_words
from feedback.focus_groups.domain.easy.results import QuestionResult, Results
from feedback.focus_groups.models import EasyForm

_WIDTHS = (10, 10, 10, 60, 36, 14)
# The key of the lines that say in which languages people answered, and of the line of all.
_LANGUAGE, _ALL = "language", "all"


def header() -> list[str]:
    """Keys first; the rest in the reader's language."""
    return ["question", "kind", "value", _("Question"), _("Answer"), _("People")]


def lines(results: Results) -> Iterator[list[Any]]:
    """One line for each part of a scale, and for each language, whose people are in fives."""
    yield ["", _ALL, "", "", _("Everybody whose answers are counted so far"), results.people]
    for result in results.scales:
        yield from _of_question(result)
    for bar in result_words.languages(results):
        label = _("%(language)s, counted in fives") % {"language": bar.label}
        yield ["", _LANGUAGE, bar.key, "", label, bar.people]


def as_csv(results: Results) -> bytes:
    """The table with the mark that makes spreadsheets read it as UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target)
    for row in (header(), *lines(results)):
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def as_xlsx(form: EasyForm, results: Results) -> bytes:
    """The same as a workbook; nothing in it is calculated."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **TEXT_STAYS_TEXT})
    book.set_properties({"title": form.title[:200]})
    sheet = book.add_worksheet("results")
    bold = book.add_format({"bold": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, header(), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(lines(results), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell)
    book.close()
    return target.getvalue()


def _of_question(result: QuestionResult) -> Iterator[list[Any]]:
    question = result.question
    for bar in result_words.bars(result):
        yield [
            question.position,
            str(question.kind),
            bar.key,
            question.said("en"),
            bar.label,
            bar.people,
        ]
