"""A sent review goes back to its writer who asked for it, and to nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import confidential
from cop_platform.common.needs import told
from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent, Message
from feedback.models import Rating, Reopening
from feedback.reviews.domain import desk, needs, notices, reopening, rounds
from feedback.reviews.enums import Phase
from feedback.reviews.models import Draft, ReviewRound
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
REASON = "I read the wrong page."


@pytest.fixture
def expert():
    return make.person(name="Zoe Secret")


@pytest.fixture
def found():
    return world.review_round()


@pytest.fixture
def coordinator(found):
    return found.opened_by.user


def ask(assignment, person):
    return reopening.ask(assignment_id=assignment.pk, reason=REASON, by=person.user, at=make.NOW)


def allow(wish, user):
    return reopening.allow(reopening_id=wish.pk, by=user, at=make.NOW)


def test_lesson_4_a_review_handed_back_is_a_draft_with_every_answer(found, expert, coordinator):
    assignment = world.assigned(found, expert)
    typed = world.whole(assignment, "1", "3")
    keys = list(typed)
    typed[keys[2]] = {"score": "na", "reason": "No such law.", "confidence": "2"}
    world.save(assignment, expert, typed)
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    allow(ask(assignment, expert), coordinator)
    assignment.refresh_from_db()
    answers = Draft.objects.get(assignment=assignment).answers
    assert (assignment.submitted_on, assignment.reopened_on) == (None, make.NOW.date())
    assert (answers[keys[0]]["score"], answers[keys[0]]["comment"]) == ("1", "Say it shorter.")
    assert answers[keys[0]]["suggestion"] == "Two short sentences instead."
    assert answers[keys[2]] == {
        "score": "na",
        "comment": "",
        "suggestion": "",
        "reason": "No such law.",
        "confidence": "2",
    }
    assert not Rating.objects.exists()
    # The history keeps what had been sent.
    assert Rating.pgh_event_model.objects.filter(assignment=assignment).count() == 10
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert Rating.objects.count() == 10


def test_lesson_4_a_coordinator_has_no_way_to_a_rating(as_user, found, expert, coordinator):
    assignment = world.answered(found, expert, "2")
    client = as_user(coordinator)
    for name in ("review_desk", "review_draft", "review_reopen", "review_certificate"):
        answer = client.post(reverse(name, args=[assignment.pk]), {"reason": "x", "submit": "1"})
        assert answer.status_code in {404, 405}
    with pytest.raises(Refused):
        ask(assignment, found.opened_by)


def test_asking_twice_is_asking_once_and_allowing_twice_is_allowing_once(
    found, expert, coordinator
):
    assignment = world.answered(found, expert, "2")
    wish = ask(assignment, expert)
    assert ask(assignment, expert) == wish
    allow(wish, coordinator)
    allow(wish, coordinator)
    assert Draft.objects.count() == 1
    assert Reopening.objects.get().allowed is True
    assert AuditEvent.objects.filter(deed="review handed back").count() == 1
    with pytest.raises(reopening.NothingToReopen):
        ask(assignment, expert)


def test_a_declined_wish_changes_nothing_and_may_be_asked_again(found, expert, coordinator):
    assignment = world.answered(found, expert, "2")
    wish = ask(assignment, expert)
    reopening.decline(reopening_id=wish.pk, by=coordinator, at=make.NOW)
    assignment.refresh_from_db()
    assert assignment.submitted_on is not None
    with pytest.raises(reopening.NothingToReopen):
        allow(wish, coordinator)
    assert ask(assignment, expert) != wish


@pytest.mark.parametrize("phase", [Phase.DISCUSSION, Phase.RESPONSE, Phase.DECISION])
def test_once_reviews_are_discussed_they_stay(found, expert, coordinator, phase):
    assignment = world.answered(found, expert, "2")
    wish = ask(assignment, expert)
    ReviewRound.objects.filter(pk=found.pk).update(phase=phase)
    with pytest.raises(reopening.TooLate):
        allow(wish, coordinator)
    assert reopening.waiting(coordinator, found) == []
    assert Rating.objects.count() == 10


def test_a_closed_round_hands_nothing_back(found, expert, coordinator):
    assignment = world.answered(found, expert, "2")
    rounds.close_round(round_id=found.pk, by=coordinator, at=make.NOW)
    with pytest.raises(reopening.TooLate):
        ask(assignment, expert)


def test_who_may_answer(found, expert):
    wish = ask(world.answered(found, expert, "2"), expert)
    for user in (
        make.user(Role.COORDINATOR, "IT"),
        make.user(Role.PARTNER),
        make.user(Role.FACILITATOR),
        make.user(Role.PLATFORM_ADMIN),
        expert.user,
    ):
        with pytest.raises(Refused):
            allow(wish, user)
    assert allow(wish, make.user(Role.PROJECT_MANAGER)).submitted_on is None


def test_a_coordinator_who_still_rates_neither_reads_nor_answers(found, expert, coordinator):
    wish = ask(world.answered(found, expert, "2"), expert)
    membership = found.opened_by.memberships.get()
    membership.pk, membership.role = None, Role.EXPERT
    membership.save()
    world.assigned(found, found.opened_by)
    assert reopening.waiting(coordinator, found) == []
    with pytest.raises(Refused):
        allow(wish, coordinator)


def test_the_page_names_nobody_and_shows_no_code(as_user, found, expert, coordinator):
    assignment = world.answered(found, expert, "2")
    writer = as_user(expert.user)
    answer = writer.post(reverse("review_reopen", args=[assignment.pk]), {"reason": REASON})
    assert answer.status_code == 302
    client = as_user(coordinator)
    page = client.get(reverse("round_reopenings", args=[found.pk])).content.decode()
    assert "1 reviewer asks to have a review handed back" in page
    assert REASON in page
    tokens = (expert.name, expert.email, str(assignment.reviewer_code), str(assignment.pk))
    assert [token for token in tokens if token in page] == []
    wish = Reopening.objects.get()
    client.post(reverse("reopening_answer", args=[wish.pk]), {"answer": "allow"})
    assert Draft.objects.filter(assignment=assignment).exists()
    assert "Say it shorter." in writer.get(assignment.get_absolute_url()).content.decode()


def test_deeds_are_written_by_code_and_day(found, expert, coordinator):
    assignment = world.answered(found, expert, "2")
    allow(ask(assignment, expert), coordinator)
    events = AuditEvent.objects.filter(deed__in=["review asked back", "review handed back"])
    assert {event.actor for event in events} == {assignment.reviewer_code}
    assert {event.at.hour for event in events} == {0}


def test_the_writer_is_told_and_reminded_again_and_the_log_does_not_tell(
    found, expert, coordinator
):
    assignment = world.assigned(found, expert)
    planned = Message.objects.planned().filter(kind=notices.REMINDER, person=expert)
    before = planned.count()
    world.save(assignment, expert, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert planned.count() == 0
    allow(ask(assignment, expert), coordinator)
    assert planned.count() == before > 0
    told = Message.objects.get(kind=notices.REOPENED)
    assert (told.person, told.object_id) == (expert, found.pk)
    assert {notices.REOPENED, notices.THANKS} <= set(confidential.kinds())


def test_today_asks_the_coordinator_without_a_name(found, expert, coordinator):
    ask(world.answered(found, expert, "2"), expert)
    titles = [need.title for need in told([needs.of], coordinator, make.NOW)]
    wanted = f"A reviewer of “{found.version.material.title}” asks to have a review handed back"
    assert titles.count(wanted) == 1
