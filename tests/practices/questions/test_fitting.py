"""Who fits: never the asker's country, never somebody away, three to five, always the same."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from practices.domain.questions import fitting
from practices.domain.questions.fitting import Candidate, Case, Reason

TODAY = date(2026, 11, 24)
_LANGUAGES = st.frozensets(st.sampled_from(["en", "bg", "it", "ar"]))
_GROUPS = st.frozensets(st.sampled_from(["women", "families", "learners"]))
_WORDS = st.lists(st.sampled_from(["certificates", "nurses", "employers", "phone"])).map(" ".join)
_DAYS = st.none() | st.integers(-5, 5).map(lambda n: TODAY + timedelta(days=n))

CASES = st.builds(
    Case,
    asker=st.integers(1, 20),
    countries=st.frozensets(st.integers(1, 4), max_size=2),
    words=_WORDS,
    languages=_LANGUAGES,
    groups=_GROUPS,
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        person=st.integers(1, 20),
        country=st.none() | st.integers(1, 4),
        ask_about=_WORDS,
        profession=st.sampled_from(["case_worker", "employer_liaison", ""]),
        languages=_LANGUAGES,
        groups=_GROUPS,
        waiting=st.integers(0, 4),
        away_from=_DAYS,
        away_until=_DAYS,
    ),
    max_size=15,
    unique_by=lambda one: one.person,
)


def case(**more):
    values = {
        "asker": 99,
        "countries": frozenset({1}),
        "words": "Recognition of a nurse without certificates",
        "languages": frozenset({"en"}),
        "groups": frozenset({"women"}),
    }
    return Case(**values | more)


def candidate(person, **more):
    values = {
        "country": 2,
        "ask_about": "",
        "profession": "researcher",
        "languages": frozenset({"en"}),
        "groups": frozenset(),
    }
    return Candidate(person, **values | more)


def keys(fits):
    return [fit.person for fit in fits]


@given(CASES, CANDIDATES)
def test_nobody_of_the_askers_country_nobody_away_and_never_the_asker(asked, people):
    known = {one.person: one for one in people}

    chosen = [known[key] for key in keys(fitting.propose(asked, people, TODAY))]

    assert all(one.country is not None for one in chosen)
    assert not [one for one in chosen if one.country in asked.countries]
    assert not [one for one in chosen if one.is_away(TODAY) or one.person == asked.asker]


@given(CASES, CANDIDATES)
def test_at_most_five_and_three_where_there_are_three(asked, people):
    there = [
        one
        for one in people
        if one.country is not None
        and one.country not in asked.countries
        and one.person != asked.asker
        and not one.is_away(TODAY)
    ]

    found = keys(fitting.propose(asked, people, TODAY))

    assert len(found) == len(set(found))
    assert min(3, len(there)) <= len(found) <= 5


@given(CASES, CANDIDATES, st.randoms())
def test_the_same_people_whatever_order_they_are_read_in(asked, people, random):
    mixed = random.sample(people, len(people))

    assert fitting.propose(asked, mixed, TODAY) == fitting.propose(asked, people, TODAY)


@given(CASES, CANDIDATES, st.integers(0, 5))
def test_no_more_than_there_is_room_for(asked, people, room):
    assert len(fitting.propose(asked, people, TODAY, most=room)) <= room


def test_what_people_can_be_asked_about_weighs_most():
    knows = candidate(7, ask_about="certificates that got lost")
    groups = candidate(3, groups=frozenset({"women"}))

    first, second = fitting.propose(case(), [groups, knows], TODAY)

    assert (first.person, second.person) == (7, 3)
    assert first.reasons == (
        Reason("words", ("certificates",)),
        Reason("languages", ("en",)),
        Reason("free"),
    )
    assert Reason("groups", ("women",)) in second.reasons


def test_the_work_somebody_does_counts():
    officer = candidate(2, profession="recognition_officer")

    assert fitting.propose(case(), [candidate(1), officer], TODAY)[0].person == 2


def test_questions_that_wait_for_somebody_count_against_them():
    busy, free = candidate(1, waiting=2), candidate(2)

    assert keys(fitting.propose(case(), [busy, free], TODAY)) == [2, 1]


def test_a_language_in_common_comes_before_a_group_in_common():
    speaks = candidate(2)
    silent = candidate(1, languages=frozenset({"sv"}), groups=frozenset({"women"}))

    assert keys(fitting.propose(case(), [silent, speaks], TODAY)) == [2, 1]


def test_among_equals_other_countries_are_heard_too():
    people = [candidate(n) for n in range(1, 6)] + [candidate(9, country=3)]

    assert 9 in keys(fitting.propose(case(), people, TODAY))[:2]


def test_an_absence_without_an_end_lasts():
    gone = candidate(1, away_from=TODAY - timedelta(days=40))
    back = candidate(2, away_until=TODAY - timedelta(days=1))

    assert keys(fitting.propose(case(), [gone, back], TODAY)) == [2]
