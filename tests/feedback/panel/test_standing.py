"""The light of a panel: what it says in each state."""

from __future__ import annotations

import pytest

from feedback.reviews import marks
from feedback.reviews.domain.panel import eligibility, professions, standing
from feedback.validation import figures
from tests.feedback.panel import world

BOTH = {"countries": (world.ITALY, world.SPAIN)}


def members(*rows):
    return tuple(world.expert(n, country, **more) for n, (country, more) in enumerate(rows, 10))


WORKER, RESEARCHER = {"profession": "case_worker"}, {"profession": "researcher"}
LIVED = {"profession": "lived_experience"}
ITALIANS = members(*[(world.ITALY, WORKER)] * 3)


@pytest.mark.parametrize(
    ("values", "title", "needs"),
    [
        ({"wanted": 3, "members": ITALIANS}, "This panel can carry a verdict", ()),
        (
            {"wanted": 3, "members": ITALIANS[:2]},
            "This panel needs one more thing",
            ("needs one more expert of Italy",),
        ),
        (
            {"wanted": 3, "practitioners": 2, "members": members(*[(world.ITALY, RESEARCHER)] * 3)},
            "This panel needs one more thing",
            ("needs 2 more practitioners",),
        ),
        (
            BOTH | {"wanted": 3, "practitioners": 4, "members": ITALIANS},
            "This panel needs 2 more things",
            ("needs 3 more experts of Spain", "needs one more practitioner, best from Spain"),
        ),
        (
            {"wanted": 3, "lived": 1, "members": ITALIANS},
            "This panel needs one more thing",
            ("needs one more person with lived experience",),
        ),
        (
            {"wanted": 3},
            "Nobody is on this panel yet",
            ("needs 3 more experts of Italy",),
        ),
        (
            {"wanted": 1, "members": ITALIANS[:1]},
            "This panel needs one more thing",
            ("needs at least 3 experts: fewer carry no verdict",),
        ),
    ],
)
def test_the_light_says_what_is_missing(values, title, needs):
    found = standing.light(world.item(**values), world.COUNTRIES)
    assert (found.title, found.needs) == (title, needs)
    assert found.is_whole is (needs == ())


def test_one_person_never_fills_both_quotas():
    assert not professions.PRACTITIONERS & professions.LIVED
    lived = members(*[(world.ITALY, LIVED)] * 3)
    item = world.item(wanted=3, practitioners=1, lived=1, members=lived)
    assert standing.light(item, world.COUNTRIES).needs == ("needs one more practitioner",)


def test_a_language_without_a_reviewer_is_said_before_anybody_is_asked():
    item = world.item(language="fa", **BOTH)
    pool = [world.expert(1, world.ITALY, languages=frozenset({"fa"})), world.expert(2, world.SPAIN)]
    found = standing.light(item, world.COUNTRIES, language="Persian", pool=pool)
    assert found.unread == ("No expert of Spain reads Persian.",)


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (1, ""),
        (2, "with 2 experts one dissent fails an item; with 6 it does not."),
        (5, "with 5 experts one dissent fails an item; with 6 it does not."),
        (6, "with 6 experts an item passes although one of them dissents."),
        (13, "with 13 experts an item passes although 2 of them dissent."),
    ],
)
def test_what_one_dissent_does_is_said_in_words(n, sentence):
    assert standing.dissent(n) == sentence


def test_the_words_and_the_figures_go_by_the_same_marks():
    for n in range(2, 61):
        assert marks.needed(n) == figures.min_relevant(n)
    assert figures.min_relevant(13) == 11


def test_of_several_countries_the_smallest_is_named():
    found = standing.light(world.item(wanted=3, members=ITALIANS, **BOTH), world.COUNTRIES)
    assert found.dissent == (
        "with 6 experts an item passes although one of them dissents.",
        "For one country alone: with 3 experts one dissent fails an item; with 6 it does not.",
    )


@pytest.mark.parametrize(
    ("away", "is_free"),
    [
        ((None, None), True),
        ((1, 3), True),
        ((0, 3), False),
        ((0, None), False),
        ((None, 0), False),
        ((1, None), False),
        ((3, None), True),
        ((1, 9), False),
        ((1, 8), True),
        ((-9, -1), True),
    ],
)
def test_somebody_away_today_or_nearly_until_the_day_is_not_free(away, is_free):
    days = [None if n is None else world.TODAY + n * eligibility.ONE_DAY for n in away]
    expert = world.expert(1, away_from=days[0], away_until=days[1])
    assert eligibility.is_free(expert, world.TODAY, world.DUE) is is_free
