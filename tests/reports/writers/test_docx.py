"""A report as a Word document: repeatable, safe with any text, mirrored where it should be."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from cop_platform.common.reporting.document import (
    Bullets,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Picture,
    Span,
    Table,
)
from feedback.reports.domain.writers import docx as writer
from tests.reports.documents import HOSTILE, sample

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 20">
<rect width="300" height="20" fill="#0e5c5e"/></svg>"""


@pytest.fixture(scope="module")
def english() -> bytes:
    return writer.write(sample(comments=HOSTILE))


@pytest.fixture(scope="module")
def arabic() -> bytes:
    return writer.write(sample("ar", right_to_left=True, comments=("ملاحظة", "Чисто")))


def body_of(content: bytes) -> etree._Element:
    return docx.Document(io.BytesIO(content)).element.body


def words_of(content: bytes) -> str:
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body_of(content).iter(qn("w:p"))
    )


def with_blocks(*blocks, **changes):
    found = sample(**changes)
    return replace(found, chapters=(Chapter("one", "One", blocks),), annexes=())


def test_two_builds_have_the_same_bytes(english):
    assert writer.write(sample(comments=HOSTILE)) == english


def test_the_parts_are_sorted_and_carry_no_time_of_ours(english):
    entries = zipfile.ZipFile(io.BytesIO(english)).infolist()

    names = [entry.filename for entry in entries]

    assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]
    assert {entry.date_time for entry in entries} == {(2000, 1, 1, 0, 0, 0)}


def test_the_properties_are_the_documents(english):
    about = docx.Document(io.BytesIO(english)).core_properties

    assert (about.title, about.author) == ("Validation report: Bulgaria", "Open House Sofia")
    assert f"{about.created:%Y-%m-%d}" == f"{about.modified:%Y-%m-%d}" == "2026-11-20"
    assert (about.language, about.identifier) == ("en", sample().dataset_sha256)


def test_whatever_people_type_stays_text(english):
    words = words_of(english)

    for text in HOSTILE:
        assert text.replace("\u202e", "[U+202E]") in words
    kinds = {e.get(qn("w:instr")) or e.text for e in body_of(english).iter(qn("w:instrText"))}
    assert kinds == {' TOC \\o "1-1" \\t "Annex,1" \\h \\z \\u '}


@pytest.mark.parametrize("code", [0x0, 0x8, 0x1F, 0xD800, 0xFFFE, 0xFFFF, 0x202D])
def test_what_a_file_cannot_hold_is_written_as_its_code(code):
    content = writer.write(with_blocks(Paragraph(f"before{chr(code)}after")))

    assert f"before[U+{code:04X}]after" in words_of(content)


def test_headings_and_captions_are_styles_of_word(english):
    found = docx.Document(io.BytesIO(english))

    used = {paragraph.style.name for paragraph in found.paragraphs}

    assert {"Title", "Heading 1", "Heading 2", "Caption", "Quote", "List Bullet"} <= used
    assert {table.style.name for table in found.tables} == {"Report Table"}


def test_heading_rows_are_repeated_and_no_row_is_torn(english):
    tables = list(body_of(english).iter(qn("w:tbl")))[1:]

    assert len(tables) == 11
    for table in tables:
        first, *others = table.iter(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in others)


def test_one_chapter_needs_no_contents(english):
    one = writer.write(with_blocks(Paragraph("Short.")))

    assert "Contents" in words_of(english).splitlines()
    assert "Contents" not in words_of(one).splitlines()


def test_columns_are_as_wide_as_their_weights(english):
    grid = list(body_of(english).iter(qn("w:tblGrid")))[1]

    wide = [int(column.get(qn("w:w"))) for column in grid]

    assert wide[1] > 3 * wide[0]
    assert sum(wide) <= 9412


def test_every_picture_has_words(english):
    described = [e.get("descr") for e in body_of(english).iter(qn("wp:docPr"))]

    assert described == [f"What figure {n} shows, in words." for n in range(8)]


def test_words_in_another_language_say_which(english):
    languages = {e.get(qn("w:val")) for e in body_of(english).iter(qn("w:lang"))}

    assert languages == {"de-DE", "bg-BG"}


def test_a_right_to_left_document_is_mirrored(arabic):
    body = body_of(arabic)

    tables = list(body.iter(qn("w:tbl")))
    turned = [
        p for p in body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    ]
    straight = [
        p for p in turned if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}").get(qn("w:val")) == "0"
    ]

    assert all(t.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None for t in tables)
    assert body.find(qn("w:sectPr")).find(qn("w:bidi")) is not None
    assert len(turned) > 100
    assert [p.text for p in straight] == ["Чисто"]


def test_arabic_runs_right_to_left_and_figures_do_not():
    text = "النسبة \u2066-5.0%\u2069 من \u20660.71–0.95\u2069"
    content = writer.write(with_blocks(Paragraph(text), language="ar", right_to_left=True))

    runs = [
        ("".join(t.text for t in run.iter(qn("w:t"))), run.find(f"{qn('w:rPr')}/{qn('w:rtl')}"))
        for run in body_of(content).iter(qn("w:r"))
    ]
    said = {words: turned is not None for words, turned in runs}

    assert said["النسبة "]
    assert said["\u200e-5.0%\u200e"] is False
    assert said["\u200e0.71–0.95\u200e"] is False


def test_only_links_of_ours_are_links():
    text = (
        Span("https://evil.example "),
        Span("ours", link="https://cop.example/x"),
        Span("bad", link="javascript:alert(1)"),
    )
    content = writer.write(with_blocks(Paragraph(text)))

    parts = zipfile.ZipFile(io.BytesIO(content)).read("word/_rels/document.xml.rels").decode()
    external = re.findall(r'Target="([^"]+)" TargetMode="External"', parts)

    assert sorted(external) == ["https://cop.example/verify/", "https://cop.example/x"]


def test_each_ordered_list_counts_from_one():
    content = writer.write(with_blocks(Bullets(("a", "b"), True), Bullets(("c",), ordered=True)))

    numbers = [e.get(qn("w:val")) for e in body_of(content).iter(qn("w:numId"))]

    assert numbers[0] == numbers[1] != numbers[2]


def test_pictures_that_word_cannot_show_are_said():
    logos = (
        Picture("a", "Logo of A", "image/png", PNG),
        Picture("b", "Logo of B", "image/png", b"not a picture"),
        Picture("c", "Logo of C", "image/svg+xml", b"no drawing"),
        Picture("d", "Logo of D", "image/svg+xml", SVG),
    )
    plain = with_blocks()
    content = writer.write(replace(plain, cover=replace(plain.cover, logos=logos)))

    described = [e.get("descr") for e in body_of(content).iter(qn("wp:docPr"))]

    assert described == ["Logo of A", "Logo of D"]
    assert "Logo of B" in words_of(content)
    assert "Logo of C" in words_of(content)


def test_a_wide_table_stands_on_paper_that_lies():
    heads = tuple(Column(f"Heading {n}") for n in range(24))
    wide = Table("wide", "Wide", heads, (tuple(Cell("considerable") for _ in heads),))
    content = writer.write(with_blocks(Paragraph("Before."), wide, wide, Paragraph("After.")))

    sizes = [e.get(qn("w:orient")) for e in body_of(content).iter(qn("w:pgSz"))]
    first_pages = [
        s.find(qn("w:titlePg")) is not None for s in body_of(content).iter(qn("w:sectPr"))
    ]

    assert sizes == [None, "landscape", None]
    assert first_pages == [True, False, False]


def test_no_logo_is_wider_than_its_share_of_the_cover():
    plain = with_blocks()
    logos = (Picture("d", "Logo of D", "image/svg+xml", SVG),)
    content = writer.write(replace(plain, cover=replace(plain.cover, logos=logos)))

    size = next(body_of(content).iter(qn("wp:extent")))

    assert int(size.get("cx")) == 7 * 360_000
    assert int(size.get("cx")) / int(size.get("cy")) == pytest.approx(15, rel=0.02)
