"""Datasets made by hand: a plain one for the documents, and one that tries to break them."""

from __future__ import annotations

from dataclasses import replace

from feedback.reports.domain.shapes import (
    Cell,
    CharterFacts,
    CountryFacts,
    CriterionRow,
    Dataset,
    FigureRow,
    KindTotal,
    MaterialRow,
    MonthTotal,
    Panel,
    PeriodFacts,
    RatingTable,
    SessionRow,
)
from feedback.validation import figures

HOSTILE = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(A1)",
    "🎉 feast",
    "中文標題",
    "{{ 7*7 }} {% load x %}",
    "*bold* $x^2$ `code` <label> @ref",
    "عنوان الجلسة −5.0%",
    "x" * 10_000,
    "word " * 2_000,
)
_QUESTIONS = (
    "Correct and current for my country",
    "Serves its stated goal",
    "A mentor can use it tomorrow",
    "A reader at A2 can follow",
    "Respectful, without stereotypes",
)


def session(number: int = 1, title: str = "First meetings", **more: object) -> SessionRow:
    month = (number - 1) % 12
    row = SessionRow(
        id=number,
        start=f"2026-{month + 1:02d}-14T10:00",
        zone="Europe/Sofia",
        title=title,
        kind="regular",
        kind_label="Regular session",
        mode="Online",
        countries=("BG",) if number % 4 else ("BG", "EL"),
        minutes=90,
        invited=9,
        yes=5,
        maybe=1,
        no=2,
        silent=1,
    )
    return replace(row, **more)


def criterion(number: int, scores: tuple[int, ...], text: str = "") -> CriterionRow:
    n, relevant = len(scores), figures.count_relevant(scores)
    interval, share = figures.wilson(relevant, n), figures.i_cvi(relevant, n)
    return CriterionRow(
        code=f"C{number}",
        text=text or _QUESTIONS[number - 1],
        n=n,
        not_applicable=9 - n,
        distribution=figures.distribution(scores),
        median=figures.median(scores).value,
        relevant=relevant,
        needed=figures.min_relevant(n),
        passes=figures.passes(relevant, n),
        i_cvi=FigureRow(share.value, n, ""),
        low=interval.low,
        high=interval.high,
        kappa=FigureRow(figures.modified_kappa(relevant, n).value, n, ""),
        aiken_v=FigureRow(figures.aiken_v(scores).value, n, ""),
    )


def material(number: int, title: str = "Mentor guide", *, asked: bool = True) -> MaterialRow:
    return MaterialRow(
        code=f"M{number:02d}",
        title=title,
        type="Guide",
        language="bg",
        language_label="Bulgarian",
        version=2,
        sha256=f"{number:064x}",
        assigned=9 if asked else 0,
        submitted=9 if asked else 0,
    )


def table(number: int, title: str = "Mentor guide") -> RatingTable:
    rows = (
        criterion(1, (4, 4, 4, 4, 3, 3, 3, 3, 4)),
        criterion(2, (4, 4, 3, 3, 3, 3, 3, 2, 2)),
        criterion(3, (1, 2, 2, 3, 3, 4, 4, 2, 1)),
        criterion(4, (3, 3, 4, 4, 4, 2)),
        criterion(5, ()),
    )
    items = [(row.relevant, row.n) for row in rows]
    ave, ua = figures.s_cvi_ave(items), figures.s_cvi_ua(items)
    return RatingTable(
        code=f"M{number:02d}",
        title=title,
        version=2,
        language="bg",
        sha256=f"{number:064x}",
        round_id=number,
        assigned=9,
        submitted=9,
        withheld=False,
        criteria=rows,
        s_cvi_ave=FigureRow(ave.value, ave.n, ""),
        s_cvi_ua=FigureRow(ua.value, ua.n, ""),
    )


def dataset(*, materials: int = 3, titles: tuple[str, ...] = ()) -> Dataset:
    """A country with some sessions; `titles` replace the titles of sessions and materials."""
    names = titles or ("First meetings", "What employers look at first", "Portfolio cafe")
    sessions = tuple(session(n, names[n % len(names)]) for n in range(1, max(25, len(names)) + 1))
    return Dataset(
        project="Project community",
        country=CountryFacts(
            code="BG",
            iso_code="BG",
            name="Bulgaria",
            zone="Europe/Sofia",
            language="Bulgarian",
            community="CoP Bulgaria",
            started_on="2025-09-01",
            partners=("Open Door Training",),
        ),
        charter=CharterFacts(1, "Working with migrants", "We help.", ("First job",), "2025-09-20"),
        period=PeriodFacts("2026-01-01", "2026-12-31"),
        newest_row="2026-12-14",
        sessions=sessions,
        cancelled_sessions=1,
        totals=(KindTotal("regular", "Regular session", len(sessions), 90 * len(sessions), 9, 5),),
        months=tuple(MonthTotal(f"2026-{m:02d}", (m * 7) % 4) for m in range(1, 13)),
        panel=Panel(9, (Cell("other roles", 9),), (Cell("3 to 5 years", 9),), ()),
        materials=tuple(
            material(n, names[n % len(names)], asked=n % 4 != 0) for n in range(1, materials + 1)
        ),
        ratings=tuple(table(n, names[n % len(names)]) for n in range(1, materials + 1) if n % 4),
        gaps=("No focus group was held in this period.", *titles),
    )
