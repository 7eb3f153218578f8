"""Each indicator against values counted by hand, and what must hold for any numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.domain.contributing import Contribution
from practices.domain.health import (
    cross_country,
    idea_to_action,
    interaction,
    levels,
    loop,
    participation,
    pulse,
    reciprocity,
    responsiveness,
    retention,
    reuse,
    rhythm,
    ties,
    value,
    voice,
)
from practices.domain.health.facts import Told
from practices.domain.health.figure import LEAST, Figure, Measure
from practices.domain.health.idea_to_action import Suggested
from practices.domain.health.indicators import BY_KEY, INDICATORS
from practices.domain.health.loop import Asked
from practices.domain.health.reuse import Shared
from practices.enums import Given

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = AT.date()
# The demo's experts by country: BG, DE, EL, IT, ES, SE.
DEMO = {1: 9, 2: 11, 3: 8, 4: 10, 5: 7, 6: 9}
PEOPLE = {person: person % 3 for person in range(12)}
TIES = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda t: t[0] != t[1]))


def before(days: float) -> date:
    return DAY - timedelta(days=days)


def test_participation_is_the_mean_over_sessions_not_over_people():
    # 5 of 10, then 1 of 4: (0.5 + 0.25) / 2; the session without guests says nothing.
    found = participation.of([(10, 5), (4, 1), (0, 0)])

    assert (found.value, found.n) == (0.375, 14)
    assert (found.numerator, found.denominator) == (6, 14)


def test_value_is_the_share_of_stories_that_reached_applied():
    # By hand: of six within 90 days one applied, one realised, one reframed: 3 / 6.
    cycles = ("immediate", "potential", "potential", "applied", "realised", "reframing")
    stories = [Told(1, before(days * 15), cycle) for days, cycle in enumerate(cycles)]
    old = Told(1, before(90), "applied")

    found = value.of([*stories, old, Told(1, before(-1), "applied")], DAY)

    assert (found.value, found.n) == (0.5, 6)
    assert dict(found.parts) == {
        "immediate": 1,
        "potential": 2,
        "applied": 1,
        "realised": 1,
        "reframing": 1,
    }


def test_value_of_four_stories_is_hidden():
    found = value.of([Told(1, DAY, "applied")] * 4, DAY)

    assert found.is_hidden
    assert found.shown is None


def test_participation_without_sessions_is_nothing():
    assert participation.of([]).value is None


@pytest.mark.parametrize(
    ("accepted", "invited", "contributions", "level"),
    [
        (4, 5, 6, "core"),  # 0.8 + 1
        (2, 5, 12, "core"),  # 0.4 + 1: more than six count as six
        (1, 5, 3, "active"),  # 0.2 + 0.5
        (1, 5, 2, "occasional"),  # 0.2 + 0.33
        (0, 0, 1, "occasional"),
        (0, 5, 0, "peripheral"),
    ],
)
def test_levels_by_attendance_and_contributions(accepted, invited, contributions, level):
    found = levels.level(accepted=accepted, invited=invited, contributions=contributions)

    assert found == level


def test_levels_are_shares_of_all_members():
    found = levels.of(range(10), {0: (5, 5), 1: (5, 5)}, {0: 6, 1: 1})

    assert (found.value, found.n) == (0.1, 10)
    assert dict(found.parts) == {"core": 1, "active": 1, "occasional": 0, "peripheral": 8}


def test_reciprocity_is_mutual_over_connected_pairs():
    # 1-2 mutual, 1-3 and 2-3 in one direction.
    found = reciprocity.of({(1, 2), (2, 1), (1, 3), (3, 2)})

    assert (found.numerator, found.denominator, found.n) == (1, 3, 3)
    assert found.value == pytest.approx(1 / 3)


def test_ties_come_from_answers_comments_adoptions_and_help_between_members():
    def one(kind, who, to):
        return Contribution(who, 1, AT, kind, to_id=to)

    gave = [
        one(Given.ANSWER, 1, 2),
        one(Given.HELP, 2, 1),
        one(Given.COMMENT, 1, 1),
        one(Given.IDEA, 1, 3),
        one(Given.ADOPTION, 1, 99),
    ]

    assert ties.directed(gave, {1: 1, 2: 1, 3: 1}) == {(1, 2), (2, 1)}


def asked(*hours: float | None) -> list[responsiveness.Asked]:
    """Questions asked thirty days ago and first answered after so many hours."""
    since = AT - timedelta(days=30)
    return [
        (since, since + timedelta(hours=one) if one is not None else None, None) for one in hours
    ]


def test_responsiveness_is_the_median_and_the_slowest_tenth():
    questions = asked(1, 2, 3, 4, 5, 6, 7, 8, 9, 100, None)

    assert responsiveness.middle(questions).value == 5.5
    assert responsiveness.slowest(questions).value == 9
    assert responsiveness.middle(questions).n == 10


def test_waiting_counts_what_is_open_for_more_than_seven_days():
    fresh = AT - timedelta(days=7)
    questions = [*asked(1, None, None), (fresh, None, None), (AT - timedelta(days=20), None, AT)]

    found = responsiveness.waiting(questions, AT)

    assert (found.value, found.n) == (2, 5)


def test_interaction_counts_each_person_of_a_thread_once():
    found = interaction.of({"a": [1, 1, 2], "b": [1], "c": [1, 2, 3]})

    assert (found.value, found.n) == (2, 3)


def test_chance_of_the_demo_is_069():
    p = cross_country.within_share(DEMO)

    assert p == pytest.approx(221 / 1431)
    assert cross_country.chance(DEMO) == pytest.approx(0.69, abs=0.005)


def test_ties_of_everybody_with_everybody_give_the_chance_value():
    people = dict(enumerate(c for c, k in DEMO.items() for _ in range(k)))

    found = cross_country.of(set(combinations(people, 2)), people)

    assert found.n == 1431
    assert found.value == pytest.approx(found.chance)


def test_cross_country_of_the_project_and_of_a_country():
    people = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
    found = {(1, 2), (2, 1), (1, 3), (3, 4), (4, 5)}

    # Pairs 1-2 and 3-4 inside, 1-3 and 4-5 across.
    assert cross_country.of(found, people).value == 0
    # Country 3 has one tie, across.
    assert cross_country.of(found, people, 3).value == 1
    # Of the seven pairs that country 1 takes part in, one is inside.
    assert cross_country.of(found, people, 1).chance == pytest.approx(1 - 2 / 7)


def test_a_country_without_external_ties_is_isolated():
    people = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}

    assert cross_country.isolated({(1, 3), (4, 5)}, people) == (3,)
    assert cross_country.isolated({(1, 3), (4, 2)}, people) == ()


def test_nobody_is_isolated_where_there_are_no_ties_yet():
    assert cross_country.isolated(set(), {1: 1, 2: 2}) == ()


def test_reuse_looks_at_practices_older_than_ninety_days():
    practices = [
        Shared(1, before(100), (before(3),)),
        Shared(1, before(91)),
        Shared(1, before(90), (before(3),)),
        Shared(1, before(200), (before(3),), retired_on=before(1)),
    ]

    found = reuse.of(practices, DAY)

    assert (found.numerator, found.denominator) == (1, 2)
    assert reuse.of(practices, before(5)).numerator == 0


def test_ideas_older_than_sixty_days_with_an_experiment():
    ideas = [
        Suggested(1, before(61), acted_on=before(2)),
        Suggested(1, before(80)),
        Suggested(1, before(60), acted_on=before(2)),
    ]

    assert idea_to_action.acted(ideas, DAY).value == 0.5


def test_ideas_answered_within_thirty_days():
    ideas = [
        Suggested(1, before(50), answered_on=before(20)),
        Suggested(1, before(50), answered_on=before(19)),
        Suggested(1, before(31)),
        Suggested(1, before(30)),
    ]

    found = idea_to_action.answered(ideas, DAY)

    assert (found.numerator, found.denominator) == (1, 3)


def test_retention_is_active_in_both_over_active_in_the_first():
    assert retention.kept({1, 2, 3, 4}, {2, 3, 9}).value == 0.5


def test_activation_gives_newcomers_sixty_days():
    joined = {1: before(100), 2: before(61), 3: before(60), 4: before(151), 5: before(140)}
    gave = [(1, before(41)), (2, before(61)), (5, before(79)), (3, DAY)]

    # 1, 2 and 5 are newcomers whose time is over; 5 gave a day too late.
    found = retention.activated(joined, gave, DAY)

    assert (found.numerator, found.denominator) == (2, 3)


def test_rhythm_is_one_minus_the_coefficient_of_variation():
    even = rhythm.of(before(n) for n in (0, 30, 60, 90))
    # Gaps of 10 and 30 days: mean 20, standard deviation 10.
    uneven = rhythm.of(before(n) for n in (0, 10, 40))

    assert (even.value, even.n) == (1, 3)
    assert uneven.value == 0.5
    assert rhythm.of([DAY, DAY]).value is None


def test_covered_months_over_due_months():
    months = [date(2026, month, 1) for month in (7, 8, 9, 10)]

    assert rhythm.covered([date(2026, 8, 1), date(2026, 10, 1)], months).value == 0.5


def test_voice_balance_by_hand():
    # 0, 0, 4: Gini = (-2*0 + 0*0 + 2*4) / (3*4) = 2/3.
    assert voice.of([4, 0, 0]).value == pytest.approx(1 / 3)
    assert voice.of([2, 2, 2]).value == 1
    assert voice.of([0, 0]).value is None


def test_loop_closed_and_the_days_to_telling():
    changes = [
        Asked(1, before(50), decided_on=before(40), told_on=before(40)),
        Asked(1, before(30), decided_on=before(10), told_on=before(10)),
        Asked(1, before(5)),
        Asked(1, before(2), decided_on=DAY),
    ]

    assert loop.decided(changes, DAY).value == 0.75
    assert loop.decided(changes, before(20)).value == 0.5
    assert loop.told(changes, DAY).value == 15


def test_pulse_is_the_mean_of_a_quarter():
    tallies = [
        (1, date(2026, 7, 1), "useful", 5, 3),
        (2, date(2026, 7, 1), "useful", 2, 3),
        (1, date(2026, 7, 1), "heard", 1, 9),
        (1, date(2026, 10, 1), "useful", 1, 9),
    ]

    found = pulse.of(tallies, "useful", date(2026, 7, 1))

    assert (found.value, found.n) == (3.5, 6)


def test_quarters():
    assert pulse.quarter(date(2026, 11, 20)) == date(2026, 10, 1)
    assert pulse.earlier(date(2026, 1, 1)) == date(2025, 10, 1)
    assert pulse.earlier(date(2026, 10, 1), -1) == date(2027, 1, 1)


def test_slope_of_the_pulse_leaves_hidden_quarters_out():
    shown = [Measure(3.0, 9), Measure(4.9, 4), Measure(4.0, 9)]

    assert pulse.slope(shown) == 0.5
    assert pulse.slope([Measure(3.0, 9)]) is None


def test_a_hidden_country_cannot_be_taken_from_the_total():
    found = pulse.veiled({1: Measure(4.0, 9), 2: Measure(1.0, 2), 3: Measure(3.0, 6)})

    assert [country for country, one in found.items() if one.shown is not None] == [1]
    both = {1: Measure(4.0, 3), 2: Measure(1.0, 2), 3: Measure(3.0, 6)}
    assert pulse.veiled(both) == both


@pytest.mark.parametrize("n", range(LEAST))
def test_fewer_than_five_are_not_shown(n):
    figure = Figure(BY_KEY["voice"], Measure(0.5, n), Measure(0.4, 20))

    assert (figure.value, figure.trend) == (None, None)


def test_a_trend_needs_both_to_be_shown():
    assert Figure(BY_KEY["voice"], Measure(0.5, 5), Measure(0.25, 5)).trend == 0.25
    assert Figure(BY_KEY["voice"], Measure(0.5, 5), Measure(0.25, 4)).trend is None


def test_every_indicator_says_its_formula_and_its_source():
    assert all(str(one.formula) and str(one.source) and str(one.meaning) for one in INDICATORS)
    assert len({one.key for one in INDICATORS}) == len(INDICATORS)


@given(TIES)
def test_e_i_stays_between_minus_one_and_one_and_knows_no_direction(found):
    turned = {(other, one) for one, other in found}
    measure = cross_country.of(found, PEOPLE)

    assert measure.value is None or -1 <= measure.value <= 1
    assert measure == cross_country.of(turned, PEOPLE)
    assert 0 <= (reciprocity.of(found).value or 0) <= 1


@given(TIES)
def test_external_ties_are_counted_once_in_the_matrix(found):
    matrix = cross_country.between(found, PEOPLE)
    external = sum(n for (one, other), n in matrix.items() if one != other)

    assert external == dict(cross_country.of(found, PEOPLE).parts)["external"]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 5))
def test_voice_balance_is_a_share_and_ignores_order_and_scale(amounts, factor):
    value = voice.of(amounts).value

    assert value is None or 0 < value <= 1
    assert voice.of(reversed(amounts)).value == value
    scaled = voice.of(n * factor for n in amounts).value
    assert scaled == (None if value is None else pytest.approx(value))


@given(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=20), st.integers(0, 300))
def test_rhythm_is_between_zero_and_one_and_moves_with_the_calendar(days, shift):
    value = rhythm.of(days).value
    moved = rhythm.of(day + timedelta(days=shift) for day in days).value

    assert value is None or 0 <= value <= 1
    assert moved == value


@given(st.lists(st.floats(0, 2000), min_size=1, max_size=40))
def test_nine_of_ten_answers_came_within_p90(hours):
    questions = asked(*hours)
    found = responsiveness.hours(questions)
    limit = responsiveness.slowest(questions).value

    assert limit is not None
    assert sum(1 for one in found if one <= limit) >= 0.9 * len(found)
    assert responsiveness.middle(questions).value <= limit


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=20))
def test_participation_is_a_share(sessions):
    value = participation.of((max(pair), min(pair)) for pair in sessions).value

    assert value is None or 0 <= value <= 1
