"""Asking a panel again: who, when, what is kept of the first answers, and who sees what."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import Message, Person, User
from feedback.reviews.domain import identity, notices, phases, rounds
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.validation.consensus import Rule
from feedback.validation.domain.waves import wave_page, waves
from feedback.validation.domain.waves.waves import Answer
from feedback.validation.models import SecondRating, Wave
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 11)
RULE = Rule()


@pytest.fixture
def leader() -> User:
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def panel() -> list[Person]:
    return [make.person(name=f"Expert {n}") for n in range(4)]


@pytest.fixture
def talking(leader, panel) -> ReviewRound:
    """A round in its discussion: C1 was given 4, 4, 2 and 1, all else 4."""
    found = world.review_round(by=leader)
    for person, first in zip(panel, "4421", strict=True):
        world.answered(found, person, first)
    phases.go_on(round_id=found.pk, to="discussion", by=leader, at=make.NOW)
    return ReviewRound.objects.with_version().get(pk=found.pk)


def first(found: ReviewRound) -> Criterion:
    return found.rubric.criteria.get(code="C1")


def asked(found: ReviewRound, by: User, *criteria: int, rule: Rule = RULE) -> Wave:
    return waves.open_wave(
        round_id=found.pk,
        criteria=criteria or [first(found).pk],
        rule=rule,
        due_on=DUE,
        by=by,
        at=make.NOW,
    )


def own(found: ReviewRound, person: Person) -> Assignment:
    assignment = identity.assignment_of(round_id=found.pk, person=person)
    assert assignment is not None
    return assignment


def says(found: ReviewRound, person: Person, score: int | None, why: str = "I read it again."):
    answers = {first(found).pk: Answer(score, why)}
    return waves.answer(assignment_id=own(found, person).pk, answers=answers, by=person.user)


def shown(found: ReviewRound, user: User) -> wave_page.ShownItem:
    return wave_page.build(found, user).items[0]


def test_a_panel_is_asked_again_and_both_answers_are_reported(talking, leader, panel):
    assert shown(talking, leader).state_label == "Still open"
    wave = asked(talking, leader)
    for person, score in zip(panel, (4, 4, 3, 3), strict=True):
        says(talking, person, score)
    assert len(shown(talking, leader).waves) == 1
    waves.close_wave(wave_id=wave.pk, by=leader, at=make.NOW)
    item = shown(talking, leader)
    assert [wave.sentence for wave in item.waves] == [
        "2 of 4 relevant · median 3",
        "4 of 4 relevant · median 3.5 · 4 answered again, 50 % of them changed",
    ]
    scores = Rating.objects.filter(criterion=first(talking)).order_by("score")
    assert list(scores.values_list("score", flat=True)) == [1, 2, 4, 4]


def test_a_third_wave_that_moves_nobody_settles_the_item(talking, leader, panel):
    for _wave in range(2):
        wave = asked(talking, leader)
        for person in panel:
            says(talking, person, 4)
        waves.close_wave(wave_id=wave.pk, by=leader, at=make.NOW)
    assert shown(talking, leader).state_label == "Agreed"
    with pytest.raises(waves.CannotAsk, match="asked 3 times, as often as was agreed"):
        asked(talking, leader)


def test_the_rule_is_frozen_with_the_first_wave(talking, leader):
    waves.close_wave(wave_id=asked(talking, leader).pk, by=leader, at=make.NOW)
    later = asked(talking, leader, rule=Rule(consensus=100))
    assert later.rule == {"consensus": 75, "stable": 15, "most": 3}


def test_another_answer_needs_a_word_why_and_the_same_one_does_not(talking, leader, panel):
    asked(talking, leader)
    says(talking, panel[0], 4, why="")
    with pytest.raises(waves.ReasonMissing):
        says(talking, panel[3], 4, why=" ")
    assert SecondRating.objects.count() == 1


def test_answering_twice_keeps_one_answer(talking, leader, panel):
    asked(talking, leader)
    says(talking, panel[3], 2)
    says(talking, panel[3], None, why="It does not apply here.")
    row = SecondRating.objects.get()
    assert (row.score, row.not_applicable, row.comment) == (None, True, "It does not apply here.")


@pytest.mark.parametrize("end", ["wave", "phase", "round"])
def test_an_answer_that_comes_too_late_changes_nothing(talking, leader, panel, end: str):
    wave = asked(talking, leader)
    if end == "wave":
        waves.close_wave(wave_id=wave.pk, by=leader, at=make.NOW)
    elif end == "phase":
        phases.go_on(round_id=talking.pk, to="decision", by=leader, at=make.NOW)
    else:
        rounds.close_round(round_id=talking.pk, by=leader, at=make.NOW)
    with pytest.raises(waves.WaveClosed):
        says(talking, panel[0], 4)
    assert not SecondRating.objects.exists()


def test_nobody_is_asked_again_before_the_discussion(leader, panel):
    found = world.review_round(by=leader)
    for person in panel:
        world.answered(found, person)
    with pytest.raises(waves.CannotAsk, match="in the discussion"):
        asked(found, leader)


def test_a_panel_of_two_is_not_asked_again(leader, panel):
    found = world.review_round(by=leader)
    for person in panel[:2]:
        world.answered(found, person)
    phases.go_on(round_id=found.pk, to="discussion", by=leader, at=make.NOW)
    with pytest.raises(waves.CannotAsk, match="fewer than 3 reviews"):
        asked(found, leader)


def test_only_who_leads_the_round_asks_again(talking):
    with pytest.raises(Refused):
        asked(talking, make.user(Role.COORDINATOR, "IT"))
    assert not Wave.objects.exists()


def test_who_has_not_sent_a_review_is_not_asked(leader, panel, as_user):
    found, late = world.review_round(by=leader), make.person()
    assignment = world.assigned(found, late)
    for person in panel:
        world.answered(found, person)
    phases.go_on(round_id=found.pk, to="discussion", by=leader, at=make.NOW)
    asked(found, leader)
    assert not waves.waiting(late).exists()
    page = as_user(late.user).get(reverse("wave_answer", args=[assignment.pk]))
    assert "Nobody asks about this review again" in page.content.decode()


def test_the_page_shows_ones_own_answer_beside_the_group_and_keeps_what_was_typed(
    talking, leader, panel, as_user
):
    asked(talking, leader)
    key = first(talking).pk
    url = reverse("wave_answer", args=[own(talking, panel[3]).pk])
    client = as_user(panel[3].user)
    page = client.get(url).content.decode()
    assert "You gave 1:" in page
    assert "2 of 4 relevant" in page
    refused = client.post(url, {f"c{key}-score": "3", f"c{key}-comment": ""}).content.decode()
    assert "Say in a sentence why you answer otherwise now." in refused
    assert f'name="c{key}-score" value="3" checked' in refused
    kept = client.post(url, {f"c{key}-score": "3", f"c{key}-comment": "Page 4 says it."})
    assert kept.status_code == 302
    assert SecondRating.objects.get().score == 3


def test_reasons_wait_until_the_wave_is_closed(talking, leader, panel):
    wave = asked(talking, leader)
    says(talking, panel[3], 3, why="Page 4 says it.")
    assert shown(talking, leader).reasons == ()
    waves.close_wave(wave_id=wave.pk, by=leader, at=make.NOW)
    assert shown(talking, leader).reasons == ("Page 4 says it.",)


def test_a_mail_goes_to_everybody_asked_and_today_names_the_questions(
    talking, leader, panel, as_user
):
    asked(talking, leader)
    assert Message.objects.filter(kind=notices.WAVE).count() == len(panel)
    today = as_user(panel[0].user).get("/").content.decode()
    assert "Rate “" in today
    says(talking, panel[0], 4)
    assert "Rate “" not in as_user(panel[0].user).get("/").content.decode()


def test_the_form_opens_a_wave_and_says_beside_the_field_what_is_wrong(talking, leader, as_user):
    client = as_user(leader)
    url = reverse("round_waves", args=[talking.pk])
    fields = {"criteria": [first(talking).pk], "consensus": "40", "stable": "15", "most": "3"}
    refused = client.post(url, fields | {"due_on": "2026-12-11"}).content.decode()
    assert "greater than or equal to 51" in refused
    assert not Wave.objects.exists()
    assert client.post(url, fields | {"due_on": "2026-12-11", "consensus": "80"}).status_code == 302
    assert Wave.objects.get().rule["consensus"] == 80


def test_as_many_queries_for_three_questions_as_for_one(
    talking, leader, panel, as_user, django_assert_max_num_queries
):
    client = as_user(panel[0].user)
    url = reverse("wave_answer", args=[own(talking, panel[0]).pk])
    counts = []
    for number in (1, 3):
        wave = asked(
            talking, leader, *talking.rubric.criteria.values_list("pk", flat=True)[:number]
        )
        client.get(url)
        with django_assert_max_num_queries(12) as seen:
            client.get(url)
        counts.append(len(seen))
        waves.close_wave(wave_id=wave.pk, by=leader, at=make.NOW)
    leads = as_user(leader)
    page = reverse("round_waves", args=[talking.pk])
    leads.get(page)
    with django_assert_max_num_queries(13):
        leads.get(page)
    assert counts[1] - counts[0] <= 1
