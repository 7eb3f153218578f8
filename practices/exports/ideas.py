"""Ideas as a table for spreadsheets, without anybody's name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cop_platform.common.office_files import MARK, harmless, table_file
from cop_platform.common.reporting.unnamed import without_names
from practices.models import Idea

_WIDTHS = (8, 40, 60, 8, 24, 12, 8, 12, 12, 12, 8, 60, 40)


def header() -> list[str]:
    """The names of the columns, in the reader's language."""
    return [
        _("Number"),
        _("Idea"),
        _("Text"),
        _("Country"),
        _("Topic"),
        _("State"),
        _("Votes"),
        _("Handed in"),
        _("Answer due"),
        _("Answered"),
        _("Days"),
        _("Answer"),
        _("Action"),
    ]


def lines(ideas: Iterable[Idea], names: list[str]) -> Iterator[list[str | int]]:
    """One row an idea, of rows with country, topic and votes; `names` are left out of all words."""
    for idea in ideas:
        answered = idea.answered_on
        yield [
            idea.pk,
            without_names(idea.title, names),
            without_names(idea.text, names),
            idea.country.code if idea.country else "",
            idea.topic.name if idea.topic else "",
            str(idea.get_state_display()),
            idea.votes_n,  # type: ignore[attr-defined]
            idea.added_on.isoformat(),
            idea.answer_due_on.isoformat(),
            answered.isoformat() if answered else "",
            (answered - idea.added_on).days if answered else "",
            without_names(idea.answer, names),
            without_names(idea.became_action, names),
        ]


def as_csv(ideas: Iterable[Idea], names: list[str]) -> str:
    """The table as CSV, with the mark that spreadsheet programs know UTF-8 by."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(header())
    for row in lines(ideas, names):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return MARK + target.getvalue()


def as_xlsx(ideas: Iterable[Idea], names: list[str]) -> bytes:
    """The table as a workbook; numbers are numbers, everything else stays text."""
    rows = lines(ideas, names)
    with table_file(name="ideas", header=header(), widths=_WIDTHS, rows=rows) as table:
        return table.read()
