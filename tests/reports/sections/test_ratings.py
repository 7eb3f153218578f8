"""The quantitative results: every figure is traced, and nobody can be recognised."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from cop_platform.common.reporting.document import Figure
from cop_platform.common.reporting.drawings import Bars, HeatMap
from cop_platform.common.reporting.sections import Profile
from experts import reference
from feedback.reviews.models import Assignment
from feedback.validation.domain.report import recounting
from feedback.validation.domain.report.ratings import SECTION, collect
from feedback.validation.domain.report.ratings_facts import Measured, Withheld
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks, reading
from tests.reports.sections.rated import SIX_EXPERTS, by_expert, closed, shown, table
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db

# --- Every figure follows from the dataset ----------------------------------------------------


@pytest.fixture
def year():
    """A year's rounds: complete, with gaps, too small, without a review, with other questions."""
    rubric = world.rubric("Mixed", "relevance", "essential", "check", "text", "relevance")
    closed(reading.rated(by_expert(SIX_EXPERTS)))
    reading.rated([[4, None, 3], [0, 2, 3], [3, None, 4], [4, None, 4]])
    reading.rated([[4, 2], [3, 1]])
    world.review_round(rubric=world.rubric("Unasked"))
    mixed = world.review_round(rubric=rubric)
    reading.answered(mixed, [[4, 3, 2, None, 3], [3, 3, 1, None, 2], [4, 1, 2, None, 4]], "BG")
    silent = world.review_round(rubric=rubric)
    world.assigned(silent, make.person())


@pytest.mark.parametrize("profile", list(Profile))
def test_every_cell_says_what_stands_in_the_dataset(year, profile):
    asked = scope(profile=profile)
    facts = collect(asked)

    for language in ("en", "bg", "ar"):
        with translation.override(language):
            assert reading.traced(SECTION, facts, asked) > 200
    assert reading.round_trip(SECTION, facts) == facts


def test_a_recount_agrees_with_every_figure(year):
    assert recounting.recount(collect(scope())) == []


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"i_cvi": 0.99}, "I-CVI"),
        ({"low": 0.1}, "95 % low"),
        ({"passes": False}, "passes"),
        ({"distribution": (0, 0, 1, 5)}, "I-CVI"),
        ({"distribution": (0, 0, -1, 7)}, "cannot be those of answers"),
        ({"distribution": (0, 0, 0, 10**15)}, "cannot be those of answers"),
        ({"n": 10**15}, "N"),
    ],
)
def test_a_recount_finds_a_figure_that_was_changed(change, names):
    reading.rated(by_expert(SIX_EXPERTS))
    facts = collect(scope())
    (row,) = facts.rounds
    item = row.items[5]
    if "i_cvi" in change:
        change = {"i_cvi": replace(item.i_cvi, value=change["i_cvi"])}
    items = (*row.items[:5], replace(item, **change), *row.items[6:])

    problems = recounting.recount(replace(facts, rounds=(replace(row, items=items),)))

    assert any(names in problem for problem in problems)
    assert SECTION.recount(facts) == []


def test_missing_answers_and_not_applicable_stand_beside_the_counts():
    found = reading.rated([[4, None, 3], [0, 2, 3], [3, None, 4], [4, None, 4]])

    rows = reading.rows(checks.table(shown(found, scope()), f"distribution-{found.pk}"))
    items = table(found, scope())

    assert rows == [
        ["C1", "0", "0", "1", "2", "1", "0"],
        ["C2", "0", "1", "0", "0", "0", "3"],
        ["C3", "0", "0", "2", "2", "0", "0"],
    ]
    assert items[1][4] == "not computable: one expert is no panel"
    assert items[1][9] == "Not enough ratings"


def test_answers_of_other_kinds_are_counted_apart(year):
    whole = reading.text(shown(None, scope()))

    assert "Not necessary: 1, Useful: 0 and Essential: 2" in whole
    assert "0.33" in whole
    assert "2 texts" not in whole


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"policy": 99}, "its policy is not in the dataset"),
        ({"withheld": Withheld.SMALL}, "is withheld and holds figures"),
        ({"counted": 2}, "is withheld and holds figures"),
        ({"counted": 5}, "cannot be those of answers"),
        ({"matrix": ((4,),)}, "table of experts is not whole"),
        ({"matrix": ((4,) * 12,) * 6}, "matrix"),
        ({"relevance": None}, "relevance"),
        ({"s_cvi_ave": Measured(0.5, 12, "")}, "S-CVI/Ave"),
    ],
)
def test_a_recount_finds_a_round_that_was_changed(change, names):
    closed(reading.rated(by_expert(SIX_EXPERTS)))
    facts = collect(scope())
    (row,) = facts.rounds

    problems = recounting.recount(replace(facts, rounds=(replace(row, **change),)))

    assert any(names in problem for problem in problems)


# --- Who may be recognised --------------------------------------------------------------------


def test_a_panel_under_three_is_withheld():
    found = reading.rated([[4, 1], [3, 2]])
    facts = collect(scope())

    whole = reading.text(shown(found, scope()))

    (row,) = facts.rounds
    assert (row.withheld, row.items, row.matrix, row.relevance) == ("small", (), (), None)
    assert "fewer than three would tell who said what" in whole
    assert list(SECTION.gaps(facts, reading.head(scope())))


def test_the_public_hears_no_figures_while_somebody_has_to_answer():
    found = reading.rated([[4], [3], [4]])
    late = world.assigned(found, make.person())
    public = scope(profile=Profile.PUBLIC)

    (row,) = collect(public).rounds
    text = reading.text(shown(found, public))

    assert (row.withheld, row.items, row.counted) == ("open", (), 0)
    assert "figures would sway them" in text
    assert collect(scope()).rounds[0].counted == 3
    Assignment.objects.filter(pk=late.pk).update(declined_on=make.NOW.date())
    assert collect(public).rounds[0].counted == 3


def test_ratings_by_expert_are_for_the_agency_alone_and_in_nobodys_order():
    closed(reading.rated([[1, 4], [4, 4], [2, 3], [4, 1], [3, 3]]))
    asked = scope()

    agency, public = collect(asked), collect(scope(profile=Profile.PUBLIC))
    blocks = reading.chapters(SECTION, agency, asked)[0].blocks

    assert agency.rounds[0].matrix == ((4, 4), (4, 1), (3, 3), (2, 3), (1, 4))
    assert public.rounds[0].matrix == ()
    maps = [b.drawing for b in blocks if isinstance(b, Figure) and isinstance(b.drawing, HeatMap)]
    assert maps[-1].columns == ("E1", "E2", "E3", "E4", "E5")


def test_a_panel_under_five_or_an_open_round_shows_no_ratings_by_expert():
    closed(reading.rated([[1], [4], [2], [4]]))
    reading.rated([[1], [4], [2], [4], [4]])

    assert [row.matrix for row in collect(scope()).rounds] == [(), ()]


def test_a_small_country_that_the_others_would_give_away_is_left_out():
    rubric = world.rubric("Shared", "relevance")
    found = world.review_round(None, rubric=rubric)
    reading.answered(found, [[4], [3], [4]], "BG")
    reading.answered(found, [[1]], "IT")
    asked = scope("BG", "IT")

    (both,), (alone,) = collect(asked).rounds, collect(scope("BG")).rounds

    assert (both.submitted, both.counted) == (4, 3)
    assert both.items == alone.items
    assert "1 review is left out" in reading.text(shown(found, asked))


def test_small_countries_that_hide_each_other_count_together():
    rubric = world.rubric("Shared", "relevance")
    found = world.review_round(None, rubric=rubric)
    reading.answered(found, [[4], [3]], "BG")
    reading.answered(found, [[1]], "IT")

    assert collect(scope("BG", "IT")).rounds[0].items[0].distribution == (1, 0, 1, 1)
    assert collect(scope("BG")).rounds[0].withheld


def test_only_the_countrys_experts_count():
    rubric = world.rubric("Shared", "relevance")
    found = world.review_round(None, rubric=rubric)
    reading.answered(found, [[4], [3], [4]], "BG")
    reading.answered(found, [[1], [1], [2]], "IT")

    assert [collect(scope(code)).rounds[0].s_cvi_ave.value for code in ("BG", "IT")] == [1, 0]
    assert collect(scope("BG", "IT")).rounds[0].items[0].distribution == (2, 1, 1, 2)


# --- Verdicts, text, speed --------------------------------------------------------------------


def test_the_verdict_stands_with_its_reasons_and_the_role_that_confirmed_it():
    found = reading.rated(by_expert(SIX_EXPERTS))
    world.verdict(
        found.version,
        round=found,
        standing="validated",
        reasons=[{"code": "all_pass", "n": 12}],
    )

    whole = reading.text(shown(found, scope(profile=Profile.PUBLIC)))

    assert "Bulgaria: Validated. In force since 24 November 2026" in whole
    assert "confirmed by: Project manager." in whole
    assert "All 12 criteria that were judged pass." in whole


def test_what_a_person_wrote_about_a_verdict_is_for_the_agency():
    found = reading.rated(by_expert(SIX_EXPERTS))
    second = make.person("project_manager", name="Maria Ivanova")
    world.verdict(
        found.version,
        round=found,
        standing="changes",
        proposal="validated",
        override_reason="Maria Ivanova asked for it.",
        second_by=second,
    )

    agency = reading.text(shown(found, scope()))
    public = reading.text(shown(found, scope(profile=Profile.PUBLIC)))

    assert "… asked for it." in agency
    assert "Ivanova" not in agency
    assert "asked for it" not in public
    assert "The frozen policy proposed “Validated”" in public


def test_text_that_looks_like_markup_stays_text():
    hostile = '#read("/etc/passwd") <script>alert(1)</script> %s %(n)d {row} =cmd() 😀 中文'
    rubric = world.rubric("Hostile", "relevance")
    rubric.criteria.update(text=hostile)
    asked = scope()
    reading.rated([[4], [3], [2]], rubric=rubric)

    facts = collect(asked)
    whole = reading.text(reading.chapters(SECTION, facts, asked))
    sheets = list(SECTION.sheets(facts, reading.head(asked)))

    assert hostile in whole
    assert sheets[0].rows[0][-1] == hostile
    assert reading.round_trip(SECTION, facts) == facts


def test_a_round_without_reviews_and_no_round_at_all():
    asked = scope()
    nothing = collect(asked)
    silent = world.review_round()
    world.assigned(silent, make.person())

    assert list(SECTION.chapters(nothing, reading.head(asked))) == []
    assert list(SECTION.gaps(nothing, reading.head(asked)))
    assert collect(asked).rounds[0].submitted == 0
    assert "0 reviews were handed in" in reading.text(shown(silent, asked))


def test_reviews_after_the_period_do_not_count():
    found = reading.rated([[4], [3], [2]])
    before = scope(end="2026-11-23", until=reading.UNTIL.replace(month=11, day=23))

    assert collect(scope()).rounds[0].submitted == 3
    assert found.opened_at > before.until
    assert collect(before).rounds == ()


def test_one_round_and_three_ask_the_same_number_of_queries(django_assert_num_queries):
    reference.countries()
    asked = scope()
    reading.rated([[4], [3], [2]])
    with django_assert_num_queries(5):
        collect(asked)
    for _n in range(2):
        reading.rated([[4], [3], [2]])

    with django_assert_num_queries(5):
        collect(asked)


def test_bars_hold_the_whole_distribution():
    found = reading.rated([[4], [3], [2]])

    (chapter,) = shown(found, scope())
    bars = [b.drawing for b in chapter.blocks if isinstance(b, Figure)]
    (bar,) = next(drawing for drawing in bars if isinstance(drawing, Bars)).rows

    assert (bar.parts, bar.said) == ((0, 1, 1, 1), "0.67")
