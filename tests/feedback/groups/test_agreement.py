"""Agreement of coders on a code, beside figures worked out by hand."""

from __future__ import annotations

import pytest

from feedback.focus_groups.domain.coding import agreement, coding
from feedback.focus_groups.domain.coding.agreement import Reading
from feedback.validation.figures import Figure
from tests import factories as make
from tests.feedback.groups import world

COST, TIME = 1, 2


def units(*rows: str) -> list[dict[int, frozenset[int]]]:
    """A row a quote, a sign a coder: "1" gave the code, "0" did not, "-" did not code it."""
    return [
        {n: frozenset({COST} if sign == "1" else ()) for n, sign in enumerate(row) if sign != "-"}
        for row in rows
    ]


def test_two_coders_who_differ_on_two_of_ten_quotes():
    """Of 20 ratings 6 are yes: 1 - 19 * 2 / (6 * 14) = 0.548."""
    found = agreement.of_code(COST, units("11", "11", "10", "01", *["00"] * 6))

    assert found.alpha.value == pytest.approx(1 - 38 / 84)
    assert found.percent.value == pytest.approx(0.8)
    assert (found.quotes, found.given) == (10, 4)


def test_three_coders_of_whom_one_left_quotes_out():
    """10 ratings in pairs, 4 of them yes, one quote with 2 of 3: 1 - 9 * 1 / (4 * 6) = 0.625."""
    found = agreement.of_code(COST, units("110", "00-", "1-1", "000"))

    assert found.alpha.value == pytest.approx(0.625)
    assert found.percent.value == pytest.approx((1 / 3 + 1 + 1 + 1) / 4)


def test_coders_of_one_mind_agree_fully():
    assert agreement.of_code(COST, units("11", "00", "11")).alpha == Figure(1.0, 6)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "no quote was coded by two people yet"),
        (["00", "00"], "nobody gave this code to a quote two have coded"),
        (["11", "11"], "every coder gave this code to every quote"),
    ],
)
def test_where_there_is_no_figure_a_sentence_says_why(rows, why):
    found = agreement.of_code(COST, units(*rows))

    assert found.alpha.value is None
    assert why in agreement.why_not(found)
    assert agreement.reading(found.alpha) is Reading.NONE


@pytest.mark.parametrize(
    ("alpha", "reading"),
    [
        (1.0, Reading.RELIABLE),
        (0.800, Reading.RELIABLE),
        (0.7996, Reading.RELIABLE),
        (0.7994, Reading.TENTATIVE),
        (0.667, Reading.TENTATIVE),
        (0.6664, Reading.LOW),
        (0.0, Reading.LOW),
        (-0.4, Reading.LOW),
    ],
)
def test_how_an_alpha_is_read(alpha, reading):
    assert agreement.reading(Figure(alpha, 10)) is reading


@pytest.fixture
def quotes():
    one = world.participant(world.group())
    return [world.quote(one) for _ in range(3)]


def found_of(code, **more):
    return agreement.of_code(code.pk, agreement.units(code.country_id, **more))


@pytest.mark.django_db
def test_quotes_that_only_one_coder_went_through_are_left_out(quotes):
    first, second, cost = world.host(), world.host(), world.code()
    for quote in quotes:
        world.coded(quote, first, cost)
    world.coded(quotes[0], second, cost)
    world.coded(quotes[1], second)

    assert found_of(cost).quotes == 2


@pytest.mark.django_db
def test_a_difference_settled_by_talking_stays_a_difference(quotes):
    first, second, cost = world.host(), world.host(), world.code()
    for quote in quotes:
        coding.code_quote(quote_id=quote.pk, codes={cost.pk: ""}, by=first, at=make.NOW)
        coding.code_quote(quote_id=quote.pk, codes={}, by=second, at=make.NOW)

    for quote in quotes:
        coding.code_quote(quote_id=quote.pk, codes={cost.pk: ""}, by=second, at=make.NOW)

    assert found_of(cost).percent.value == 0


@pytest.mark.django_db
def test_codes_that_were_merged_agree_as_one(quotes):
    first, second, cost, price = world.host(), world.host(), world.code(), world.code()
    for quote in quotes[:2]:
        coding.code_quote(quote_id=quote.pk, codes={cost.pk: ""}, by=first, at=make.NOW)
        coding.code_quote(quote_id=quote.pk, codes={price.pk: ""}, by=second, at=make.NOW)
    for coder in (first, second):
        coding.code_quote(quote_id=quotes[2].pk, codes={}, by=coder, at=make.NOW)
    price.merged_into = cost
    price.save()

    assert found_of(cost).alpha.value == 1


@pytest.mark.django_db
def test_groups_that_are_still_closed_to_a_reader_do_not_show(quotes):
    cost = world.code()
    for quote in quotes:
        for coder in (world.host(), world.host()):
            world.coded(quote, coder, cost)

    assert found_of(cost, without=[quotes[0].group_id]).quotes == 0
