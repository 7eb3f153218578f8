"""PDF, workbook and data out of one dataset: conforming, repeatable, and safe with any text."""

from __future__ import annotations

import io
import json
import resource
from collections.abc import Iterator

import openpyxl
import pikepdf
import pypdfium2
import pytest

from cop_platform.common.typesetting import glyphs
from feedback.reports.domain import pdf, xlsx
from feedback.reports.domain.shapes import to_json
from tests.reports import samples


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pdf.build(samples.dataset(), number=3)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return pdf.build(samples.dataset(materials=11, titles=samples.HOSTILE), number=1)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tag tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def scope(cell: pikepdf.Dictionary) -> str:
    attributes = cell.get("/A", pikepdf.Array([]))
    many = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(one.Scope) for one in many if "/Scope" in one), "")


def check_conformance(content: bytes) -> None:
    document = pikepdf.open(io.BytesIO(content))
    root = document.Root
    metadata = root.Metadata.read_bytes().decode()
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en"
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert str(document.docinfo.Title) == "Validation report: Bulgaria"
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    tags = list(elements(root.StructTreeRoot.K))
    figures = [tag for tag in tags if tag.S == "/Figure"]
    heads = [tag for tag in tags if tag.S == "/TH"]
    assert figures
    assert all(str(tag.get("/Alt", "")) for tag in figures)
    assert len(heads) > 20
    assert all(scope(tag) for tag in heads)
    assert str(root.AF[0].AFRelationship) == "/Source"


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_the_pdf_is_archivable_and_accessible(which, request):
    check_conformance(request.getfixturevalue(which))


def test_the_dataset_is_attached_to_the_pdf(plain):
    document = pikepdf.open(io.BytesIO(plain))

    attached = document.attachments["dataset.json"].get_file().read_bytes()

    assert attached == to_json(samples.dataset())


def test_two_builds_have_the_same_bytes(plain):
    data = samples.dataset()

    assert pdf.build(data, number=3) == plain
    assert xlsx.build(data, number=3) == xlsx.build(data, number=3)
    assert to_json(data) == to_json(samples.dataset())


def test_the_pdf_says_what_the_dataset_says(plain):
    words = text_of(plain)

    for expected in ("Bulgaria", "Portfolio cafe", "attendance by RSVP", "M03, version 2", "0.78"):
        assert expected in words
    assert "No focus group was held in this period." in words


def test_whatever_people_type_stays_text_in_the_pdf(hostile):
    words = text_of(hostile)

    for expected in ('#read("/etc/passwd")', "<script>alert(1)</script>", "=1+1", "{{ 7*7 }}"):
        assert expected in words
    assert "*bold* $x^2$ `code` <label> @ref" in words
    assert "root:x:0" not in words


def test_characters_without_a_glyph_are_replaced_and_listed(hostile):
    words = text_of(hostile)
    annex = words[words.index("Replaced characters") :]

    assert "🎉 feast" in words
    for code in ("[U+4E2D]", "[U+6587]"):
        assert code in annex


def test_arabic_can_be_searched(hostile):
    words = text_of(hostile)

    assert "عنوان" in words
    assert "الجلسة" in words


@pytest.mark.parametrize("title", ["\ufeff", "\ue000", "\ufe0f", "\U0010ffff", "ti\u0301tle"])
def test_odd_characters_build(title):
    content = pdf.build(samples.dataset(titles=(title,)), number=1)

    assert content.startswith(b"%PDF")


def test_replaced_characters_are_named():
    clean = glyphs.printable({"title": "fine 中", "rows": ["文", 3, None]})

    assert clean.data == {"title": "fine [U+4E2D]", "rows": ["[U+6587]", 3, None]}
    assert clean.replaced == ("[U+4E2D]", "[U+6587]")


def test_a_missing_font_is_a_sentence(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    with pytest.raises(glyphs.FontMissing, match="Vazirmatn"):
        pdf.build(samples.dataset(), number=1)


@pytest.mark.parametrize(
    ("path", "opens"),
    [("dataset.json", True), ("/../../../../../../etc/passwd", False), ("/etc/passwd", False)],
)
def test_the_typesetter_reads_nothing_outside_its_folder(monkeypatch, tmp_path, path, opens):
    template = (
        f'#set document(title: "x")\n#set text(lang: "en")\n#let found = read("{path}")\nText'
    )
    (tmp_path / "report.typ").write_text(template)
    monkeypatch.setattr(pdf, "_TEMPLATE", tmp_path / "report.typ")

    if opens:
        assert pdf.build(samples.dataset(), number=1).startswith(b"%PDF")
    else:
        with pytest.raises(pdf.NotTypeset):
            pdf.build(samples.dataset(), number=1)


def book(titles=()) -> openpyxl.Workbook:
    content = xlsx.build(samples.dataset(materials=11, titles=titles), number=3)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_workbook_has_a_sheet_for_each_chapter():
    assert book().sheetnames == [
        "Summary",
        "Sessions",
        "Panel",
        "Materials",
        "Ratings",
        "Gaps",
    ]


def test_what_people_type_is_no_formula_in_the_workbook():
    cells = [c for sheet in book(samples.HOSTILE) for row in sheet.iter_rows() for c in row]

    formulas = {cell.value for cell in cells if cell.data_type == "f"}

    assert formulas
    assert all(value.startswith("=IF(M") for value in formulas)
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells if cell.data_type == "s"}


def test_the_formulas_carry_the_value_they_give():
    content = xlsx.build(samples.dataset(), number=3)
    read = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Ratings"]

    rows = [[cell.value for cell in row] for row in read.iter_rows(min_row=2)]

    assert len(rows) == 15
    for row in rows:
        three, four, n, share = row[9], row[10], row[12], row[14]
        assert share == pytest.approx((three + four) / n) if n > 1 else not share


def test_json_is_the_dataset():
    loaded = json.loads(to_json(samples.dataset()))

    assert loaded["schema"] == "country-validation-report/1"
    assert len(loaded["sessions"]) == 25


def test_all_formats_of_twelve_materials_take_less_than_five_cpu_seconds():
    data = samples.dataset(materials=16)
    assert len(data.ratings) == 12
    before = cpu_seconds()

    pdf.build(data, number=1)
    xlsx.build(data, number=1)
    to_json(data)

    assert cpu_seconds() - before < 5


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
