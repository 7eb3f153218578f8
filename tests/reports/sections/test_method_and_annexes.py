"""What was fixed before anybody answered, and the annexes that say it word for word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.sections import Profile
from cop_platform.common.reporting.unnamed import without_names
from feedback.reviews.domain.report import rubric
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.report import definitions, method, rating_table, waivers
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks, reading
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db


def shown(section, asked):
    return reading.chapters(section, section.collect(asked), asked)


def policy(number=7, **rules):
    return ValidationPolicy.objects.create(
        number=number,
        name="Strict marks",
        rules={"marks": [[2, 80], [3, 100], [6, 83], [9, 78]]} | rules,
        frozen_at=make.NOW - timedelta(days=3),
    )


def test_the_policy_stands_with_the_day_it_was_frozen_and_its_marks():
    policy()
    reading.rated([[4], [3], [4]])

    parts = shown(method.SECTION, scope())
    marks = reading.rows(checks.table(parts, "marks-7"))

    assert (
        "Policy 7, “Strict marks” was frozen on 21 November 2026, before anybody rated under it: "
        "the first of 1 round was opened on 24 November 2026."
    ) in reading.text(parts)
    assert marks[:9] == [
        ["2", "2", "1.000", "1.00 (excellent)"],
        ["3", "3", "1.000", "1.00 (excellent)"],
        ["4", "4", "1.000", "1.00 (excellent)"],
        ["5", "5", "1.000", "1.00 (excellent)"],
        ["6", "5", "0.833", "0.82 (excellent)"],
        ["7", "6", "0.857", "0.85 (excellent)"],
        ["8", "7", "0.875", "0.87 (excellent)"],
        ["9", "7", "0.778", "0.76 (excellent)"],
        ["10", "8", "0.800", "0.79 (excellent)"],
    ]


def test_each_of_several_policies_has_its_own_marks():
    policy(7)
    reading.rated([[4], [3], [4]])
    ValidationPolicy.objects.create(
        number=8,
        name="Looser marks",
        rules={"marks": [[2, 78]], "not_applicable": "against"},
        frozen_at=make.NOW - timedelta(days=1),
    )
    reading.rated([[4], [3], [4]])

    facts = method.SECTION.collect(scope())
    whole = reading.text(shown(method.SECTION, scope()))

    assert [(use.policy.number, use.rounds) for use in facts.policies] == [(7, 1), (8, 1)]
    assert "counts as not relevant" in whole
    assert "Looser marks" in whole


def test_terms_rubrics_and_signatures_are_counted():
    found = reading.rated([[4], [3], [4]], panel_size=5, quota_practitioners=2)
    second = make.person("project_manager")
    world.verdict(
        found.version,
        round=found,
        standing="changes",
        proposal="validated",
        override_reason="Two pages are late.",
        second_by=second,
    )

    facts = method.SECTION.collect(scope())

    (terms,) = facts.terms
    assert (terms.panel_size, terms.practitioners, terms.lived, terms.rounds) == (5, 2, 0, 1)
    (use,) = facts.rubrics
    assert (use.name, use.criteria, use.frozen_on) == (found.rubric.name, 1, "2026-11-24")
    signed = facts.signatures
    assert (signed.verdicts, signed.differing, signed.twice, signed.inherited) == (1, 1, 1, 0)


def test_the_method_stands_without_any_round():
    facts = method.SECTION.collect(scope())
    top = reading.head(scope())

    assert "Taking part is voluntary" in reading.text(method.SECTION.chapters(facts, top))
    assert list(method.SECTION.gaps(facts, top))


def test_the_rubric_is_printed_word_for_word():
    asked = world.rubric("Cards", "relevance", "essential", "text", guidance="Read it as a mentor.")
    asked.criteria.filter(code="C1").update(
        text="{{ 7*7 }} <b>clear</b>?", anchors=["never", "rarely", "often", "always"]
    )
    asked.criteria.filter(code="C2").update(is_required=False)
    reading.rated([[4, 3, None]], rubric=asked)

    parts = shown(rubric.SECTION, scope())

    assert reading.rows(checks.table(parts, "rubric-1")) == [
        ["C1", "{{ 7*7 }} <b>clear</b>?", "1 never; 2 rarely; 3 often; 4 always", "yes", "1"],
        ["C2", "Question 2.", "Not necessary; Useful; Essential", "no", "1"],
        ["C3", "Question 3.", "Free text", "yes", "1"],
    ]
    assert "Cards, revision 1, frozen on 24 November 2026" in reading.text(parts)
    assert "Read it as a mentor." in reading.text(parts)


def test_waivers_give_their_reasons_to_the_agency_alone():
    someone = make.person(name="Ivan Petrov")
    found = world.released(make.version())
    world.waiver(found, "BG", reason="Ivan Petrov promised it for the fair.")
    world.waiver(make.version(), reason="Not released yet.")

    public, agency = (
        reading.text(shown(waivers.SECTION, scope(profile=profile))) for profile in Profile
    )

    assert someone.name not in agency
    assert "… promised it for the fair." in agency
    assert "Not released yet." in agency
    assert "promised" not in public
    assert "Bulgaria" in public
    assert "all that are missing" not in public


SECTIONS = [method.SECTION, rubric.SECTION, waivers.SECTION, rating_table.SECTION]


@pytest.mark.parametrize("section", [*SECTIONS, definitions.SECTION], ids=lambda s: s.key)
@pytest.mark.parametrize("profile", list(Profile))
def test_every_cell_says_what_stands_in_the_dataset(section, profile):
    reading.rated([[4], [3], [4]])
    world.waiver(make.version())
    asked = scope(profile=profile)
    facts = section.collect(asked)

    for language in ("en", "bg", "ar"):
        with translation.override(language):
            reading.traced(section, facts, asked)
    assert reading.round_trip(section, facts) == facts


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.key)
def test_one_round_and_three_ask_the_same_number_of_queries(
    section, django_assert_max_num_queries, django_assert_num_queries
):
    asked = scope()
    world.waiver(reading.rated([[4], [3], [4]]).version)
    with django_assert_max_num_queries(6) as first:
        section.collect(asked)
    for _n in range(2):
        world.waiver(reading.rated([[4], [3], [4]]).version)

    with django_assert_num_queries(len(first)):
        section.collect(asked)


def test_every_section_is_registered_in_its_place():
    orders = {one.key: (one.order, one.part) for one in sections.registered()}

    assert {key: orders[key][0] for key in ("materials", "method", "panel", "ratings")} == {
        "materials": 30,
        "method": 40,
        "panel": 50,
        "ratings": 60,
    }
    assert {key: orders[key] for key in ("rubric", "rating_table", "definitions")} == {
        "rubric": (110, "annex"),
        "rating_table": (150, "annex"),
        "definitions": (180, "annex"),
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Maria Ivanova said so.", "… said so."),
        ("ask IVANOVA, Maria", "ask …"),
        ("Marianne Ivanova", "Marianne Ivanova"),
        ("write to maria@example.org", "write to …"),
        ("Maria alone stays", "Maria alone stays"),
    ],
)
def test_names_are_left_out_of_words(text, left):
    assert without_names(text, ["Maria Ivanova", "Solo"]) == left
