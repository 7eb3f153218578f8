"""Words of every language of the project can be searched, copied and read aloud."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from cop_platform.common.reporting.document import (
    Align,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Quote,
    Span,
    Table,
)
from feedback.reports.domain.writers import pdf
from tests.reports import documents
from tests.reports.writers import pdfcheck
from tests.reports.writers.prose import PROSE, RIGHT_TO_LEFT

FIGURES = ("-5.0%", "0.71–0.95", "1 204", "https://cop.example/verify/x1", "(CEFR B1)")
OWN = ("en", "bg", "de", "el", "it", "es", "sv", "ar")


@cache
def own(language: str) -> str:
    """The text of a report whose own language it is."""
    words = PROSE[language]
    table = Table(
        "t", words, (Column(words), Column("%", 1, Align.END)), ((Cell(words), Cell("0.83", 0.83)),)
    )
    sample = documents.sample(language, right_to_left=language in RIGHT_TO_LEFT)
    chapters = (Chapter("c", words[:40], (Paragraph(words), table)),)
    document = replace(sample, chapters=chapters, title=words[:40])
    content = pdf.write(document, attached={"dataset.json": b"{}"})
    pdfcheck.check(content, language=language, title=words[:40])
    return pdfcheck.text_of(content)


@cache
def quoted(report: str) -> bytes:
    """A report in `report` that quotes all languages."""
    sample = documents.sample(report, right_to_left=report in RIGHT_TO_LEFT)
    quotes = tuple(Quote(words, code, "Mentor") for code, words in PROSE.items())
    return pdf.write(
        replace(sample, chapters=(Chapter("c", "Quotes", quotes),)),
        attached={"dataset.json": b"{}"},
    )


@pytest.mark.parametrize("language", OWN)
def test_lesson_a41_words_of_a_report_are_found_in_its_own_language(language):
    assert pdfcheck.share_found(PROSE[language], own(language)) >= 0.9


@pytest.mark.parametrize("report", ["en", "ar"])
@pytest.mark.parametrize("language", sorted(PROSE))
def test_words_of_a_quote_are_found_in_every_report(report, language):
    text = pdfcheck.text_of(quoted(report))

    assert pdfcheck.share_found(PROSE[language], text) >= 0.9


def test_each_quote_names_its_language():
    assert set(PROSE) - {"en"} <= pdfcheck.languages(quoted("en"))


@cache
def arabic_with_figures() -> list[str]:
    """What stands on the paper of an Arabic report, bare and as code, line by line."""
    blocks = tuple(
        Paragraph(text)
        for figure in FIGURES
        for text in (
            f"بلغت النتيجة {figure} في هذه الجولة",
            (Span("كما ورد "), Span(figure, code=True)),
            (Span("بلغت النتيجة في هذه الجولة ", strong=True), Span(f" {figure} ثم انتهت")),
        )
    )
    sample = documents.sample("ar", right_to_left=True)
    document = replace(sample, chapters=(Chapter("c", "أرقام", blocks),))
    return pdfcheck.lines_on_paper(pdf.write(document, attached={"dataset.json": b"{}"}))


@pytest.mark.parametrize("figure", FIGURES)
def test_figures_are_read_from_left_to_right_in_lines_from_right_to_left(figure):
    # Read from the paper: what a search gives back for mixed lines differs between viewers, and
    # this one turns brackets round by itself.
    looked_for = re.sub(r"[()]", "|", figure.replace(" ", ""))
    lines = [line for line in arabic_with_figures() if looked_for in re.sub(r"[()]", "|", line)]

    assert len(lines) == 3


def test_tables_begin_on_the_right_where_lines_do():
    sample = documents.sample("ar", right_to_left=True)
    heads = tuple(Column(label) for label in ("AAA", "BBB", "CCC"))
    table = Table("t", "جدول", heads, (tuple(Cell(str(n)) for n in (111, 222, 333)),))
    document = replace(sample, chapters=(Chapter("c", "جداول", (table,)),))

    lines = pdfcheck.lines_on_paper(pdf.write(document, attached={"dataset.json": b"{}"}))

    assert "CCCBBBAAA" in lines
    assert "333222111" in lines


def test_a_label_of_a_code_and_arabic_words_begins_with_its_code_on_the_right():
    sample = documents.sample("ar", right_to_left=True)
    document = replace(sample, chapters=(Chapter("c", "M03 دليل", ()),))

    lines = pdfcheck.lines_on_paper(pdf.write(document, attached={"dataset.json": b"{}"}))

    assert [line for line in lines if line.endswith("M031")]


@pytest.mark.parametrize("figure", ["1 204", "0.50 (0.30–0.70), 9"])
def test_figures_with_blanks_are_not_turned_round(figure):
    sample = documents.sample("ar", right_to_left=True)
    document = replace(sample, chapters=(Chapter("c", "أرقام", (Paragraph(figure),)),))

    lines = pdfcheck.lines_on_paper(pdf.write(document, attached={"dataset.json": b"{}"}))

    wanted = re.sub(r"[()]", "|", figure.replace(" ", ""))
    assert wanted in [re.sub(r"[()]", "|", line) for line in lines]


def test_words_of_another_direction_stand_under_their_heading():
    sample = documents.sample("ar", right_to_left=True)
    cells = tuple((Cell((Span("Short", language="en"),)), Cell("طويل جدا")) for _row in range(2))
    table = Table("t", "جدول", (Column("عنوان", 3), Column("آخر", 3)), cells)
    document = replace(sample, chapters=(Chapter("c", "جداول", (table,)),))

    content = pdf.write(document, attached={"dataset.json": b"{}"})

    assert abs(pdfcheck.right_edge(content, "Short") - pdfcheck.right_edge(content, "عنوان")) < 2
