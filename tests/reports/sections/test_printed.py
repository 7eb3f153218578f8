"""Published tables, entered as a round, stand in the printed report as they were published."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest

from feedback.reports.domain.writers import pdf
from feedback.validation.domain.report.ratings import SECTION, collect
from tests.reports.documents import sample
from tests.reports.sections import reading
from tests.reports.sections.rated import SIX_EXPERTS, TEN_ITEMS, by_expert
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db


def printed(asked) -> str:
    """The words of the PDF, with one blank between them."""
    chapters = tuple(reading.chapters(SECTION, collect(asked), asked))
    content = pdf.write(
        replace(sample(), chapters=chapters, annexes=()), attached={"dataset.json": b"{}"}
    )
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def test_published_tables_are_printed_as_they_were_published():
    reading.rated(by_expert(SIX_EXPERTS))
    reading.rated(TEN_ITEMS)
    reading.rated([[4]] * 7 + [[2]] * 3)

    text = printed(scope())

    for said in (
        "0.97 0.83",  # S-CVI/Ave and S-CVI/UA of the first, among all materials
        "0.9722",
        "0.88 0.60",  # and of the second
        "0.8833",
        "0.6000",
        "0.8470",
        "0.44–0.97 0.82 (excellent)",  # 5 of 6
        "0.30–0.90 0.56 (fair)",  # 4 of 6
        "0.66 (good)",  # 7 of 10
        "8 of 10",
        "0.941",  # AC1 where alpha says nothing
        "-0.014",
    ):
        assert said in text, said
