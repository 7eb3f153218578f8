"""What a panel can show: published intervals, whole numbers, and the cheapest step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reviews import marks
from feedback.validation import doctor
from feedback.validation.doctor import Panel, Quota

THREE = Quota(3)
SIZES = st.integers(2, 300)


@pytest.mark.parametrize(
    ("n", "needed", "spare", "agreed", "dissented", "likely"),
    [
        # Wilson: 6 of 6 0.610 to 1, 5 of 6 0.436 to 0.970, 4 of 5 0.376 to 0.964.
        (5, 5, 0, 43, 59, 33),
        (6, 5, 1, 39, 53, 66),
        (9, 7, 2, 30, 42, 74),
    ],
)
def test_what_small_panels_show(n, needed, spare, agreed, dissented, likely):
    assert doctor.read(n) == doctor.Reading(n, needed, spare, agreed, dissented, likely)


def test_a_panel_without_a_mark_shows_nothing():
    assert doctor.read(1) == doctor.Reading(1, None, None, None, None, None)
    assert doctor.read(4, ((5, 80),)).needed is None


def test_the_next_size_is_the_first_that_survives_more():
    assert [doctor.next_size(n) for n in (2, 3, 5, 6, 8, 9)] == [6, 6, 6, 9, 9, 14]
    assert doctor.next_size(5, ((2, 100),)) is None


@pytest.mark.parametrize(
    ("panels", "quota", "step"),
    [
        # One more of Greece changes more than three more of Italy.
        ([Panel(1, 5, 3), Panel(2, 6, 3)], THREE, (1, 1, 0, 0, False)),
        # Evidence comes before dissents that cost as much.
        ([Panel(1, 5, 3), Panel(2, 2, 2)], THREE, (2, 1, 0, 0, True)),
        # The seats are planned, and none is left for the practitioner.
        ([Panel(1, 6, 6)], Quota(3, practitioners=1), (1, 1, 1, 0, True)),
        # An empty seat may be the practitioner's.
        ([Panel(1, 5, 6)], Quota(3, practitioners=1), (1, 3, 0, 0, False)),
        ([Panel(1, 6, 6, practitioners=6)], Quota(6, 6, 2), (1, 2, 0, 2, True)),
        # Of equally cheap ones the smaller panel comes first, then the first.
        ([Panel(1, 8, 8), Panel(2, 5, 5), Panel(3, 5, 5)], THREE, (2, 1, 0, 0, False)),
    ],
)
def test_the_cheapest_additional_expert(panels, quota, step):
    found = doctor.cheapest(panels, quota)
    assert step == (
        found.key,
        found.more,
        found.practitioners,
        found.lived,
        found.gives_evidence,
    )


def test_where_no_panel_survives_a_dissent_there_is_no_step():
    assert doctor.cheapest([Panel(1, 5, 5)], THREE, ((2, 100),)) is None
    assert doctor.cheapest([], THREE) is None


@given(SIZES)
def test_a_reading_holds_whole_numbers_within_their_bounds(n):
    found = doctor.read(n)
    assert found.needed + found.spare == n
    for value in (found.needed, found.spare, found.agreed, found.dissented, found.likely):
        assert isinstance(value, int)
    assert 0 <= found.likely <= 100
    assert 0 < found.agreed <= found.dissented <= 100


@given(SIZES)
def test_a_larger_panel_survives_no_fewer_dissents_and_tells_no_less(n):
    now, larger = doctor.read(n), doctor.read(n + 1)
    assert larger.spare >= now.spare or marks.mark_of(n + 1) > marks.mark_of(n)
    assert larger.agreed <= now.agreed
    assert larger.dissented <= now.dissented


@given(st.integers(1, 80), st.data())
def test_asking_for_more_agreement_makes_passing_rarer(n, data):
    needed = data.draw(st.integers(0, n))
    assert doctor.chance(0, n) == pytest.approx(1)
    assert doctor.chance(needed, n) >= doctor.chance(needed + 1, n)
    assert doctor.chance(n + 1, n) == 0


@given(
    st.lists(
        st.builds(Panel, st.integers(1, 9), st.integers(0, 12), st.integers(1, 12)), max_size=6
    ),
    st.builds(Quota, st.integers(3, 9), st.integers(0, 3), st.integers(0, 3)),
)
def test_a_step_is_the_least_that_changes_something(panels, quota):
    step = doctor.cheapest(panels, quota)
    if step is None:
        return
    assert step.after.n == step.before.n + step.more
    assert step.more >= 1
    if not step.gives_evidence:
        assert step.after.spare > (-1 if step.before.spare is None else step.before.spare)
        between = range(step.before.n + 1, step.after.n)
        assert all(doctor.read(n).spare <= (step.before.spare or 0) for n in between)
