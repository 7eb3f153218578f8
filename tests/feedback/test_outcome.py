"""What a round says: integers decide, figures have their N, and small panels stay silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.reviews.domain import desk, rounds
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.outcome import outcome
from feedback.validation.domain.outcome.tables import rating_tables
from feedback.validation.figures import Reason
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


def panel(found: ReviewRound, *firsts: str, code: str = "BG") -> ReviewRound:
    """A round whose experts gave these scores to C1 and 4 to the rest."""
    for first in firsts:
        world.answered(found, make.person(code=code), first)
    return found


def line(found: ReviewRound, code: str = "C1") -> outcome.Line:
    built = outcome.build(found, found.opened_by.user)
    return next(line for line in built.lines if line.row.code == code)


def test_five_of_six_pass_and_four_of_six_do_not():
    passing = line(panel(world.review_round(), "4", "3", "4", "3", "4", "2"))
    assert passing.sentence == "5 of 6 relevant; 5 needed"
    assert (passing.state, passing.state_label) == ("ok", "Passes")
    assert (passing.i_cvi, passing.interval) == ("0.83", "0.44 to 0.97")
    assert passing.kappa == "0.82, excellent"
    assert (passing.median, dict(passing.parts)) == ("3.5", {"1": 0, "2": 1, "3": 2, "4": 3})
    failing = line(panel(world.review_round(), "4", "3", "4", "3", "1", "2"))
    assert (failing.row.relevant, failing.row.needed, failing.state) == (4, 5, "bad")


def test_not_applicable_is_no_rating():
    found = panel(world.review_round(), "4", "3", "3")
    person = make.person()
    assignment = world.assigned(found, person)
    typed = world.whole(assignment)
    typed[next(iter(typed))] = {"score": "na", "reason": "No such law here."}
    world.save(assignment, person, typed)
    desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)
    row = line(found).row
    assert (row.n, row.not_applicable, row.scores) == (3, 1, (3, 3, 4))
    assert line(found, "C2").row.n == 4


def test_a_criterion_with_one_rating_is_not_computable_and_says_so():
    found = world.review_round()
    for n in range(3):
        person = make.person()
        assignment = world.assigned(found, person)
        typed = world.whole(assignment)
        if n:
            typed[next(iter(typed))] = {"score": "na", "reason": "Not here."}
        world.save(assignment, person, typed)
        desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)
    shown = line(found)
    assert shown.row.i_cvi.reason == Reason.ONE_EXPERT
    assert shown.i_cvi == "not computable: one expert is no panel"
    assert shown.sentence == "1 of 1 relevant; too few for a pass mark"
    assert shown.state == "quiet"


def test_fewer_than_three_reviews_give_no_figure_on_the_page_and_none_in_the_tables(as_user):
    found = panel(world.review_round(), "1", "2")
    url = reverse("round_outcome", args=[found.pk])
    page = as_user(found.opened_by.user).get(url).content.decode()
    assert "The outcome opens with 3 reviews" in page
    assert "I-CVI" not in page
    assert "Say it shorter." not in page
    table = rating_tables(make.country("BG").pk)[0]
    assert (table.submitted, table.withheld, table.criteria) == (2, True, ())
    assert table.s_cvi_ave.value is None


def test_comments_appear_when_the_round_is_closed(as_user):
    found = panel(world.review_round(), "1", "2", "4")
    client, url = as_user(found.opened_by.user), reverse("round_outcome", args=[found.pk])
    page = client.get(url).content.decode()
    assert "1 of 3 relevant; 3 needed" in page
    assert "Say it shorter." not in page
    rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
    assert "Say it shorter." in client.get(url).content.decode()


def test_who_still_has_to_rate_sees_no_outcome():
    found = panel(world.review_round(), "4", "4", "4")
    coordinator = found.opened_by
    world.also_expert(coordinator)
    world.assigned(found, coordinator)
    built = outcome.build(found, coordinator.user)
    assert built.lines == ()
    assert "You review this version yourself" in built.withheld


def test_a_coordinator_counts_own_country_only_and_the_manager_everybody():
    found = world.review_round(None)
    panel(found, "4", "4", "4")
    panel(found, "1", "1", "1", code="IT")
    seen = {
        role: outcome.build(found, user).lines[0].row.scores
        for role, user in (
            ("BG", make.user(Role.COORDINATOR, "BG")),
            ("IT", make.user(Role.COORDINATOR, "IT")),
            ("all", found.opened_by.user),
        )
    }
    assert seen == {"BG": (4, 4, 4), "IT": (1, 1, 1), "all": (1, 1, 1, 4, 4, 4)}


def test_rating_tables_count_a_country_until_a_day():
    found = world.review_round(None)
    panel(found, "4", "4", "4")
    panel(found, "1", "1", "1", code="IT")
    world.assigned(found, make.person())
    bulgaria = make.country("BG").pk
    table = rating_tables(bulgaria)[0]
    assert (table.assigned, table.submitted, table.version) == (4, 3, 1)
    assert table.sha256 == found.version.sha256
    assert table.criteria[0].scores == (4, 4, 4)
    assert [c.code for c in table.criteria] == [f"C{n}" for n in range(1, 11)]
    assert (table.s_cvi_ave.value, table.s_cvi_ua.value) == (1.0, 1.0)
    assert rating_tables(bulgaria, make.NOW)[0].submitted == 3
    assert rating_tables(bulgaria, make.NOW - timedelta(days=1)) == []
    assert rating_tables(make.country("ES").pk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_tables_take_four_queries_however_many_rounds(count, django_assert_num_queries):
    for _n in range(count):
        panel(world.review_round(), "4", "4", "3")
    bulgaria = make.country("BG").pk
    with django_assert_num_queries(4):
        assert len(rating_tables(bulgaria)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_coordinators_pages_ask_the_same_number_of_queries(
    as_user, count, django_assert_max_num_queries
):
    by = make.user(Role.COORDINATOR)
    for _n in range(count):
        found = panel(world.review_round(by=by), *["4"] * (2 + count))
    client, asked = as_user(by), {}
    for name in (
        "review_list",
        "round_detail",
        "round_light",
        "round_fixes",
        "round_outcome",
        "round_assign",
    ):
        url = reverse(name, args=[found.pk] if name != "review_list" else [])
        # The light comes after its page, as a part of it.
        part = {"HX-Request": "true"} if name == "round_light" else {}
        client.get(url, headers=part)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(url, headers=part).status_code == 200
        asked[name] = len(queries)
    # What weighs the panel, and counts what was fixed, comes after the round's own page.
    assert asked == {
        "review_list": 9,
        "round_detail": 7,
        "round_light": 12,
        "round_fixes": 6,
        "round_outcome": 9,
        "round_assign": 12,
    }


# --- Other kinds of answers, and the mean ------------------------------------------------------


def answered_all_kinds(found: ReviewRound, *answers: tuple[str, str, str, str]) -> None:
    """Experts who gave (relevance, essential, check, text)."""
    keys = [str(pk) for pk in found.rubric.criteria.values_list("pk", flat=True)]
    for scores in answers:
        person = make.person()
        assignment = world.assigned(found, person)
        typed = {
            key: {"score": score, "comment": "Long." if score in "12" else "", "suggestion": "Cut."}
            for key, score in zip(keys[:3], scores[:3], strict=True)
        }
        typed[keys[3]] = {"comment": scores[3]}
        world.save(assignment, person, typed)
        desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)


def test_essential_checks_and_texts_are_counted_below_and_stay_out_of_the_figures(as_user):
    rubric = world.rubric("Kinds", "relevance", "essential", "check", "text")
    found = world.review_round(rubric=rubric)
    answered_all_kinds(
        found, ("4", "3", "2", "The map."), ("3", "3", "1", "A list."), ("4", "1", "2", "The end.")
    )
    user = found.opened_by.user
    built = outcome.build(found, user)
    assert [line.row.code for line in built.lines] == ["C1"]
    essential, check, text = built.others
    assert essential.parts == (("Not necessary", 1), ("Useful", 0), ("Essential", 2))
    assert check.parts == (("No", 1), ("Yes", 2))
    assert (text.parts, text.total, text.texts) == ((), 3, ())
    page = as_user(user).get(reverse("round_outcome", args=[found.pk])).content.decode()
    assert "3 answers in words, shown when the round is closed" in page
    assert "The map." not in page
    rounds.close_round(round_id=found.pk, by=user, at=make.NOW)
    found.refresh_from_db()
    assert outcome.build(found, user).others[2].texts == ("A list.", "The end.", "The map.")


def test_lessons_24_and_26_the_mean_has_its_denominator_its_median_and_its_distribution():
    rubric = world.rubric("Weighed", "relevance", "relevance", "relevance")
    rubric.criteria.filter(code="C1").update(weight=3)
    rubric.criteria.filter(code="C3").update(weight=0)
    found = world.review_round(rubric=rubric)
    for scores in (("4", "1", "1"), ("4", "3", "1"), ("2", "2", "1")):
        world.answered(found, make.person(), *scores)
    mean = outcome.build(found, found.opened_by.user).mean
    # (3 x 10/3 + 1 x 2) / 4
    assert mean.sentence == "Weighted mean: 3.00"
    assert mean.denominator == "of 2 criteria, weights add up to 4, 6 ratings"
    assert mean.median == "2.5"
    assert dict(mean.parts) == {"1": 1, "2": 2, "3": 1, "4": 2}


def test_a_small_panel_gives_no_counts_and_no_mean():
    found = world.review_round(rubric=world.rubric("Kinds", "relevance", "check"))
    for _n in range(2):
        world.answered(found, make.person(), "4", "2", comment="x")
    built = outcome.build(found, found.opened_by.user)
    assert (built.others, built.mean) == ((), None)


def test_suggestions_stand_beside_comments_when_the_round_is_closed(as_user):
    found = panel(world.review_round(), "1", "2", "4")
    rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
    found.refresh_from_db()
    remarks = line(found).remarks
    assert [remark.suggestion for remark in remarks] == ["Two short sentences instead."] * 2
