"""Rounds are opened, filled and closed; nobody rates their own work, and nobody twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cop_platform.common.needs import told
from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Role
from experts.models import AuditEvent, Message
from feedback.reviews.domain import identity, needs, notices, phases, rounds, rubrics
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewerIdentity, ReviewRound
from materials.models import Rendition, Version
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


def test_the_rubric_has_ten_criteria_and_is_frozen_by_the_first_round():
    assert rubrics.current().frozen_at is None
    found = world.review_round()
    assert rubrics.current().frozen_at == make.NOW
    assert [c.code for c in found.rubric.criteria.all()] == [f"C{n}" for n in range(1, 11)]
    assert rubrics.current() == found.rubric


def test_opening_a_round_asks_for_the_copy_that_reviewers_read():
    version = make.version()
    world.review_round(version=version)
    assert Rendition.objects.get(version=version).is_open


def test_the_wording_of_a_criterion_never_changes_once_a_round_was_opened_with_it():
    criterion = rubrics.current().criteria.first()
    Criterion.objects.filter(pk=criterion.pk).update(text="A better wording")
    world.review_round()
    with pytest.raises(Exception, match="frozen rubric"), transaction.atomic():
        Criterion.objects.filter(pk=criterion.pk).update(text="Something else")


def test_a_round_keeps_the_policy_it_was_opened_with():
    found = world.review_round()
    assert found.policy.number == 1
    assert found.policy.rules == {"marks": [[2, 80], [3, 100], [6, 83], [9, 78]]}


@pytest.mark.parametrize(
    ("role", "of", "country", "allowed"),
    [
        (Role.COORDINATOR, "BG", "BG", True),
        (Role.COORDINATOR, "BG", None, False),
        (Role.COORDINATOR, "IT", "BG", False),
        (Role.PROJECT_MANAGER, "BG", "BG", True),
        (Role.PROJECT_MANAGER, "BG", None, True),
        (Role.EXPERT, "BG", "BG", False),
        (Role.FACILITATOR, "BG", "BG", False),
        (Role.PARTNER, "BG", "BG", False),
        (Role.AUTHOR, "BG", "BG", False),
        (Role.PLATFORM_ADMIN, "BG", "BG", False),
    ],
)
def test_who_opens_fills_and_closes_a_round(role, of, country, allowed):
    by, expert = make.user(role, of), make.person(code="BG")
    if not allowed:
        with pytest.raises(Refused):
            world.review_round(country, by=by)
        assert not ReviewRound.objects.exists()
        return
    found = world.review_round(country, by=by)
    assert rounds.assign(round_id=found.pk, people=[expert], by=by, at=make.NOW) == 1
    rounds.close_round(round_id=found.pk, by=by, at=make.NOW)
    found.refresh_from_db()
    assert found.closed_at == make.NOW


def test_in_a_round_of_all_countries_coordinators_ask_their_own_experts_only():
    found = world.review_round(None)
    coordinator = make.user(Role.COORDINATOR, "IT")
    own, foreign = make.person(code="IT"), make.person(code="BG")
    assert list(rounds.candidates(found, coordinator)) == [own]
    with pytest.raises(Refused):
        rounds.assign(round_id=found.pk, people=[foreign], by=coordinator, at=make.NOW)
    assert rounds.assign(round_id=found.pk, people=[own], by=coordinator, at=make.NOW) == 1
    with pytest.raises(Refused):
        rounds.close_round(round_id=found.pk, by=coordinator, at=make.NOW)


def test_owner_and_uploaders_are_refused_and_not_offered():
    owner, uploader = make.person(), make.person()
    version = world.version(owner)
    make.version(version.material, uploaded_by=uploader)
    found = world.review_round(version=version)
    for person in (owner, uploader):
        assert person not in rounds.candidates(found, found.opened_by.user)
        with pytest.raises(rounds.OwnWork):
            world.assigned(found, person)
    assert not Assignment.objects.exists()


def test_only_experts_with_an_account_are_asked():
    found = world.review_round()
    for person in (make.person(Role.PARTNER), make.person(account=False)):
        with pytest.raises(Refused):
            world.assigned(found, person)


def test_asking_twice_asks_once_also_in_the_database():
    found, expert = world.review_round(), make.person()
    world.assigned(found, expert)
    assert (
        rounds.assign(round_id=found.pk, people=[expert], by=found.opened_by.user, at=make.NOW) == 0
    )
    assert Assignment.objects.count() == ReviewerIdentity.objects.count() == 1
    assert Message.objects.filter(kind=notices.ASSIGNMENT).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewerIdentity.objects.create(round=found, person=expert)


def test_a_panel_has_one_open_round_on_a_version():
    version = world.version()
    first = world.review_round(version=version)
    with pytest.raises(rounds.AlreadyOpen):
        world.review_round(version=version, by=first.opened_by.user)
    world.review_round(None, version=version)
    with pytest.raises(rounds.AlreadyOpen):
        world.review_round(None, version=version)
    rounds.close_round(round_id=first.pk, by=first.opened_by.user, at=make.NOW)
    assert world.review_round(version=version, by=first.opened_by.user).pk != first.pk


def test_a_due_day_in_the_past_is_refused_and_nothing_is_written():
    with pytest.raises(rounds.DueInThePast):
        world.review_round(due_on=date(2026, 11, 23))
    assert not ReviewRound.objects.exists()
    assert not AuditEvent.objects.filter(deed="review round opened").exists()


def test_a_closed_round_takes_nobody_in_and_closing_twice_is_closing_once():
    found = world.review_round()
    by = found.opened_by.user
    for at in (make.NOW, make.NOW + timedelta(days=1)):
        rounds.close_round(round_id=found.pk, by=by, at=at)
    found.refresh_from_db()
    assert found.closed_at == make.NOW
    assert AuditEvent.objects.filter(deed="review round closed").count() == 1
    with pytest.raises(phases.RoundClosed):
        world.assigned(found, make.person())


def test_an_error_while_assigning_leaves_no_code_behind(monkeypatch):
    found = world.review_round()
    monkeypatch.setattr(notices, "tell_assigned", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        world.assigned(found, make.person())
    assert not ReviewerIdentity.objects.exists()
    assert not Assignment.objects.exists()


def test_the_request_and_the_reminder_are_about_the_round_never_about_the_assignment():
    found, expert = world.review_round(), make.person(code="BG")
    assignment = world.assigned(found, expert)
    messages = list(Message.objects.filter(kind__in=notices.KINDS))
    assert {m.kind for m in messages} == {notices.ASSIGNMENT, notices.REMINDER}
    for message in messages:
        assert message.object_id == found.pk
        assert str(assignment.reviewer_code) not in str(vars(message))
        assert str(assignment.pk) not in str(vars(message))
    # Nine o'clock in Sofia, 7 and 2 days before 4 December, on it, 3 and 7 days after it.
    assert sorted(m.due_at for m in messages if m.kind == notices.REMINDER) == [
        datetime(2026, 11, 27, 7, tzinfo=UTC),
        datetime(2026, 12, 2, 7, tzinfo=UTC),
        datetime(2026, 12, 4, 7, tzinfo=UTC),
        datetime(2026, 12, 7, 7, tzinfo=UTC),
        datetime(2026, 12, 11, 7, tzinfo=UTC),
    ]


def test_the_reminder_goes_by_each_experts_own_clock_across_the_change_of_clocks():
    due_on = date(2027, 3, 29)
    found = world.review_round(None, due_on=due_on)
    for code in ("BG", "ES"):
        world.assigned(found, make.person(code=code))
    due = sorted(m.due_at for m in Message.objects.filter(kind=notices.REMINDER))
    assert due == [
        datetime(2027, 3, day, hour, tzinfo=UTC)
        for day, hour in ((22, 7), (22, 8), (27, 7), (27, 8), (29, 6), (29, 7))
    ] + [datetime(2027, 4, day, hour, tzinfo=UTC) for day in (1, 5) for hour in (6, 7)]


@pytest.mark.django_db(transaction=True)
def test_the_mails_lead_to_the_desk_and_stop_when_the_review_is_sent(sink):
    found, first, second = world.review_round(), make.person(), make.person()
    waiting = world.assigned(found, first)
    world.answered(found, second)
    sender.send_due(at=make.NOW)
    # Who has sent the review is thanked and asked for nothing.
    asked = [mail for mail in sink.mails if "Please review" in mail["Subject"]]
    assert [mail["To"] for mail in asked] == [first.email]
    text = asked[0].get_body(("plain",)).get_content()
    assert f"/reviews/{waiting.pk}/" in text
    before = len(sink.mails)
    sender.send_due(at=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert len(sink.mails) == before + 1
    assert "due Fri 4 Dec 2026" in sink.mails[-1]["Subject"]
    assert sink.mails[-1]["To"] == first.email


@pytest.mark.django_db(transaction=True)
def test_a_closed_round_reminds_nobody(sink):
    found = world.review_round()
    world.assigned(found, make.person())
    rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
    sender.send_due(at=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert sink.mails == []


def test_today_says_which_review_is_due_and_how_far_it_is():
    found, expert = world.review_round(), make.person()
    assignment = world.assigned(found, expert)
    some = dict(list(world.whole(assignment).items())[:4])
    world.save(assignment, expert, some)
    need = next(iter(told([needs.of], expert.user, make.NOW)))
    assert need.title == f"Review “{found.version.material.title}” v1"
    assert need.sentence == "Due Fri 4 Dec 2026, in 10 days · 4 of 10 done"
    assert need.url == f"/reviews/{assignment.pk}/"
    late = make.NOW + timedelta(days=20)
    coordinator = found.opened_by.user
    substitute = reverse("round_substitute", args=[found.pk])
    assert [n.url for n in told([needs.of], coordinator, late)] == [
        substitute,
        found.get_absolute_url(),
    ]
    assert list(told([needs.of], make.user(Role.PARTNER), make.NOW)) == []


def test_an_assigned_expert_reads_the_version_before_release_and_others_do_not():
    found, expert = world.review_round(), make.person()
    assert not Version.objects.visible_to(expert.user).filter(pk=found.version_id).exists()
    world.assigned(found, expert)
    assert Version.objects.visible_to(expert.user).filter(pk=found.version_id).exists()
    assert not Version.objects.visible_to(make.user()).filter(pk=found.version_id).exists()


def test_who_is_behind_a_code_is_told_to_the_manager_alone_and_written_down():
    found, expert = world.review_round(), make.person()
    assignment = world.answered(found, expert)
    for role in (Role.COORDINATOR, Role.PLATFORM_ADMIN, Role.AUTHOR, Role.EXPERT):
        with pytest.raises(Refused):
            identity.person_of(assignment.reviewer_code, by=make.user(role), at=make.NOW)
    manager = make.user(Role.PROJECT_MANAGER)
    assert identity.person_of(assignment.reviewer_code, by=manager, at=make.NOW) == expert
    event = AuditEvent.objects.get(deed="reviewer looked up")
    assert (event.actor, event.object_id) == (manager.public_code, assignment.pk)
    assert event.detail == {}


@pytest.mark.parametrize(
    "bad",
    [
        {"score": None, "not_applicable": False},
        {"score": 3, "not_applicable": True, "na_reason": "x"},
        {"score": 0},
        {"score": 5},
        {"score": 2, "comment": ""},
        {"score": None, "not_applicable": True, "na_reason": ""},
    ],
)
def test_the_database_refuses_ratings_that_say_nothing(bad):
    assignment = world.assigned(world.review_round(), make.person())
    criterion = assignment.round.rubric.criteria.first()
    values = {"comment": "", "na_reason": "", "wording": criterion.text} | bad
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(assignment=assignment, criterion=criterion, **values)
    good = Rating.objects.create(
        assignment=assignment, criterion=criterion, wording=criterion.text, score=3
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(
            assignment=assignment, criterion=criterion, wording=criterion.text, score=good.score
        )
