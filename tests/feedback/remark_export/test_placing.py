"""Fractions of a page as it is shown, and the points of the page itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reviews.domain.remark_export.drawing import Badge
from feedback.reviews.domain.remark_export.placing import Box, Sheet

TURNS = st.sampled_from([0, 90, 180, 270])
PARTS = st.floats(-0.5, 1.5)


@given(turned=TURNS, drawn=st.tuples(PARTS, PARTS, PARTS, PARTS))
def test_a_box_never_leaves_the_page_whatever_was_drawn(turned, drawn):
    sheet = Sheet(Box(-20, 30, 400, 630), turned)
    box = sheet.box(drawn)
    assert sheet.shown.with_(box) == sheet.shown
    assert box.left <= box.right
    assert box.bottom <= box.top


@pytest.mark.parametrize(
    ("turned", "corner"), [(0, (0, 200)), (90, (0, 0)), (180, (100, 0)), (270, (100, 200))]
)
def test_the_top_left_as_it_is_shown_is_another_corner_of_a_turned_page(turned, corner):
    assert Sheet(Box(0, 0, 100, 200), turned).point(0, 0) == corner


@given(turned=TURNS, count=st.integers(1, 30), backwards=st.booleans())
def test_numbers_that_stand_beside_each_other_never_lie_over_one_another(turned, count, backwards):
    taken: list[Box] = []
    for number in range(1, count + 1):
        Badge(number, (100.0, 100.0), 6.0, turned).settled(taken, backwards=backwards)
    pairs = [(one, other) for n, one in enumerate(taken) for other in taken[:n]]
    assert not [pair for pair in pairs if pair[0].meets(pair[1])]
