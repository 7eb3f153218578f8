"""Voices that see a matter in opposite ways, as a rule over people and stances."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.focus_groups.domain.coding import contradictions
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.domain.coding.contradictions import Side

CODE, CODER = 1, 7
FOR, AGAINST, NEITHER = "for", "against", ""


def said(voice: str, person: int | None, *stances: str) -> list[CodedQuote]:
    """Quotes of one person on the code, with these stances."""
    return [
        CodedQuote(
            n, 1, person, voice, date(2026, 11, 20), frozenset({CODER}), {CODE: {CODER: one}}
        )
        for n, one in enumerate(stances)
    ]


def people(voice: str, in_favour: int, against: int) -> list[CodedQuote]:
    stances = [FOR] * in_favour + [AGAINST] * against
    return [
        quote
        for number, stance in enumerate(stances)
        for quote in said(voice, hash((voice, number)), stance)
    ]


def sides(*quotes: list[CodedQuote]) -> list[tuple[Side, ...]]:
    found = contradictions.find([one for some in quotes for one in some], {CODE})
    return [one.sides for one in found]


@pytest.mark.parametrize(
    ("in_favour", "against", "leaning"),
    [
        (0, 0, NEITHER),
        (1, 0, NEITHER),
        (0, 1, NEITHER),
        (1, 1, NEITHER),
        (2, 0, FOR),
        (0, 2, AGAINST),
        (2, 1, FOR),
        (1, 2, AGAINST),
        (3, 3, NEITHER),
        (6, 5, FOR),
    ],
)
def test_which_way_people_lean(in_favour, against, leaning):
    assert contradictions.leaning(in_favour, against) == leaning


@pytest.mark.parametrize(
    ("experts", "migrants", "contradict"),
    [
        ((4, 1), (1, 6), True),
        ((2, 0), (0, 2), True),
        ((0, 3), (5, 1), True),
        ((4, 1), (6, 1), False),
        ((4, 1), (3, 3), False),
        ((1, 0), (0, 6), False),
        ((4, 1), (0, 0), False),
        ((0, 0), (0, 0), False),
    ],
)
def test_two_voices(experts, migrants, contradict):
    assert bool(sides(people("expert", *experts), people("migrant", *migrants))) is contradict


def test_a_contradiction_names_each_side_with_its_people():
    found = sides(people("expert", 4, 1), people("migrant", 1, 6), people("mentor", 2, 2))

    assert found == [(Side("expert", 4, 1), Side("migrant", 1, 6))]


def test_three_voices_of_which_one_stands_apart():
    found = sides(people("expert", 4, 1), people("migrant", 1, 6), people("mentor", 5, 0))

    assert [side.leaning for side in found[0]] == [FOR, FOR, AGAINST]


def test_a_person_counts_once_however_often_they_speak():
    loud = said("migrant", 1, *[AGAINST] * 9)
    others = said("migrant", 2, FOR) + said("migrant", 3, FOR)

    assert sides(loud, others, people("expert", 0, 2)) == [
        (Side("expert", 0, 2), Side("migrant", 2, 1))
    ]


def test_a_person_of_two_minds_takes_no_side():
    torn = said("migrant", 1, FOR, AGAINST) + said("migrant", 2, FOR)

    assert sides(torn, people("expert", 0, 2)) == []


def test_what_the_whole_group_said_is_nobodys_stance():
    assert sides(said("migrant", None, *[FOR] * 5), people("expert", 0, 2)) == []


def test_coders_who_see_opposite_stances_leave_none():
    quote = CodedQuote(
        1, 1, 1, "migrant", date(2026, 11, 20), frozenset({7, 8}), {CODE: {7: FOR, 8: AGAINST}}
    )

    assert quote.codes() == {CODE: NEITHER}


def test_other_codes_are_not_looked_at():
    quotes = people("expert", 2, 0) + people("migrant", 0, 2)

    assert contradictions.find(quotes, {CODE + 1}) == []
