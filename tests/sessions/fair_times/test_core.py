"""Fair times: the rules, out of plain facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_platform.common.times import to_utc
from sessions.domain import fair_times, fair_words, religious_days
from sessions.domain.fair_times import Burden, Commitment, Facts, Guest
from tests.sessions.fair_times.world import ATHENS, LISBON, MONDAY, at, search, slot

NAMES = {"EL": "Greece", "PT": "Portugal", "BG": "Bulgaria", "IT": "Italy"}


def guests(**zones: str) -> list[Guest]:
    return [Guest(n, f"Guest {n}", code, zone) for n, (code, zone) in enumerate(zones.items(), 1)]


def said(facts: Facts, start: datetime, **more) -> list[str]:
    found = slot(facts, start, **more)
    return [r.text for r in fair_words.reasons(found, facts, minutes=90, names=NAMES)]


@pytest.mark.parametrize(
    ("weekday", "minute", "minutes", "expected"),
    [
        (0, 9 * 60, 90, (0, 0)),
        (0, 15 * 60 + 30, 90, (0, 0)),
        (0, 16 * 60 + 30, 60, (0.5, 0)),
        (0, 8 * 60, 60, (1, 0)),
        (0, 18 * 60 + 30, 60, (0.5, 0.5)),
        (0, 7 * 60, 60, (0, 1)),
        (0, 23 * 60 + 30, 60, (0, 1)),
        (5, 10 * 60, 60, (0, 1)),
    ],
)
def test_hours_are_good_bearable_or_bad(weekday, minute, minutes, expected):
    assert fair_times.shares(weekday, minute, minutes) == expected


@given(st.integers(0, 6), st.integers(0, 1439), st.integers(5, 600))
def test_the_shares_never_leave_the_whole(weekday, minute, minutes):
    bearable, bad = fair_times.shares(weekday, minute, minutes)
    assert bearable >= 0
    assert bad >= -1e-9
    assert bearable + bad <= 1 + 1e-9


def test_only_half_hours_of_weekdays_that_are_still_to_come_are_looked_at():
    now = at(12, day=2)
    found = [s.starts_at for s in fair_times.rank(search(at=now, weeks=2), Facts(guests()))]
    assert min(found) == at(12, 30, day=2)
    assert {start.minute for start in found} == {0, 30}
    assert max(start.weekday() for start in found) == 4


def test_two_zones_meet_where_both_work():
    facts = Facts(guests(EL=ATHENS, PT=LISBON))
    best = fair_times.rank(search(), facts)[0]
    assert best.starts_at == at(11)  # 09:00 in Lisbon
    assert best.cost == 0
    assert "Fits everybody's working hours." in said(facts, at(11))
    early = said(facts, at(9))
    assert any(text.startswith("Portugal meets 07:00 to 08:30, outside 9 to 17") for text in early)


def test_each_country_counts_alike_however_many_experts_it_sends():
    many = [Guest(n, "x", "EL", ATHENS) for n in range(40)]
    facts = Facts([*many, Guest(99, "y", "PT", LISBON)])
    assert slot(facts, at(9)).cost == slot(Facts(guests(EL=ATHENS, PT=LISBON)), at(9)).cost


def test_the_country_that_bore_more_gets_the_better_hour():
    people = guests(EL=ATHENS, PT=LISBON)
    late, early = at(16, 30), at(10, 30)  # an hour too late in Athens, half an hour early in Lisbon
    half = search(minutes=60)
    burdened = Facts(people, burdens={"PT": Burden(600, 7), "EL": Burden(0, 0)})
    ranked = [s.starts_at for s in fair_times.rank(half, burdened)]
    assert ranked.index(late) < ranked.index(early)
    turned = replace(burdened, burdens={"EL": Burden(600, 7), "PT": Burden(0, 0)})
    ranked = [s.starts_at for s in fair_times.rank(half, turned)]
    assert ranked.index(early) < ranked.index(late)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (0, "for the first time in 12 months"),
        (2, "for the third time in 12 months"),
        (6, "again, after 6 times in 12 months"),
    ],
)
def test_the_reason_says_how_often_a_country_met_late(times, words):
    facts = Facts(guests(EL=ATHENS), burdens={"EL": Burden(90 * times, times)})
    assert f"Greece meets 17:00 to 18:30, outside 9 to 17, {words}." in said(facts, at(17))


def test_the_reason_says_who_is_spared_this_time():
    burdens = {"PT": Burden(600, 4), "EL": Burden(30, 1)}
    facts = Facts(guests(EL=ATHENS, PT=LISBON), burdens=burdens)
    text = "Portugal met outside its hours most, 4 times; here it meets within them."
    assert text in said(facts, at(11))
    assert text not in said(facts, at(9))


def test_people_who_are_taken_are_counted_and_yes_weighs_more():
    people = guests(EL=ATHENS, BG=ATHENS)
    span = {"starts_at": at(11), "ends_at": at(12)}
    free = Facts(people)
    invited = Facts(people, [Commitment(1, coming=False, **span)])
    coming = Facts(people, [Commitment(1, coming=True, **span)])
    start = at(10)
    assert slot(free, start).cost < slot(invited, start).cost < slot(coming, start).cost
    assert "1 person takes part in another session then." in said(coming, start)
    assert "1 person is invited to another session then." in said(invited, start)
    assert "Nobody has another session then." in said(free, start)
    assert slot(coming, at(12)).cost == slot(free, at(12)).cost


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("facilitator", "The facilitator has another session then."),
        ("interpreter", "The interpreter has another session then."),
    ],
)
def test_a_helper_who_is_taken_weighs_more_than_any_hour(role, sentence):
    span = {"starts_at": at(11), "ends_at": at(12), "coming": False}
    facts = Facts(guests(EL=ATHENS), [Commitment(7, **span)], **{role: 7})
    assert sentence in said(facts, at(11))
    assert slot(facts, at(11)).cost > slot(facts, at(21, 30)).cost


def test_a_room_that_is_taken_is_never_offered():
    facts = Facts(guests(EL=ATHENS), room_taken=[(at(6), at(23, 30, day=4))])
    ranked = fair_times.rank(search(), facts)
    assert {s.room_taken for s in ranked} == {True}
    assert fair_times.best(ranked, 10, 90, ATHENS) == []


def test_holidays_exam_weeks_and_religious_days_cost_and_are_said_but_never_block():
    facts = Facts(
        guests(EL=ATHENS),
        holidays={"EL": {MONDAY: "Clean Monday"}},
        busy={"EL": [(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1), "exam weeks")]},
        religious={MONDAY + timedelta(days=2): ["Eid al-Fitr (Islamic)"]},
    )
    costs = [slot(facts, at(10, day=n)).cost for n in range(4)]
    assert costs[0] > costs[1] > costs[2] > costs[3] == 0
    assert "Public holiday in Greece: Clean Monday." in said(facts, at(10))
    assert "Greece cannot well meet: exam weeks." in said(facts, at(10, day=1))
    assert "Eid al-Fitr (Islamic): important to many." in said(facts, at(10, day=2))
    assert all(slot(facts, at(10, day=n)) for n in range(3))


def test_the_ten_shown_do_not_overlap_and_spread_over_the_days():
    ranked = fair_times.rank(search(weeks=4), Facts(guests(EL=ATHENS)))
    shown = fair_times.best(ranked, 10, 90, ATHENS)
    starts = sorted(s.starts_at for s in shown)
    assert len(starts) == 10
    assert all(b - a >= timedelta(minutes=90) for a, b in pairwise(starts))
    days = [start.date() for start in starts]
    assert max(days.count(day) for day in days) <= 2


def test_working_hours_follow_the_clock_change():
    # The clocks of Athens and Lisbon go forward on 2027-03-28; Reykjavik's never.
    people = guests(EL=ATHENS, IS="Atlantic/Reykjavik")
    week = {"first_day": date(2027, 3, 22), "weeks": 2}
    before = slot(Facts(people), to_utc(datetime(2027, 3, 26, 11), ATHENS), **week)
    after = slot(Facts(people), to_utc(datetime(2027, 3, 29, 11), ATHENS), **week)
    assert [f"{place.wall:%H:%M}" for place in before.locals] == ["11:00", "09:00"]
    assert [f"{place.wall:%H:%M}" for place in after.locals] == ["11:00", "08:00"]
    assert before.cost == 0 < after.cost


ZONES = st.sampled_from([ATHENS, LISBON, "Europe/Rome", "Asia/Tbilisi", "Atlantic/Azores"])


PEOPLE = st.lists(st.tuples(st.sampled_from(["EL", "PT", "IT"]), ZONES), min_size=1, max_size=5)


def crowd(pairs) -> list[Guest]:
    return [Guest(n, f"G{n}", code, zone) for n, (code, zone) in enumerate(pairs)]


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.integers(0, 4), st.integers(6, 21), st.data())
def test_a_further_conflict_never_improves_a_slots_rank(pairs, day, hour, data):
    people = crowd(pairs)
    half = search(minutes=30)
    start = at(hour, day=day)
    who = data.draw(st.integers(0, len(people) - 1))
    coming = data.draw(st.booleans())
    helper = data.draw(st.sampled_from([None, who]))
    facts = Facts(people, facilitator=helper)
    clash = Commitment(who, start, start + timedelta(minutes=30), coming)
    before = [s.starts_at for s in fair_times.rank(half, facts)].index(start)
    worse = replace(facts, commitments=[clash])
    after = [s.starts_at for s in fair_times.rank(half, worse)].index(start)
    assert after >= before


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.lists(st.integers(0, 1000), min_size=3, max_size=3))
def test_a_slot_inside_everybodys_hours_never_ranks_below_one_with_somebody_outside(pairs, minutes):
    burdens = {c: Burden(m, m // 60) for c, m in zip(["EL", "PT", "IT"], minutes, strict=True)}
    ranked = fair_times.rank(search(), Facts(crowd(pairs), burdens=burdens))
    outside = [any(place.outside for place in s.locals) for s in ranked]
    assert outside == sorted(outside)


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.sampled_from(["holidays", "busy", "religious", "room"]), st.integers(6, 21))
def test_whatever_speaks_against_a_time_never_makes_it_cheaper(pairs, what, hour):
    people, start = crowd(pairs), at(hour)
    facts = Facts(people)
    code = people[0].country
    worse = {
        "holidays": replace(facts, holidays={code: {MONDAY: "x"}}),
        "busy": replace(facts, busy={code: [(MONDAY, MONDAY, "x")]}),
        "religious": replace(facts, religious={MONDAY: ["x"]}),
        "room": replace(facts, room_taken=[(start, start + timedelta(minutes=5))]),
    }[what]
    assert slot(worse, start).cost >= slot(facts, start).cost


def test_every_half_hour_of_four_weeks_is_ranked_for_two_hundred_busy_experts():
    zones = [ATHENS, "Europe/Berlin", "Europe/Rome", "Europe/Madrid", "Europe/Stockholm"]
    people = [Guest(n, f"G{n}", f"C{n % 5}", zones[n % 5]) for n in range(200)]
    start = at(6)
    busy = [
        Commitment(
            n % 200, start + timedelta(minutes=13 * n), start + timedelta(minutes=13 * n + 90), True
        )
        for n in range(20_000)
    ]
    ranked = fair_times.rank(search(weeks=4), Facts(people, busy))
    assert len(ranked) == 20 * 32


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 10), "Good Friday (Orthodox)"),
        (date(2026, 4, 3), "Good Friday (Catholic)"),
        (date(2026, 3, 20), "Eid al-Fitr (estimated) (Islamic)"),
        (date(2026, 9, 21), "Yom Kippur (Jewish)"),
    ],
)
def test_religious_days_come_from_the_library(day, expected):
    assert expected in religious_days.on(day)
