"""Two reports of different days never tell about one to four people."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.focus_groups.domain.report import increments
from feedback.focus_groups.domain.report.increments import Given

FIRST = date(2026, 11, 1)
DAYS = 12
HIGHEST = 4

rows = st.lists(
    st.tuples(
        st.integers(0, DAYS - 1),
        st.sampled_from([0, 1, 2, 3, 4, 4, 4, 1]),
        st.one_of(st.none(), st.none(), st.none(), st.integers(0, DAYS)),
    ),
    max_size=70,
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def answered(found, known_on=DAYS, *, erasures=True):
    """Responses and their values as somebody reads them on a day: what was erased has no value."""
    made, values = [], {}
    for key, (on, value, erased) in enumerate(found):
        gone = day(max(on, erased)) if erasures and erased is not None else None
        gone = gone if gone and gone < day(known_on) else None
        made.append(Given(key, day(on), gone))
        if gone is None:
            values[key] = value
    return made, values


def read(found, last, **more):
    """Batches and blocks as a report of that last day has them."""
    made, values = answered(found, **more)
    batches = increments.batches(made, day(last))
    return batches, list(increments.blocks(batches, values, HIGHEST))


def nobody_or_five(people: int) -> bool:
    return people == 0 or people >= 5


def joined(one, other):
    """The smallest sets of values that both partitions can tell: what can be subtracted."""
    found = [set(group) for group in one]
    for group in other:
        touching = [s for s in found if s & set(group)]
        found = [s for s in found if s not in touching] + [set().union(*touching, group)]
    return found


def told(parts, values):
    return sum(part.people for part in parts if set(part.values) <= values)


@settings(max_examples=150, deadline=None)
@given(rows, st.integers(0, DAYS - 1))
def test_every_difference_of_two_days_is_nobody_or_at_least_five(found, first):
    reports = []
    for last in range(DAYS):
        batches, blocks = read(found, last, erasures=False)
        whole = increments.answers(batches, day(first))
        reports.append((whole, increments.parts(blocks, day(first), HIGHEST)))
    for (before, early), (after, late) in combinations(reports, 2):
        assert nobody_or_five(after - before)
        if not late:
            assert early == ()
            continue
        groups = joined([p.values for p in early], [p.values for p in late])
        for values in groups:
            assert nobody_or_five(told(late, values) - told(early, values))


@settings(max_examples=150, deadline=None)
@given(rows)
def test_every_part_of_every_report_is_nobody_or_at_least_five(found):
    for last in range(DAYS):
        for first in range(last + 1):
            _batches, blocks = read(found, last)
            for part in increments.parts(blocks, day(first), HIGHEST):
                assert nobody_or_five(part.people)


@settings(max_examples=150, deadline=None)
@given(rows, st.integers(0, 1))
def test_reports_before_and_after_erasures_share_whole_blocks_or_nothing(found, later):
    """Blocks are the smallest thing that can be counted out: none is told again otherwise cut."""
    reports = []
    for last in range(DAYS):
        batches, blocks = read(found, last, known_on=last + 1 + later)
        told = [batch.keys for batch in batches if batch.lost_on is None]
        reports.append((told, [block.keys for block in blocks]))
    for early, late in combinations(reports, 2):
        for before, after in zip(early, late, strict=True):
            for keys in after:
                assert keys in before or not set(keys) & {k for group in before for k in group}


@given(rows)
def test_what_is_in_a_batch_does_not_depend_on_answers(found):
    turned = [(on, 4 - value, erased) for on, value, erased in found]

    assert read(found, DAYS)[0] == read(turned, DAYS)[0]


@given(st.lists(st.integers(0, 60), min_size=2, max_size=2))
def test_people_in_fives_differ_by_nobody_or_at_least_five(numbers):
    one, other = (increments.in_fives(n) or 0 for n in sorted(numbers))

    assert nobody_or_five(other - one)


def test_four_answers_wait_for_the_fifth():
    four = [(0, 4, None)] * 4

    assert read(four, 0)[0] == ()
    (batch,) = read([*four, (3, 4, None)], 5)[0]
    assert (batch.closed_on, len(batch.keys)) == (day(3), 5)


def test_a_day_is_told_only_as_a_whole():
    """The sixth answer of the same day is in the same batch, however late it came."""
    (batch,) = read([(0, 4, None)] * 6, 0)[0]

    assert len(batch.keys) == 6


def test_a_question_waits_until_each_side_can_be_shown():
    first = [(0, 4, None)] * 6 + [(0, 1, None)] * 2
    second = [(1, 1, None)] * 5

    assert read(first, 3)[1] == []
    (block,) = read([*first, *second], 3)[1]
    assert block.counts == Counter({4: 6, 1: 7})


def test_values_are_told_apart_as_far_as_every_block_allows():
    found = [(0, 4, None)] * 6 + [(0, 3, None)] * 5 + [(0, 1, None)] * 5
    _batches, blocks = read(found, 0)
    alone = increments.parts(blocks, day(0), HIGHEST)
    _batches, blocks = read([*found, *[(1, 3, None)] * 3, *[(1, 4, None)] * 3], 1)
    both = increments.parts(blocks, day(0), HIGHEST)

    assert [(p.values, p.people) for p in alone] == [
        ((0,), 0),
        ((1,), 5),
        ((2,), 0),
        ((3,), 5),
        ((4,), 6),
    ]
    assert [(p.values, p.people) for p in both] == [
        ((0,), 0),
        ((1,), 5),
        ((2,), 0),
        ((3, 4), 17),
    ]


def test_what_was_left_out_counts_with_the_poor_side():
    found = [(0, 0, None)] * 2 + [(0, 1, None)] * 3 + [(0, 4, None)] * 5
    _batches, blocks = read(found, 0)

    parts = increments.parts(blocks, day(0), HIGHEST)

    assert [(p.values, p.people) for p in parts] == [((0, 1), 5), ((2,), 0), ((3,), 0), ((4,), 5)]


def test_an_erased_answer_takes_its_batch_and_its_company_out():
    found = [(0, 4, 3)] + [(0, 4, None)] * 4 + [(2, 4, None)] * 5 + [(5, 4, None)] * 5

    batches, blocks = read(found, 6)

    assert [batch.lost_on for batch in batches] == [day(3), None, None]
    assert [block.closed_on for block in blocks] == [day(5)]
    assert increments.answers(batches, day(0)) == 10


def test_an_answer_erased_before_its_batch_closed_is_in_none():
    found = [(0, 4, 1)] + [(0, 4, None)] * 3 + [(2, 4, None)] * 2

    (batch,) = read(found, 6)[0]

    assert len(batch.keys) == 5
    assert batch.lost_on is None


def test_people_are_counted_in_fives():
    assert [increments.in_fives(n) for n in (0, 4, 5, 9, 10, 23)] == [None, None, 5, 5, 10, 20]
