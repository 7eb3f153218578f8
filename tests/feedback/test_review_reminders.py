"""Reminders of reviews stop when they are sent, and nobody can tell by them who has sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import needs
from experts import reference
from experts.domain import contact_log, sender
from experts.enums import Channel, MessageState, Role
from experts.models import AuditEvent, Message
from feedback.reviews.domain import desk, escalation, identity, notices, rounds, waiting
from feedback.reviews.models import Assignment
from sessions.domain import replanning
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Audience, ReminderMail
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

# Reviews of the world are due on 4 December.
LATE = datetime(2026, 12, 11, 12, tzinfo=UTC)


def planned(person) -> list[date]:
    rows = Message.objects.planned().filter(kind=notices.REMINDER, person=person)
    return sorted(rows.values_list("due_at__date", flat=True))


def send_review(assignment, person, at=make.NOW) -> None:
    world.save(assignment, person, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=person.user, at=at)


def test_reminders_of_a_review_stop_when_it_is_sent_and_others_go_on():
    found, done, waiting = world.review_round(), make.person(), make.person()
    assignment = world.assigned(found, done)
    world.assigned(found, waiting)
    send_review(assignment, done)
    assert planned(done) == []
    assert len(planned(waiting)) == 5


def test_lesson_17_pkp_6904_each_step_is_a_row_of_its_own_and_holds_back_no_other():
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    days = planned(person)
    assert days == [world.DUE + timedelta(days=step) for step in notices.LADDER]
    for number, day in enumerate(days, start=1):
        sender.send_due(at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
        rows = Message.objects.filter(kind=notices.REMINDER, person=person)
        assert rows.filter(state=MessageState.SENT).count() == number
        assert planned(person) == days[number:]


def test_reminders_stop_when_the_round_is_closed():
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
    assert planned(person) == []


def test_reminders_follow_another_due_day_and_only_for_those_who_still_write():
    found, done, waiting = world.review_round(), make.person(), make.person()
    send_review(world.assigned(found, done), done)
    world.assigned(found, waiting)
    new = world.DUE + timedelta(days=10)
    for _twice in range(2):
        rounds.change_due_day(round_id=found.pk, due_on=new, by=found.opened_by.user, at=make.NOW)
    assert planned(waiting) == [new + timedelta(days=days) for days in notices.LADDER]
    assert planned(done) == []
    assert {a.due_on for a in Assignment.objects.waiting()} == {new}


def test_a_day_set_back_again_brings_the_first_reminders_back():
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    before = planned(person)
    by = found.opened_by.user
    for due_on in (world.DUE + timedelta(days=10), world.DUE):
        rounds.change_due_day(round_id=found.pk, due_on=due_on, by=by, at=make.NOW)
    assert planned(person) == before


def test_planning_the_same_reminders_twice_plans_them_once():
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    notices.plan_reminders(found, [person], due_on=world.DUE, at=make.NOW)
    assert len(planned(person)) == 5


@pytest.mark.parametrize("closed", [False, True])
def test_the_contact_log_does_not_tell_who_has_sent_a_review(as_user, closed, mailoutbox):
    """Two experts of one panel: one has sent, one was reminded three times."""
    found = world.review_round()
    done, late = make.person(name="Done Early"), make.person(name="Never Done")
    assignment = world.assigned(found, done)
    world.assigned(found, late)
    Message.objects.filter(kind=notices.ASSIGNMENT).delete()
    send_review(assignment, done)
    sender.send_due(at=LATE)
    states = Message.objects.filter(kind=notices.REMINDER)
    # The leak would be there: the rows of the two differ.
    assert {m.state for m in states.filter(person=done)} == {MessageState.WITHDRAWN}
    assert MessageState.SENT in {m.state for m in states.filter(person=late)}
    if closed:
        rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=LATE)
    for role in (Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN):
        looker = make.user(role)
        assert not Message.objects.visible_to(looker).exists()
        page = as_user(looker).get(reverse("message_list")).content.decode()
        assert "Never Done" not in page
        assert "Done Early" not in page
    for person in (done, late):
        assert contact_log.of_person(person, reader=looker, at=LATE).entries == []


def late_round(reviewers: int = 1):
    found = world.review_round()
    for n in range(reviewers):
        world.assigned(found, make.person(name=f"Zoe Late{n}"))
    return found


def test_a_review_a_week_late_is_a_task_of_its_countrys_coordinators_without_a_name():
    found = late_round()
    coordinator, foreign = found.opened_by.user, make.user(Role.COORDINATOR, "IT")
    title = found.version.material.title
    day_before = LATE - timedelta(days=1)
    assert not [n for n in needs.of(coordinator, day_before) if "late" in n.title]
    tasks = [need for need in needs.of(coordinator, LATE) if "late" in need.title]
    assert [need.title for need in tasks] == [f"1 review of “{title}” is 7 days late"]
    assert "Zoe" not in tasks[0].sentence
    assert tasks[0].url == reverse("round_substitute", args=[found.pk])
    assert not [n for n in needs.of(foreign, LATE) if "late" in n.title]


def test_the_coordinators_notice_is_planned_once():
    found = late_round()
    for _twice in range(2):
        assert escalation.tell_coordinators(at=LATE) == 1
    messages = Message.objects.filter(kind=notices.ESCALATION)
    assert [(m.person, m.channel) for m in messages] == [(found.opened_by, Channel.APP)]


def test_substitutes_are_ranked_with_reasons_and_nobody_already_asked_is_among_them():
    found = late_round()
    busy = make.person(name="Busy", languages=["en"])
    world.assigned(world.review_round(by=found.opened_by.user), busy)
    make.person(name="Apart", languages=["bg"], language="bg")
    make.person(name="Topical", languages=["en"], ask_me_about="Mentor questions")
    found_ones = escalation.substitutes(found, found.opened_by.user, LATE.date())
    assert [(one.person.name, one.reasons) for one in found_ones] == [
        (
            "Topical",
            (
                "reads English",
                "works in Bulgaria",
                "case worker",
                "knows the topic: Mentor questions",
                "has no other review to write",
            ),
        ),
        (
            "Busy",
            (
                "reads English",
                "works in Bulgaria",
                "case worker",
                "was asked in 1 other open round",
            ),
        ),
    ]


def test_one_and_three_late_rounds_or_substitutes_cost_the_same_number_of_questions():
    by = make.user(Role.COORDINATOR)
    costs = []
    for more in (1, 2):
        for _n in range(more):
            found = world.review_round(by=by)
            world.assigned(found, make.person())
            make.person()
        world.waits(by, LATE)
        reference.countries()
        with CaptureQueriesContext(connection) as queries:
            world.waits(by, LATE)
            escalation.substitutes(found, by, LATE.date())
            escalation.tell_coordinators(at=LATE)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_how_busy_somebody_is_does_not_tell_whether_their_review_was_sent():
    found, other = late_round(), world.review_round()
    sent, open_one = make.person(name="Anna"), make.person(name="Boris")
    send_review(world.assigned(other, sent), sent)
    world.assigned(other, open_one)
    found_ones = escalation.substitutes(found, found.opened_by.user, LATE.date())
    assert len({one.reasons for one in found_ones}) == 1


def test_one_press_asks_the_substitute_and_thanks_the_late_one(as_user, mailoutbox, settings):
    found = late_round()
    substitute = make.person(name="Ready")
    escalation.replace(round_id=found.pk, person=substitute, by=found.opened_by.user, at=LATE)
    late = Assignment.objects.get(released_on__isnull=False)
    reader = identity.reader_of(late)
    assert identity.assignment_of(round_id=found.pk, person=substitute) is not None
    # Who steps in has a week, and is reminded on the way.
    assert planned(substitute) == [date(2026, 12, day) for day in (16, 18, 21, 25)]
    assert planned(reader) == []
    assert not identity.desk_of(reader.user).wanted().exists()
    assert not world.waits(found.opened_by.user, LATE)[waiting.LATE]
    Message.objects.exclude(kind=notices.RELEASED).delete()
    sender.send_due(at=LATE)
    assert [mail.to for mail in mailoutbox] == [[reader.email]]
    assert "you will be reminded no more" in mailoutbox[0].body
    assert AuditEvent.objects.get(deed="late review passed on").actor == (
        found.opened_by.user.public_code
    )
    # Who was released is told to nobody else.
    assert not Message.objects.visible_to(make.user(Role.PROJECT_MANAGER)).exists()
    # Late is not lost: it may still be sent.
    send_review(late, reader, at=LATE)
    assert Assignment.objects.get(pk=late.pk).submitted_on == LATE.date()


def test_pressing_when_nothing_is_late_any_more_asks_nobody():
    found = world.review_round()
    with pytest.raises(escalation.NothingLate):
        escalation.replace(
            round_id=found.pk, person=make.person(), by=found.opened_by.user, at=LATE
        )
    assert not Assignment.objects.exists()


def test_the_page_of_substitutes_names_nobody_who_is_late_and_no_code(as_user, monkeypatch):
    found = late_round(3)
    make.person(name="Ready")
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
    client = as_user(found.opened_by.user)
    page = client.get(reverse("round_substitute", args=[found.pk])).content.decode()
    assert "3 reviews are a week late or more." in page
    assert "Ask Ready" in page
    secrets = ["Zoe Late"]
    secrets += [str(code) for code in Assignment.objects.values_list("reviewer_code", flat=True)]
    secrets += [str(pk) for pk in Assignment.objects.values_list("pk", flat=True)]
    assert [secret for secret in secrets if secret in page] == []


@pytest.mark.parametrize(
    ("due_on", "error"), [("2020-01-01", "still to come"), ("x", "valid date")]
)
def test_a_due_day_that_is_past_or_none_is_said_beside_the_field(as_user, due_on, error):
    found = world.review_round()
    url = reverse("round_due", args=[found.pk])
    page = as_user(found.opened_by.user).post(url, {"due_on": due_on})
    assert error in page.content.decode()
    found.refresh_from_db()
    assert found.due_on == world.DUE


def session_of(found, *rules: ReminderRule):
    early = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return make.cop_session(
        at=early, materials=(found.version.material,), reminders=rules, day=date(2026, 12, 3)
    )


CALL = ReminderRule("-1d", Audience.REVIEWERS, ReminderMail.REVIEW_CALL)
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)


def test_a_session_reminds_reviewers_of_what_it_shows_and_only_those_who_still_owe(mailoutbox):
    found = world.review_round()
    done, waiting, foreign = make.person(), make.person(), make.person(code="IT")
    for person in (done, waiting):
        world.assigned(found, person)
    world.assigned(world.review_round(None, version=found.version), foreign)
    session_of(found, CALL)
    send_review(identity.assignment_of(round_id=found.pk, person=done), done)
    rows = Message.objects.filter(kind=replanning.REVIEW_CALL)
    assert {row.person for row in rows} == {done, waiting}
    Message.objects.exclude(kind=replanning.REVIEW_CALL).delete()
    sender.send_due(at=NOON)
    assert [mail.to for mail in mailoutbox] == [[waiting.email]]
    assert found.version.material.title in mailoutbox[0].body
    assert not Message.objects.visible_to(make.user(Role.PROJECT_MANAGER)).exists()


def test_a_guest_who_reviews_gets_one_mail_that_says_both(mailoutbox):
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    session = session_of(found, CALL, *make.reminders("-1d"))
    make.invitation(session, person, at=make.NOW)
    replanning.follow([session], at=make.NOW)
    kinds = [replanning.REVIEW_CALL, replanning.REMINDER]
    Message.objects.exclude(kind__in=kinds).delete()
    sender.send_due(at=NOON)
    assert [mail.to for mail in mailoutbox] == [[person.email]]
    assert "Your review of what the session shows is still open:" in mailoutbox[0].body
    assert "A session you are invited to is near:" in mailoutbox[0].body
