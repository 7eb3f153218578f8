"""New codes group by group, and the sentence about them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.focus_groups.domain.coding import saturation
from feedback.focus_groups.domain.coding.coded import CodedQuote

FIRST = date(2026, 11, 2)


def group(number: int, day: int, *codes: int) -> list[CodedQuote]:
    """A group so many days later in which one quote carries each code; one quote with none."""
    later = FIRST + timedelta(days=day)
    return [
        CodedQuote(
            number * 100 + code, number, 1, "migrant", later, frozenset({7}), {code: {7: ""}}
        )
        for code in codes
    ] + [CodedQuote(number * 100, number, 1, "migrant", later, frozenset({7}), {})]


def test_groups_stand_in_the_order_of_their_days():
    quotes = group(1, 9, 1, 2, 3) + group(2, 0, 1) + group(3, 4, 2)

    steps = saturation.curve(quotes)

    assert [(step.group_id, step.new, step.total) for step in steps] == [
        (2, (1,), 1),
        (3, (2,), 2),
        (1, (3,), 3),
    ]


def test_a_code_that_does_not_count_is_not_new():
    quote = CodedQuote(1, 1, 1, "migrant", FIRST, frozenset({7, 8}), {1: {7: ""}})

    assert saturation.curve([quote])[0].new == ()


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], "No group is coded yet."),
        ([()], "No code counts yet."),
        ([(1, 2)], "One group is coded: whether another one brings new codes is not known yet."),
        ([(1,), (2,)], "The last group still brought 1 new code."),
        ([(1,), (2, 3)], "The last group still brought 2 new codes."),
        ([(1, 2), (2,)], "The last group brought no new code."),
        ([(1, 2), (2,), (1,)], "The last 2 groups brought no new code."),
        ([(1,), (), (2,), (), ()], "The last 2 groups brought no new code."),
    ],
)
def test_the_sentence_says_how_things_stand(groups, said):
    quotes = [one for n, codes in enumerate(groups) for one in group(n, n, *codes)]

    assert saturation.sentence(saturation.curve(quotes)) == said
