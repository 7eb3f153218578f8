"""A sample to warm up with: once, skippable, seen by nobody else and used by no outcome."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.reviews.domain import calibration, rubrics
from feedback.reviews.models import Assignment, CalibrationSample
from feedback.validation.domain.outcome import outcome
from feedback.validation.domain.outcome.tables import rating_tables
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return make.person()


@pytest.fixture
def assignment(expert):
    return world.assigned(world.review_round(), expert)


def scores(assignment: Assignment, score: str = "1") -> dict[str, str]:
    sample = calibration.sample_of(assignment.round.rubric_id)
    return {str(c.pk): score for c in calibration.asked(sample)}


def rate(assignment, person, given):
    return calibration.rate(assignment_id=assignment.pk, scores=given, by=person.user)


def test_the_general_rubric_brings_a_sample_with_a_reason_for_each_answer():
    sample = calibration.sample_of(rubrics.current().pk)
    assert [c.code for c in calibration.asked(sample)] == ["C2", "C4", "C5", "C8", "C9"]
    assert all(said["why"] for said in sample.expected.values())


def test_own_answers_stand_beside_the_teams_with_the_reason(assignment, expert):
    rate(assignment, expert, scores(assignment))
    found = calibration.compared(Assignment.objects.select_related("round").get())
    assert [(line.code, line.own, line.team, line.agrees) for line in found] == [
        ("C2", "1 (no)", "3 (mostly)", False),
        ("C4", "1 (no)", "2 (partly)", False),
        ("C5", "1 (no)", "1 (no)", True),
        ("C8", "1 (no)", "1 (no)", True),
        ("C9", "1 (no)", "4 (fully)", False),
    ]
    assert found[2].why.startswith("The first sentence belittles")


@pytest.mark.parametrize("skips", [True, False])
def test_it_is_offered_once_for_all_reviews_with_a_rubric(assignment, expert, skips):
    other = world.assigned(world.review_round(), expert)
    cards = world.assigned(world.review_round(rubric=world.rubric("Bare")), expert)
    assert calibration.is_offered(other, expert.user)
    rate(assignment, expert, {} if skips else scores(assignment))
    assignment.refresh_from_db()
    assert not calibration.is_offered(assignment, expert.user)
    assert not calibration.is_offered(other, expert.user)
    assert not calibration.is_offered(cards, expert.user)
    for again in (assignment, other):
        with pytest.raises(calibration.NotOffered):
            rate(again, expert, {})
    # To others it is offered still.
    fellow = make.person()
    assert calibration.is_offered(world.assigned(assignment.round, fellow), fellow.user)


def test_only_the_reviewer_rates_the_sample(assignment):
    with pytest.raises(Refused):
        rate(assignment, make.person(), {})


def test_no_outcome_uses_it():
    found = world.review_round()
    people = [make.person() for _n in range(3)]
    for person in people:
        world.answered(found, person, "4", "3")
    user = found.opened_by.user
    before = (outcome.build(found, user), rating_tables(found.country_id))
    key = str(found.rubric.criteria.first().pk)
    Assignment.objects.filter(round=found).update(calibration={key: "1"})
    assert (outcome.build(found, user), rating_tables(found.country_id)) == before


def test_the_page_takes_scores_shows_the_comparison_and_can_be_passed_over(
    as_user, assignment, expert
):
    client, url = as_user(expert.user), reverse("review_sample", args=[assignment.pk])
    page = client.get(url).content.decode()
    assert "Every newcomer has skills" in page
    assert "nobody at A2 can follow" not in page
    missing = client.post(url, {"compare": "1"}).content.decode()
    assert "Choose one, or pass the sample over." in missing
    given = {f"c{key}": score for key, score in scores(assignment, "4").items()}
    assert client.post(url, given | {"compare": "1"})["Location"] == url
    page = client.get(url).content.decode()
    assert "you: 4 (fully), the team: 2 (partly)" in page
    assert "nobody at A2 can follow" in page
    other = make.person()
    skipping = world.assigned(assignment.round, other)
    answer = as_user(other.user).post(reverse("review_sample", args=[skipping.pk]), {"skip": "1"})
    assert answer["Location"] == skipping.get_absolute_url()
    skipping.refresh_from_db()
    assert skipping.calibration == {}


def test_nobody_else_sees_what_was_given(as_user, assignment, expert):
    rate(assignment, expert, scores(assignment))
    for user in (assignment.round.opened_by.user, make.user(Role.PROJECT_MANAGER), make.user()):
        url = reverse("review_sample", args=[assignment.pk])
        assert as_user(user).get(url).status_code == 404


def test_the_manager_writes_a_sample_until_a_round_is_opened_with_it(as_user):
    rubric, client = world.rubric("Maps"), as_user(make.user(Role.PROJECT_MANAGER))
    first = rubric.criteria.get(code="C1")
    url = reverse("rubric_sample", args=[rubric.pk])
    fields = {"title": "A map", "text": "Turn left.", f"c{first.pk}-score": "2"}
    refused = client.post(url, fields).content.decode()
    assert "Say why" in refused
    fields |= {f"c{first.pk}-why": "It has no scale."}
    assert client.post(url, fields).status_code == 302
    sample = CalibrationSample.objects.get(rubric=rubric)
    assert sample.expected == {str(first.pk): {"score": "2", "why": "It has no scale."}}
    world.review_round(rubric=rubric)
    kept = client.post(url, fields | {"title": "Other"}).content.decode()
    assert "Make a new revision" in kept
    sample.refresh_from_db()
    assert sample.title == "A map"


def test_a_sample_that_asks_nothing_is_not_saved(as_user):
    rubric = world.rubric("Maps")
    client = as_user(make.user(Role.PROJECT_MANAGER))
    fields = {"title": "A map", "text": "Turn left."}
    page = client.post(reverse("rubric_sample", args=[rubric.pk]), fields).content.decode()
    assert "one criterion at least" in page
    assert not CalibrationSample.objects.filter(rubric=rubric).exists()
