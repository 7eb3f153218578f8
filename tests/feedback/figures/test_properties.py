"""What holds for every table: no order matters, silence changes nothing, bounds are kept."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.validation import figures
from feedback.validation.domain.outcome import figures_document, rating_files
from feedback.validation.domain.outcome.rating_files import RatingFile
from feedback.validation.figures import Level, Reason, Scale, bootstrap, krippendorff, whole
from tests.feedback.figures import published

POINTS = st.integers(1, 4) | st.none()
TENTHS = st.floats(0, 9).map(lambda x: round(x, 1)) | st.none()


@st.composite
def tables(draw, cells=POINTS, most=6):
    """Up to `most` items and experts; some ratings missing."""
    experts = draw(st.integers(1, most))
    row = st.lists(cells, min_size=experts, max_size=experts)
    return draw(st.lists(row, min_size=1, max_size=most))


def document(table, scale=figures.STANDARD, level=Level.ORDINAL):
    file = RatingFile(tuple(range(1, len(table) + 1)), tuple(map(tuple, table)))
    return figures_document.build(file, whole.of(table, scale, level))


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms())
def test_the_order_of_the_experts_changes_nothing(table, random):
    order = random.sample(range(len(table[0])), len(table[0]))
    shuffled = [[row[place] for place in order] for row in table]
    assert_same(document(shuffled), document(table))


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms())
def test_the_order_of_the_items_changes_nothing_of_the_whole(table, random):
    shuffled = random.sample(table, len(table))
    one, other = document(shuffled), document(table)
    del one["items"], other["items"]
    assert_same(one, other)


@settings(max_examples=40, deadline=None)
@given(tables(), st.integers(0, 6))
def test_an_expert_who_rated_nothing_changes_nothing(table, place):
    wider = [[*row[:place], None, *row[place:]] for row in table]
    assert_same(document(wider), document(table))


@settings(max_examples=40, deadline=None)
@given(tables(TENTHS, most=5), st.sampled_from(Level))
def test_every_figure_is_a_number_within_its_bounds_or_says_why(table, level):
    found = document(table, Scale(0, 9), level)
    json.dumps(found, allow_nan=False)
    for figure in every_figure(found):
        assert (figure["value"] is None) == (figure["reason"] is not None)
    for block in found["agreement"].values():
        assert 0 <= (block["percent"]["value"] or 0) <= 1
        singles = [block["fleiss"], block["cohen"], block["ac1"], block["ac2"]]
        for figure in [*singles, *block["alpha"].values(), *found["icc"].values()]:
            assert figure["value"] is None or figure["value"] <= 1 + 1e-12
    assert 0 <= (found["kendall_w"]["value"] or 0) <= 1 + 1e-12


@given(st.integers(2, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_of_an_item(pair):
    relevant, n = pair
    kappa = figures.modified_kappa(relevant, n).value
    exact, score = figures.clopper_pearson(relevant, n), figures.wilson(relevant, n)
    assert kappa <= figures.i_cvi(relevant, n).value
    assert exact.low <= score.low + 0.03
    assert 0 <= exact.low <= relevant / n <= exact.high <= 1
    assert -1 <= figures.cvr(relevant, n).value <= 1
    assert figures.passes(relevant, n) is (relevant >= figures.min_relevant(n))
    assert isinstance(figures.min_relevant(n), int)


@given(st.lists(st.floats(1, 4), min_size=2, max_size=30))
def test_the_interval_of_v_holds_v(scores):
    v, found = figures.aiken_v(scores), figures.aiken_v_interval(scores)
    assert 0 <= found.low <= v.value + 1e-12
    assert v.value - 1e-12 <= found.high <= 1


@given(st.integers(2, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_on_a_scale_of_two_points_the_interval_of_v_is_wilsons(pair):
    relevant, n = pair
    found = figures.aiken_v_interval([1] * relevant + [0] * (n - relevant), Scale(0, 1))
    assert found.low == pytest.approx(figures.wilson(relevant, n).low)
    assert found.high == pytest.approx(figures.wilson(relevant, n).high)


@given(tables())
def test_a_draw_that_took_every_item_once_has_the_alpha_of_the_table(table):
    """Two ways to alpha: by moments, and by the coincidences that draws add up."""
    units = krippendorff.pairable(table)
    if len(krippendorff.totals(units)) < 2:
        return
    draw = whole_draw(units)
    for level in Level:
        assert draw.alpha(level) == pytest.approx(figures.alpha(table, level).value)


def whole_draw(units):
    """The draw that adds up all items once."""
    values = sorted(krippendorff.totals(units))
    places = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :]]
    times = math.lcm(*(unit.total() - 1 for unit in units))
    rows = [bootstrap.fields_of(unit, values, places, times) for unit in units]
    fields = [sum(column) for column in zip(*rows, strict=True)]
    counts = dict(zip(values, fields[len(places) :], strict=True))
    return bootstrap.Draw(places, fields[: len(places)], times, counts)


def test_the_interval_is_the_same_every_time_and_holds_alpha():
    once, again = (figures.alpha_intervals(published.CLASSIC) for _n in range(2))
    assert once == again
    for level in Level:
        assert once[level].low < figures.alpha(published.CLASSIC, level).value <= once[level].high
        assert once[level].n == 11


@given(tables(st.integers(0, 1) | st.none()))
def test_of_two_values_all_levels_say_the_same(table):
    alphas = [figures.alpha(table, level) for level in Level]
    weighted = [figures.ac2(table, Scale(0, 1), level) for level in Level]
    for first, *others in (alphas, weighted):
        for other in others:
            assert other.reason == first.reason
            assert other.value is None or other.value == pytest.approx(first.value, abs=1e-9)


def test_reasons_are_words():
    assert all(reason.value and not reason.value[0].isupper() for reason in Reason)


def every_figure(node):
    """Each object that has a value, wherever it stands."""
    if isinstance(node, dict):
        if "value" in node:
            yield node
        for inner in node.values():
            yield from every_figure(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from every_figure(inner)


def assert_same(one, other):
    """Equal to the last digits: sums in another order differ there."""
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        for key in one:
            assert_same(one[key], other[key])
    elif isinstance(one, list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            assert_same(a, b)
    elif isinstance(one, float):
        assert one == pytest.approx(other, abs=1e-9)
    else:
        assert one == other


PIECES = ["1", "3", "4", "9", ",", ";", "\t", "\n", "\r\n", '"', " ", "x", "NA", ".", "-", "item"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gives_a_document_or_a_sentence(text):
    try:
        file = rating_files.parse(rating_files.decode(text.encode()), figures.STANDARD)
        said = json.dumps(document(file.table), allow_nan=False)
    except rating_files.Unreadable as error:
        said = str(error)
    assert said.endswith((".", "}"))
