"""The lines of a group for spreadsheets; nothing a person said is calculated.

Columns and values are keys, not words of the screen: the file is the same in every language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, StreamingHttpResponse

from cop_platform.common.office_files import Echo, harmless, table_file
from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.models import FocusGroup

HEADER = (
    "question",
    "question_words",
    "line",
    "code",
    "language",
    "words",
    "rendering_language",
    "rendering",
    "interpreter",
    "back_checked",
    "nonverbal",
    "checked_on",
    "clean_words",
    "clean_rendering",
)
_WIDTHS = (9, 40, 6, 8, 9, 60, 9, 60, 16, 12, 30, 12, 60, 60)


def rows(group: FocusGroup) -> Iterator[list[Any]]:
    """One row a line, question by question; three queries."""
    questions = {row.pk: row for row in group.guide.questions.all()}
    for quote in capture.of(group):
        question = questions.get(quote.question_id or 0)
        yield [
            question.position if question else "",
            question.said("en") if question else "",
            quote.position,
            quote.participant.code if quote.participant else "group",
            quote.language,
            quote.words,
            quote.rendering_language,
            quote.rendering,
            quote.interpreter.label if quote.interpreter else "",
            int(quote.is_back_checked),
            quote.nonverbal,
            quote.checked_on.isoformat() if quote.checked_on else "",
            quote.clean_words,
            quote.clean_rendering,
        ]


def as_csv(group: FocusGroup) -> StreamingHttpResponse:
    """The lines as CSV."""
    writer = csv.writer(Echo())

    def sent() -> Iterator[str]:
        # Spreadsheets take a file with this mark for UTF-8, whatever language they speak.
        yield "\ufeff" + writer.writerow(HEADER)
        for row in rows(group):
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(sent(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="group-{group.pk}.csv"'
    return response


def as_xlsx(group: FocusGroup) -> FileResponse:
    """The lines as a workbook; what was typed is text in every cell."""
    table = table_file(name="lines", header=HEADER, widths=_WIDTHS, rows=rows(group))
    return FileResponse(table, as_attachment=True, filename=f"group-{group.pk}.xlsx")
