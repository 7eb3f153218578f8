"""The printed report: archivable, accessible, repeatable, and safe with any text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from cop_platform.common import typesetting
from cop_platform.common.reporting.document import (
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Span,
    Table,
)
from cop_platform.common.reporting.drawings import (
    Bar,
    Bars,
    Columns,
    Flow,
    Forest,
    ForestRow,
    HeatCell,
    HeatMap,
    ThemeMap,
    Timeline,
    Waterfall,
)
from cop_platform.common.typesetting import glyphs
from feedback.reports.domain.writers import pdf
from tests.reports import documents
from tests.reports.writers import pdfcheck

DATASET = b'{"schema": "report-2"}'
EMBLEM = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">
<rect width="30" height="20" fill="#003399"/><circle cx="15" cy="10" r="6" fill="#ffcc00"/></svg>"""
TITLE = "Validation report: Bulgaria"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pdf.write(documents.sample(), attached={"dataset.json": DATASET, "ratings.csv": b"a,b"})


@pytest.fixture(scope="module")
def hostile() -> bytes:
    document = documents.sample(comments=documents.HOSTILE)
    cells = tuple((Cell(text), Cell(text), Cell(text)) for text in documents.HOSTILE)
    odd = Table("odd", "Odd", (Column("A"), Column("B", 3), Column("C")), cells)
    chapter = Chapter("odd", "Odd texts", (odd, Paragraph("\u0000 \ud800 \ufeff end")))
    return pdf.write(
        replace(document, chapters=(*document.chapters, chapter)),
        attached={"dataset.json": DATASET},
    )


def with_blocks(*blocks) -> bytes:
    document = replace(documents.sample(), chapters=(Chapter("one", "One", blocks),), annexes=())
    return pdf.write(document, attached={"dataset.json": DATASET})


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_it_is_archivable_and_accessible(which, request):
    pdfcheck.check(request.getfixturevalue(which), language="en", title=TITLE)


def test_the_dataset_is_attached_as_the_source_and_others_go_with_it(plain):
    document = pikepdf.open(io.BytesIO(plain))

    kinds = {str(file.UF): str(file.AFRelationship) for file in document.Root.AF}

    assert kinds == {"dataset.json": "/Source", "ratings.csv": "/Supplement"}
    assert document.attachments["dataset.json"].get_file().read_bytes() == DATASET


def test_two_builds_have_the_same_bytes(plain):
    again = pdf.write(documents.sample(), attached={"dataset.json": DATASET, "ratings.csv": b"a,b"})

    assert again == plain


def test_the_date_in_the_file_is_the_day_of_the_data(plain):
    document = pikepdf.open(io.BytesIO(plain))

    assert str(document.docinfo.CreationDate).startswith("D:20261120")


def test_each_figure_is_read_aloud_by_its_alt_text(plain):
    alts = {tag.alt for tag in pdfcheck.tags(plain) if tag.kind == "Figure"}

    expected = {f"What figure {n} shows, in words." for n in range(len(documents.DRAWINGS))}
    assert expected <= alts


def test_the_values_of_each_figure_stand_below_it_as_a_table(plain):
    tables = [tag for tag in pdfcheck.tags(plain) if tag.kind == "Table"]

    assert len(tables) == len(list(documents.sample().tables()))
    assert pdfcheck.text_of(plain).count("The values of this figure") == len(documents.DRAWINGS)


def test_words_in_another_language_say_so(plain):
    assert {"de", "bg"} <= pdfcheck.languages(plain)


def test_quotes_are_tagged_as_quotes(plain):
    assert any(tag.kind == "BlockQuote" for tag in pdfcheck.tags(plain))


def test_contents_say_chapters_and_annexes_with_their_pages(plain):
    document = pypdfium2.PdfDocument(plain)
    contents = document[2].get_textpage().get_text_range()
    document.close()

    assert re.search(r"1\s+Ratings[\s.]+4", contents)
    assert re.search(r"A\s+Manifest[\s.]+\d+", contents)


def test_one_chapter_needs_no_contents():
    content = with_blocks(Paragraph("Short."))
    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    document.close()

    assert pages == 3
    assert "Contents" not in pdfcheck.text_of(content)


def test_the_second_page_says_how_to_cite_and_to_verify(plain):
    document = pypdfium2.PdfDocument(plain)
    second = document[1].get_textpage().get_text_range()
    document.close()

    for said in ("Open House Sofia (2026)", "CC BY 4.0", documents.SHA, "cop.example/verify/"):
        assert said in second


def test_whatever_people_type_stays_text(hostile):
    words = pdfcheck.bare(pdfcheck.text_of(hostile))

    assert '#read("/etc/passwd") <script>alert(1)</script> {{ 7*7 }}' in words
    assert "*bold* $x^2$ `code` <label> @ref" in words
    assert "=cmd()|' /C calc'!A0" in words
    assert "root:x:0" not in words


def test_what_no_font_can_draw_stands_as_its_code_and_is_listed(hostile):
    words = pdfcheck.bare(pdfcheck.text_of(hostile))
    listed = words[words.index("Printed as their codes:") :]

    assert "😀" in words
    for code in ("[U+4E2D]", "[U+6587]", "[U+202E]", "[U+0000]", "[U+D800]", "[U+FEFF]"):
        assert code in listed
        assert code in words[: -len(listed)]


def test_signs_that_people_type_are_drawn():
    signs = "← ↑ → ↓ ↔ ↕ ⇐ ⇑ ⇒ ⇓ ⇔ ≤ ≥ ≠ ± × ÷ √ ✓ ✗ ★ ☐ € £ § † … 👍🏽 👩‍🏫 ❤️ ½"

    words = pdfcheck.text_of(with_blocks(Paragraph(signs)))

    assert "[U+" not in words
    assert "→" in words


@pytest.mark.parametrize(
    "linked", ["/etc/logo.png", "file:///etc/logo.png", "http://127.0.0.1:9/l.png", "../logo.png"]
)
def test_a_picture_that_leads_elsewhere_is_refused(linked):
    drawn = EMBLEM.replace(b"<circle", f'<image href="{linked}"/><circle'.encode())
    document = documents.sample()
    cover = replace(document.cover, emblem=Picture("e", "E", "image/svg+xml", drawn))

    with pytest.raises(typesetting.NotTypeset):
        pdf.write(replace(document, cover=cover), attached={"dataset.json": DATASET})


def test_all_letters_of_a_very_long_cell_are_printed(hostile):
    assert pdfcheck.text_of(hostile).count("x") > 4 * 50_000


def test_the_emblem_is_at_least_a_centimetre_high_and_partners_are_smaller():
    picture = Picture("emblem", "Emblem of the Union", "image/svg+xml", EMBLEM)
    logo = replace(picture, name="logo", alt="A partner")
    document = documents.sample()
    cover = replace(document.cover, emblem=picture, logos=(logo, logo))

    content = pdf.write(replace(document, cover=cover), attached={"dataset.json": DATASET})

    figures = {tag.alt: tag for tag in pdfcheck.tags(content) if tag.kind == "Figure"}
    emblem, partner = figures["Emblem of the Union"], figures["A partner"]
    assert emblem.high >= 28.35
    assert partner.high < emblem.high
    assert partner.bottom > emblem.bottom + emblem.high


def test_headings_leave_out_no_step():
    content = with_blocks(Heading("Deep", 3), Heading("Two", 2), Heading("Three", 3))

    kinds = [tag.kind for tag in pdfcheck.tags(content) if re.fullmatch(r"H\d", tag.kind)]
    assert kinds[-4:] == ["H1", "H2", "H2", "H3"]


def test_a_wide_table_gets_a_page_on_its_side():
    columns = tuple(Column(f"Criterion number {n}") for n in range(14))
    rows = tuple(tuple(Cell(f"relevantly {n}") for n in range(14)) for _ in range(30))

    content = with_blocks(Paragraph("Before."), Table("w", "Wide", columns, rows))

    document = pypdfium2.PdfDocument(content)
    sides = [page.get_width() > page.get_height() for page in document]
    document.close()
    assert sides[2:] == [False, True, *sides[4:]]
    assert len(re.findall(r"relevantly\s+13", pdfcheck.text_of(content))) == 30


def test_only_addresses_of_the_web_and_of_mail_become_links():
    spans = (Span("good", link="https://cop.example/a"), Span("bad", link="javascript:alert(1)"))

    content = with_blocks(Paragraph(spans))

    document = pikepdf.open(io.BytesIO(content))
    actions = [a.A for page in document.pages for a in page.get("/Annots", []) if "/A" in a]
    addresses = {str(action.URI) for action in actions if "/URI" in action}
    assert addresses == {"https://cop.example/a", "https://cop.example/verify/"}


EMPTY = Table("e", "Nothing", (Column("A"),), ())


@pytest.mark.parametrize(
    "drawing",
    [
        Flow(()),
        Bars((), ()),
        Bars(("a",), (Bar("none", (0,)),)),
        HeatMap((), ()),
        HeatMap(
            tuple(f"C{n}" for n in range(45)),
            tuple((f"M{n}", tuple(HeatCell(n / 80, "x") for _ in range(45))) for n in range(80)),
        ),
        ThemeMap((), "people"),
        Waterfall(()),
        Columns(()),
        Columns(tuple((f"Month {n}", n, str(n)) for n in range(48))),
        Timeline("2026-01-01", "2026-01-01", "a", "b", (), ()),
        Forest((), None, ""),
        Forest(tuple(ForestRow(f"R{n}", 0.5, 0.1, 1.0, "said") for n in range(90)), 0.9, "mark"),
    ],
    ids=lambda drawing: type(drawing).__name__,
)
def test_drawings_with_nothing_or_very_much_build(drawing):
    content = with_blocks(Figure("f", "Figure", "In words.", drawing, EMPTY))

    pdfcheck.check(content, language="en", title=TITLE)


def test_a_template_cannot_ask_for_a_package_or_for_a_file_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    at = datetime(2026, 1, 1, tzinfo=UTC)

    for source in ('#import "@preview/cetz:0.3.0"', f'#read("{secret}")', '#read("../secret.txt")'):
        with pytest.raises(typesetting.NotTypeset):
            typesetting.typeset({"document.typ": source.encode()}, made_at=at)


def test_a_link_in_the_folder_of_the_job_is_refused(tmp_path):
    (tmp_path / "document.typ").write_text('#set document(title: "t")\n= A\n#read("out")')
    (tmp_path / "out").symlink_to("/etc/hostname")
    build = Path(typesetting.__file__).with_name("build.py")

    ended = subprocess.run(
        [sys.executable, "-I", str(build), str(tmp_path), "pdf", "0"],
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 1
    assert b"out is a link" in ended.stderr


def test_names_of_files_lead_nowhere_else():
    with pytest.raises(ValueError, match="plain name"):
        typesetting.typeset({"../document.typ": b""}, made_at=datetime(2026, 1, 1, tzinfo=UTC))


def may_trace() -> bool:
    """Whether this machine has strace and lets it look."""
    tracer = shutil.which("strace")
    return (
        bool(tracer)
        and not subprocess.run([tracer, "-o", "/dev/null", "true"], check=False).returncode
    )


@pytest.mark.skipif(not may_trace(), reason="needs strace")
def test_setting_opens_no_socket_and_reads_only_its_folder_and_fonts(tmp_path, monkeypatch):
    log = tmp_path / "calls"
    real = subprocess.run

    def traced(command, **kept):
        calls = [
            shutil.which("strace"),
            "-f",
            "-o",
            str(log),
            "-e",
            "trace=network,openat",
            *command,
        ]
        return real(calls, **kept)

    monkeypatch.setattr(subprocess, "run", traced)
    pdf.write(documents.sample(), attached={"dataset.json": DATASET})

    lines = log.read_text().splitlines()
    assert not [line for line in lines if re.search(r"\b(socket|connect|sendto)\(", line)]
    compiling = next(n for n, line in enumerate(lines) if "document.typ" in line)
    opened = re.findall(r'openat\(AT_FDCWD, "([^"]+)"', "\n".join(lines[compiling:]))
    fonts = [str(file.parent) for file in glyphs.font_files()]
    inside = (
        *fonts,
        f"{tempfile.gettempdir()}/document-",
        "/sys/",
        "/proc/",
        "/dev/",
        "/etc/localtime",
    )
    assert [file for file in opened if not file.startswith(inside)] == []
