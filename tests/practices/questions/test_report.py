"""The chapter "help given": figures of questions and answers, no names, no small cells."""

from __future__ import annotations

from datetime import date

import pytest

from cop_platform.common.reporting.document import plain
from cop_platform.common.reporting.sections import Profile
from practices.domain.questions.report.facts import PairFacts
from practices.domain.questions.report.section import SECTION
from practices.models import Question
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


def asked(code="BG", hours=None, worked="", **more):
    """A question, perhaps answered from Italy, accepted and judged."""
    question = world.question(code, **more)
    if hours is None:
        return question
    at = make.NOW + hours * cases.HOUR
    given = world.answer(question, at=at)
    Question.objects.filter(pk=question.pk).update(first_answer_at=at)
    if worked:
        Question.objects.filter(pk=question.pk).update(
            accepted=given, accepted_at=at, worked=worked, worked_on=date(2026, 11, 29)
        )
    return question


def test_the_figures_are_those_of_the_rows():
    asked()
    asked(hours=2)
    asked(hours=4, worked="yes")
    asked(hours=9, worked="partly")
    cases.draft()

    facts = read("BG")

    assert (facts.asked, facts.answered, facts.solved) == (4, 3, 2)
    assert (facts.judged, facts.worked, facts.partly) == (2, 1, 1)
    assert facts.median_hours == 4.0
    assert (facts.given, facts.received) == (0, 3)
    checks.check_round_trip(SECTION, facts)


def test_only_what_happened_in_the_period_counts():
    december = make.NOW + 20 * cases.DAY
    asked(checked_at=december)
    question = asked()
    world.answer(question, at=december)

    facts = read("BG")

    assert (facts.asked, facts.answered, facts.received) == (1, 0, 0)


def test_pairs_of_fewer_than_five_answers_are_not_told_apart():
    for _n in range(5):
        asked("BG", hours=1)
    for _n in range(3):
        asked("EL", hours=1)
    for _n in range(2):
        asked("ES", hours=1)

    assert read("BG", "EL", "ES", "IT").pairs == (
        PairFacts("IT", "BG", 5),
        PairFacts("", "", 5),
    )


def test_a_rest_that_is_too_small_hides_itself_and_the_next_pair():
    for _n in range(5):
        asked("BG", hours=1)
    asked("EL", hours=1)

    assert read("BG", "EL").pairs == (PairFacts("", "", 6),)
    assert read("EL").pairs == (PairFacts("", "", None),)


@pytest.mark.parametrize("profile", Profile)
def test_the_chapter_says_every_figure_with_its_source_and_no_name(profile):
    question = asked(hours=3, worked="yes")

    facts = read("BG", profile=profile)

    assert checks.check_figures(SECTION, facts, profile) >= 8
    said = checks.everything(SECTION, facts, profile)
    names = {question.asked_by.name, question.title, question.answers.get().by.name}
    assert not [name for name in names if name in said]


def test_shares_say_of_how_many():
    asked(hours=3, worked="yes")
    asked()

    found = checks.table(checks.parts(SECTION, read("BG")), "help-questions")

    shares = {plain(row[0].text): plain(row[2].text) for row in found.rows}
    assert shares["Solved"] == "50% of 2"
    assert shares["Worked"] == "100% of 1"
    assert shares["Hours to the first answer, median"] == "n = 1"


def test_without_a_question_the_limits_say_so():
    facts = read("BG")

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.gaps(facts, checks.head())) == [
        "No question was put to colleagues in other countries in this period."
    ]
    assert SECTION.newest(facts) == ""


def test_three_countries_take_as_many_questions_as_one(django_assert_num_queries):
    for code in ("BG", "EL", "ES"):
        asked(code, hours=2)
    one, three = checks.scope("BG"), checks.scope("BG", "EL", "ES")

    with django_assert_num_queries(2):
        SECTION.collect(one)
    with django_assert_num_queries(2):
        assert SECTION.collect(three).asked == 3
