"""A small document with every kind of block and drawing, for the tests of writers."""

from __future__ import annotations

from cop_platform.common.reporting.document import (
    Align,
    Bullets,
    Cell,
    Chapter,
    Column,
    Cover,
    Document,
    Figure,
    Heading,
    Labels,
    Note,
    Paragraph,
    Quote,
    Sign,
    Span,
    Stat,
    Stats,
    Table,
)
from cop_platform.common.reporting.drawings import (
    Bar,
    Bars,
    Columns,
    Drawing,
    Event,
    Fall,
    Flow,
    Forest,
    ForestRow,
    HeatCell,
    HeatMap,
    Step,
    Theme,
    ThemeMap,
    Timeline,
    Waterfall,
)

SHA = "0f" * 32

HOSTILE = (
    "emoji 😀 🎉",
    "CJK 中文字",
    "override \u202e txt",
    '#read("/etc/passwd") <script>alert(1)</script> {{ 7*7 }}',
    "=cmd()|' /C calc'!A0",
    "+1 -1 @SUM(1)",
    "*bold* $x^2$ `code` <label> @ref",
    "long " + "x" * 50_000,
)

DRAWINGS: tuple[Drawing, ...] = (
    Flow(
        (
            Step("Invited", 12, "12", "2 declined, 1 gave no answer"),
            Step("Accepted", 9, "9", "1 did not finish"),
            Step("Completed", 8, "8"),
            Step("Used", 8, "8"),
        )
    ),
    Bars(
        ("1 no", "2 partly", "3 mostly", "4 fully"),
        (
            Bar("C1 Clear words", (0, 1, 3, 4), "0.88"),
            Bar("C2 Fits its readers", (2, 2, 2, 2), "0.50"),
        ),
    ),
    HeatMap(
        ("C1", "C2", "C3"),
        (
            ("M01", (HeatCell(1.0, "1.00"), HeatCell(0.5, "0.50"), HeatCell(None, "–"))),
            ("M02", (HeatCell(0.83, "0.83"), HeatCell(0.78, "0.78"), HeatCell(0.2, "0.20"))),
        ),
    ),
    ThemeMap((Theme("Hard words", 3, 14, "14"), Theme("Upload of papers", 2, 6, "6")), "people"),
    Waterfall(
        (
            Fall("Asked", 20, "20", total=True),
            Fall("Declined", -4, "-4"),
            Fall("Open", -3, "-3"),
            Fall("Done", 13, "13", total=True),
        )
    ),
    Timeline(
        "2026-01-01",
        "2026-12-31",
        "Jan 2026",
        "Dec 2026",
        ("Sessions", "Rounds"),
        (
            Event("2026-02-03", "3 Feb 2026", "Kick-off", "Sessions"),
            Event("2026-06-10", "10 Jun 2026", "M01 closed", "Rounds"),
        ),
    ),
    Forest(
        (
            ForestRow("BG", 0.91, 0.7, 0.98, "0.91 (0.70 to 0.98), 9 experts"),
            ForestRow("DE", None, None, None, "too few answers"),
        ),
        0.9,
        "pass mark 0.90",
    ),
    Columns((("Jan", 2, "2"), ("Feb", 0, "0"), ("Mar", 5, "5"))),
)


def table(key: str = "t1", rows: int = 3, text: str = "Clear words") -> Table:
    """A table with text, numbers with their source, and signs."""
    return Table(
        key=key,
        caption="What the panel said",
        columns=(Column("No."), Column("Question", 4), Column("I-CVI", 1, Align.END)),
        rows=tuple(
            (
                Cell(f"C{n}"),
                Cell((Span(text), Span(" ein Satz", language="de", soft=True))),
                Cell(
                    "0.83", value=0.83, source=f"/sections/ratings/{n}", sign=Sign.GOOD, tint=0.83
                ),
            )
            for n in range(rows)
        ),
        note="Answers of 3 and 4 count as relevant.",
    )


def figure(n: int, drawing: Drawing) -> Figure:
    """A figure around a drawing, with its table."""
    return Figure(
        f"f{n}", f"Figure {n}", f"What figure {n} shows, in words.", drawing, table(f"ft{n}")
    )


def sample(
    language: str = "en",
    *,
    right_to_left: bool = False,
    comments: tuple[str, ...] = ("A plain remark.",),
    tables: int = 1,
) -> Document:
    """Every block once, `comments` quoted, and so many tables of twenty rows."""
    blocks = (
        Stats((Stat("9", "experts"), Stat("12/15", "questions reached the pass mark"))),
        Paragraph((Span("The panel said ", strong=True), Span("0.71–0.95", code=True))),
        Heading("Agreement"),
        Bullets(("First.", "Second.")),
        Note("Too few answers to show.", Sign.OPEN),
        *[Quote(text, "bg", "Case worker", "In translation") for text in comments],
        table(),
        *[figure(n, drawing) for n, drawing in enumerate(DRAWINGS)],
        *[table(f"long{n}", 20) for n in range(tables)],
    )
    return Document(
        language=language,
        right_to_left=right_to_left,
        title="Validation report: Bulgaria",
        description="1 January 2026 to 31 December 2026",
        author="Open House Sofia",
        release="BG 3",
        day="2026-11-20",
        dataset_sha256=SHA,
        cover=Cover(
            kind="Validation report",
            title="Bulgaria",
            subtitle="1 January 2026 to 31 December 2026",
            project="PORT · Portfolios for newcomers",
            facts=(("Release", (Span("BG 3", code=True),)), ("Data up to", "20 November 2026")),
            statement="Funded by the European Union.",
            disclaimer="The views are those of the authors alone.",
            citation="Open House Sofia (2026). Validation report: Bulgaria.",
            licence="CC BY 4.0",
            check_words="The dataset is attached.",
            check_address="https://cop.example/verify/",
        ),
        chapters=(Chapter("ratings", "Ratings", blocks),),
        annexes=(Chapter("manifest", "Manifest", (table("manifest"),)),),
        labels=Labels(
            contents="Contents",
            page="Page %(page)s of %(pages)s",
            annexes="Annexes",
            data_table="The values of this figure",
            figure="Figure",
            table="Table",
            release="Release",
            cite="How to cite",
            verify="How to verify this report",
            replaced_none="Every character could be printed.",
            replaced_some="Printed as their codes:",
        ),
    )
