"""Drawings of a page: every kind, in both directions, with nothing that a strict policy stops."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from cop_platform.common.reporting.drawings import (
    Bar,
    Bars,
    Columns,
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
from feedback.reports.domain.writers import svg
from tests.reports.documents import DRAWINGS

KINDS = [type(drawing).__name__ for drawing in DRAWINGS]
EMPTY = (
    Flow(()),
    Bars((), ()),
    HeatMap((), ()),
    ThemeMap((), "people"),
    Waterfall(()),
    Timeline("2026-01-01", "2026-01-01", "Jan", "Jan", (), ()),
    Forest((), None, ""),
    Columns(()),
)
HOSTILE = '<script>alert(1)</script> & "x" \x00\u202e'
LONG = "word " * 60


def parsed(drawing, *, right_to_left: bool = False) -> etree._Element:
    return etree.fromstring(svg.draw(drawing, alt="What it shows", right_to_left=right_to_left))


def places(root: etree._Element, tag: str, name: str) -> list[float]:
    return [float(element.get(name)) for element in root.iter(tag)]


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("drawing", [*DRAWINGS, *EMPTY], ids=lambda drawing: type(drawing).__name__)
def test_every_drawing_is_a_picture_with_words(drawing, right_to_left):
    root = parsed(drawing, right_to_left=right_to_left)

    assert (root.get("role"), root.get("aria-label")) == ("img", "What it shows")
    assert root.get("direction") == ("rtl" if right_to_left else "ltr")
    width, height = float(root.get("width")), float(root.get("height"))
    for rect in root.iter("rect"):
        x, y, wide, high = (float(rect.get(n)) for n in ("x", "y", "width", "height"))
        assert x >= -0.1
        assert x + wide <= width + 0.1
        assert y >= 0
        assert y + high <= height
        assert min(wide, high) >= 0
    assert all(0 <= y <= height for y in places(root, "text", "y"))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=KINDS)
def test_nothing_in_it_needs_a_style_or_a_script(drawing):
    root = parsed(drawing)

    names = {name for element in root.iter() for name in element.attrib}

    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert {element.tag for element in root.iter()} <= {"svg", "rect", "line", "circle", "text"}
    assert all(element.get("class") for element in root)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=KINDS)
def test_the_other_direction_is_the_mirror(drawing):
    straight, turned = parsed(drawing), parsed(drawing, right_to_left=True)
    width = float(straight.get("width"))

    mirrored = [width - x for x in places(straight, "text", "x")]

    assert places(turned, "text", "x") == pytest.approx(mirrored, abs=0.11)


def test_what_people_type_stays_text():
    bars = Bars((HOSTILE,), (Bar(HOSTILE, (3,), HOSTILE),))

    said = svg.draw(bars, alt=HOSTILE, right_to_left=False)

    assert "<script" not in said
    assert "[U+0000]" in said
    assert "[U+202E]" in etree.fromstring(said).get("aria-label")


@pytest.mark.parametrize(
    "drawing",
    [
        Flow((Step(LONG, 3, "3", LONG), Step(LONG, 2, "2"))),
        Bars((LONG,), (Bar(LONG, (1,), "1"),)),
        HeatMap((LONG,) * 3, ((LONG, (HeatCell(1.0, "1"),) * 3),)),
        ThemeMap((Theme(LONG, 1, 5, "5"),), "people"),
        Waterfall((Fall(LONG, 3, "3", total=True), Fall(LONG, -1, "-1"))),
        Timeline(
            "2026-01-01", "2026-12-31", "a", "b", (LONG,), (Event("2026-03-01", "d", LONG, LONG),)
        ),
        Forest((ForestRow(LONG, 0.5, 0.1, 0.9, LONG),), 0.8, "mark"),
    ],
    ids=lambda drawing: type(drawing).__name__,
)
def test_long_words_are_broken_and_end_in_dots(drawing):
    lines = [element.text for element in parsed(drawing).iter("text")]

    assert any(line.endswith("…") for line in lines)
    assert max(map(len, lines)) < 90


def test_many_columns_make_the_picture_wider():
    cells = tuple(HeatCell(0.5, "0.50") for _ in range(30))
    wide = HeatMap(tuple(f"R{n}" for n in range(30)), (("C1", cells),))

    assert float(parsed(wide).get("width")) > 1300


def test_fields_are_tinted_by_their_share():
    cells = (HeatCell(0.0, "0"), HeatCell(0.5, "1"), HeatCell(1.0, "2"), HeatCell(None, "-"))

    said = svg.draw(HeatMap(("a",) * 4, (("C1", cells),)), alt="", right_to_left=False)

    looks = re.findall(r'<rect class="picture-cell ([^"]+)"', said)
    assert looks == ["tone-0", "tone-4", "tone-8", "picture-empty"]


def test_bars_share_the_whole_width_by_their_counts():
    root = parsed(Bars(("no", "yes"), (Bar("C1", (1, 3), "0.75"),)))

    legend, parts = places(root, "rect", "width")[:2], places(root, "rect", "width")[2:]

    assert legend == [12, 12]
    assert parts[1] == pytest.approx(3 * parts[0])


def test_events_that_would_meet_stand_under_each_other():
    events = tuple(Event("2026-02-01", "1 Feb", f"Session {n}", "Sessions") for n in range(3))
    root = parsed(Timeline("2026-01-01", "2026-12-31", "a", "b", ("Sessions",), events))

    assert len(set(places(root, "circle", "cy"))) == 3
