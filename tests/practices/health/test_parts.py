"""Suggestions, the radar, the months, the map: pure parts of the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from experts.models import CommunityOfPractice, Country
from practices.domain.health import cadence, goals, radar, suggestions
from practices.domain.health.cadence import State
from practices.domain.health.figure import Figure, Measure
from practices.domain.health.goals import Goal
from practices.domain.health.indicators import BY_KEY
from practices.domain.health.map import draw, said
from practices.domain.health.upper import Mention
from practices.domain.health.wording import say

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def figure(key: str, value: float, n: int = 20) -> Figure:
    return Figure(BY_KEY[key], Measure(value, n))


def test_what_serves_a_goal_of_the_charter_is_suggested_first():
    weak = [figure("participation", 0.2), figure("voice", 0.1), figure("rhythm", 0.9)]

    found = suggestions.of(weak, [Goal("Everybody speaks", "voice")])

    assert [one.label for one in found] == ["Voice balance", "Participation"]
    assert [one.goal for one in found] == ["Everybody speaks", ""]


def test_goals_are_asked_of_whoever_registered(monkeypatch):
    monkeypatch.setattr(goals, "_sources", [])
    goals.register(lambda cop: [Goal(f"{cop.name} meets", "rhythm")])

    assert goals.goals_for(CommunityOfPractice(name="CoP")) == [Goal("CoP meets", "rhythm")]


def test_a_hidden_figure_is_never_weak():
    assert suggestions.of([figure("participation", 0.0, n=4)]) == []


def test_slow_answers_are_weak_when_they_are_high():
    assert suggestions.is_weak(figure("first_answer", 100))
    assert not suggestions.is_weak(figure("first_answer", 10))


def test_every_advice_leads_to_a_page():
    assert all(reverse(advice.route) for advice in suggestions.ADVICE.values())
    assert set(suggestions.ADVICE) <= set(BY_KEY)


def mentions(word: str, now: int, before: int) -> list[Mention]:
    late, early = AT - timedelta(days=10), AT - timedelta(days=100)
    return [Mention(word, "idea", late)] * now + [Mention(word, "change", early)] * before


def test_the_radar_shows_what_rises_and_hides_what_is_rare():
    words = [*mentions("falls", 2, 6), *mentions("rises", 5, 1), *mentions("rare", 3, 1)]

    found = radar.of(words, AT)

    assert [(one.word, one.change) for one in found.blips] == [("rises", 4), ("falls", -4)]
    assert (found.hidden, found.mentions) == (1, 18)
    assert found.blips[0].kinds == (("idea", 5),)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-10, 200)), max_size=60))
def test_the_radar_never_shows_fewer_than_five(found):
    blips = radar.of([Mention(w, "idea", AT - timedelta(days=d)) for w, d in found], AT).blips

    assert all(blip.now + blip.before >= 5 for blip in blips)


def test_months_are_held_planned_gaps_or_before_the_start():
    counted = {date(2026, 9, 1): 2, date(2026, 12, 1): 1}

    row = cadence.row(Country(code="ES"), counted, started=date(2026, 8, 15), today=AT.date())

    states = {cell.month: cell.state for cell in row.cells}
    assert states[date(2026, 7, 1)] == State.BEFORE
    assert states[date(2026, 9, 1)] == State.HELD
    assert states[date(2026, 11, 1)] == State.OPEN
    assert states[date(2026, 12, 1)] == State.PLANNED
    assert row.gaps == (date(2026, 8, 1), date(2026, 10, 1))
    assert (row.covered, row.due, row.percent) == (1, 3, 33)


def test_the_map_has_a_node_for_each_country_and_a_line_for_each_tie():
    countries = [Country(pk=1, code="BG"), Country(pk=2, code="ES"), Country(pk=3, code="IT")]

    drawn = draw(countries, {(1, 3): 6, (1, 2): 2, (1, 1): 9}, isolated=())

    assert [node.country.code for node in drawn.nodes] == ["BG", "ES", "IT"]
    assert [(link.is_thin, link.width) for link in drawn.links] == [(True, 1.5), (False, 12.0)]
    assert drawn.table[0][1] == ("9", "1-4", "6")
    assert said(0) == "0"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("participation", 0.617, "62 %"),
        ("cross_country", -0.5, "-0.50"),
        ("first_answer", 5.4, "5 hours"),
        ("first_answer", 72, "3 days"),
        ("pulse_heard", 3.25, "3.2"),
        ("waiting", 1, "1"),
    ],
)
def test_values_are_said_with_their_unit(key, value, words):
    parts = (("sessions", 2),) if key == "participation" else ()
    shown = say(Figure(BY_KEY[key], Measure(value, 20, parts=parts)))

    assert shown.value == words


def test_a_trend_is_said_in_words():
    up = say(Figure(BY_KEY["voice"], Measure(0.5, 9), Measure(0.25, 9)))
    still = say(Figure(BY_KEY["voice"], Measure(0.5, 9), Measure(0.5, 9)))

    assert (up.trend, still.trend) == ("Up from 0.25 90 days ago", "As 90 days ago")
