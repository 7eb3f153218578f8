"""Who is reminded by which rule, and how the plan follows every deed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.domain import sender
from experts.enums import Channel, MessageState, Role
from experts.models import Message
from sessions.domain import (
    invitations,
    moving,
    planning,
    reminder_rules,
    replanning,
    seat_limits,
)
from sessions.domain.parts import Holder
from sessions.domain.reminder_preview import reminder_preview
from sessions.domain.reminder_rules import BadReminder, ReminderRule
from sessions.enums import Answer, Audience, Duty, ReminderMail
from sessions.models import Invitation
from tests import factories as make

pytestmark = pytest.mark.django_db

# The session of the factory is on 26 November, 10:00 in Sofia (8:00 UTC), ninety minutes long.
EARLY = datetime(2026, 11, 1, 9, tzinfo=UTC)
BEFORE = datetime(2026, 11, 25, 8, tzinfo=UTC)
AFTER = datetime(2026, 11, 27, 8, tzinfo=UTC)
KINDS = [*replanning.GUEST_KINDS, *replanning.SESSION_KINDS]


def rule(audience: str, offset: str = "-1d", mail: str = "", channel: str = Channel.MAIL):
    fitting = reminder_rules.AFTER if offset.startswith("+") else reminder_rules.BEFORE
    return ReminderRule(offset, audience, mail or fitting[audience][0], channel)


def planned() -> list[tuple[str, str, datetime]]:
    """Kind, name and instant of every reminder that is planned."""
    rows = Message.objects.planned().filter(kind__in=KINDS).select_related("person")
    return sorted((m.kind, m.person.name, m.due_at) for m in rows)


def names() -> list[str]:
    return [name for _kind, name, _due_at in planned()]


def session_with(*rules: ReminderRule, **more):
    return make.cop_session(at=EARLY, reminders=rules, **more)


def answer(invitation: Invitation, said: Answer, at: datetime = EARLY) -> None:
    invitations.answer_on_page(
        invitation_id=invitation.pk, answer=said, note="", by=invitation.person.user, at=at
    )


def edit(session, at=EARLY, **changes):
    session.refresh_from_db()
    plan = replace(planning.as_planned(session), **changes)
    return planning.change_session(
        session_id=session.pk, version=session.version, plan=plan, by=session.planned_by.user, at=at
    )


@pytest.mark.parametrize(
    ("audience", "offset", "reached"),
    [
        (Audience.INVITED, "-1d", ["Maybe", "Silent", "Yes"]),
        (Audience.ACCEPTED, "-1d", ["Yes"]),
        (Audience.UNANSWERED, "-1d", ["Silent"]),
        (Audience.WAITING, "-1d", ["Waiting"]),
        (Audience.FACILITATORS, "-1d", ["Leader", "Planner"]),
        (Audience.ACCEPTED, "+1d", ["Yes"]),
        (Audience.ABSENTEES, "+1d", ["No", "Silent"]),
    ],
)
def test_each_audience_is_reached_and_nobody_else(audience, offset, reached):
    leader = make.person(name="Leader")
    planner = make.user(Role.COORDINATOR, name="Planner")
    session = session_with(
        rule(audience, offset), by=planner, duties=(Holder(leader, Duty.FACILITATOR),), capacity=1
    )
    said = {
        "Yes": Answer.YES,
        "Maybe": Answer.MAYBE,
        "No": Answer.NO,
        "Silent": None,
        "Waiting": Answer.YES,
    }
    for name, answered in said.items():
        invitation = make.invitation(session, make.person(name=name), at=EARLY)
        if answered is not None:
            answer(invitation, answered)
    assert names() == reached
    assert {due_at for _kind, _name, due_at in planned()} == {BEFORE if offset[0] == "-" else AFTER}


def test_a_yes_takes_the_call_for_answers_back_and_a_no_everything():
    session = session_with(rule(Audience.UNANSWERED), rule(Audience.ACCEPTED, "-3d"))
    invitation = make.invitation(session, make.person(name="Anna"), at=EARLY)
    kinds = [kind for kind, _name, _due in planned()]
    assert kinds == [replanning.LAST_CALL]
    answer(invitation, Answer.YES)
    assert [kind for kind, _name, _due in planned()] == [replanning.REMINDER]
    answer(invitation, Answer.NO)
    assert planned() == []
    answer(invitation, Answer.YES)
    assert [kind for kind, _name, _due in planned()] == [replanning.REMINDER]


def test_a_seat_that_becomes_free_moves_the_person_to_another_audience():
    session = session_with(rule(Audience.WAITING), rule(Audience.ACCEPTED, "-3d"), capacity=1)
    first = make.invitation(session, make.person(name="First"), at=EARLY)
    second = make.invitation(session, make.person(name="Second"), at=EARLY)
    answer(first, Answer.YES)
    answer(second, Answer.YES)
    before = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert [(name, due) for _kind, name, due in planned()] == [
        ("First", before),
        ("Second", BEFORE),
    ]
    seat_limits.change_seats(
        session_id=session.pk, capacity=None, by_country={}, by=session.planned_by.user, at=EARLY
    )
    assert [(name, due) for _kind, name, due in planned()] == [
        ("First", before),
        ("Second", before),
    ]


def test_lesson_b34_calcom_cal_diy_6973_7225_nothing_is_left_after_a_cancellation_or_a_move():
    session = session_with(*make.reminders("-1d"), rule(Audience.FACILITATORS, "-2d"))
    make.invitation(session, make.person(name="Anna"), at=EARLY)
    old = {due_at for _kind, _name, due_at in planned()}
    moving.move_session(
        session_id=session.pk,
        version=session.version,
        target=moving.Target(date(2026, 12, 3), time(10)),
        by=session.planned_by.user,
        at=EARLY,
    )
    assert not old & {due_at for _kind, _name, due_at in planned()}
    assert len(planned()) == 2
    planning.cancel_session(
        session_id=session.pk, reason="Strike", by=session.planned_by.user, at=EARLY
    )
    assert planned() == []


def test_lesson_b35_calcom_cal_diy_10749_a_late_guest_gets_no_old_reminder_and_none_at_once():
    session = session_with(*make.reminders("-3d", "-1d", "-1h"))
    make.invitation(session, make.person(name="Late"), at=BEFORE - timedelta(minutes=50))
    assert [due_at for _kind, _name, due_at in planned()] == [
        session.starts_at - timedelta(hours=1)
    ]


def test_lesson_b35_the_only_reminder_left_comes_although_the_invitation_is_fresh():
    session = session_with(*make.reminders("-3d", "-1d"))
    make.invitation(session, make.person(name="Late"), at=BEFORE - timedelta(minutes=50))
    assert [due_at for _kind, _name, due_at in planned()] == [BEFORE]


def test_lesson_b36_onehashai_cal_id_790_an_edited_table_is_planned_anew_and_sent_ones_stay(
    mailoutbox,
):
    session = session_with(*make.reminders("-14d", "-1d"))
    make.invitation(session, make.person(name="Anna"), at=EARLY)
    now = datetime(2026, 11, 12, 8, tzinfo=UTC)
    sender.send_due(at=now)
    edit(session, at=now, reminders=make.reminders("-14d", "-3d"))
    assert [due for _kind, _name, due in planned()] == [datetime(2026, 11, 23, 8, tzinfo=UTC)]
    sent = Message.objects.filter(kind=replanning.REMINDER, state=MessageState.SENT)
    assert sent.count() == 1


def test_lesson_b37_indico_4893_nothing_is_said_of_a_session_that_has_begun(mailoutbox):
    session = session_with(*make.reminders("-1d"))
    make.invitation(session, make.person(), at=EARLY)
    Message.objects.exclude(kind=replanning.REMINDER).delete()
    sender.send_due(at=session.starts_at + timedelta(minutes=1))
    assert mailoutbox == []


def test_lesson_b38_p2pu_learning_circles_371_after_a_late_move_the_new_day_has_its_reminder(
    mailoutbox,
):
    session = session_with(*make.reminders("-1d"))
    make.invitation(session, make.person(name="Anna"), at=EARLY)
    sender.send_due(at=BEFORE)
    moving.move_session(
        session_id=session.pk,
        version=session.version,
        target=moving.Target(date(2026, 12, 3), time(10)),
        by=session.planned_by.user,
        at=BEFORE,
    )
    changes = Message.objects.planned().filter(kind="session_change")
    assert [m.due_at - BEFORE <= timedelta(minutes=1) for m in changes] == [True]
    assert [due for _kind, _name, due in planned()] == [datetime(2026, 12, 2, 8, tzinfo=UTC)]


def test_lesson_b39_fossasia_open_event_server_6731_one_person_with_two_roles_gets_one_mail():
    anna = make.person(name="Anna")
    session = session_with(
        rule(Audience.INVITED),
        rule(Audience.ACCEPTED),
        rule(Audience.FACILITATORS),
        duties=(Holder(anna, Duty.NOTE_TAKER),),
    )
    answer(make.invitation(session, anna, at=EARLY), Answer.YES)
    planner = session.planned_by.name
    found = [(kind, name) for kind, name, _due in planned()]
    assert found == [(replanning.CHECKLIST, "Anna"), (replanning.CHECKLIST, planner)]


def test_a_duty_given_or_taken_changes_the_plan():
    anna = make.person(name="Anna")
    session = session_with(rule(Audience.FACILITATORS))
    assert names() == [session.planned_by.name]
    edit(session, duties=(Holder(anna, Duty.FACILITATOR),))
    assert "Anna" in names()
    edit(session, duties=())
    assert "Anna" not in names()


def test_who_declined_hears_nothing_although_a_role_is_theirs():
    anna = make.person(name="Anna")
    session = session_with(rule(Audience.FACILITATORS), duties=(Holder(anna, Duty.FACILITATOR),))
    answer(make.invitation(session, anna, at=EARLY), Answer.NO)
    assert names() == [session.planned_by.name]


def test_planning_twice_changes_nothing():
    session = session_with(*make.reminders("-3d", "-1d"), rule(Audience.FACILITATORS))
    make.invitation(session, make.person(), at=EARLY)
    before = list(Message.objects.order_by("pk").values())
    replanning.follow([session], at=EARLY)
    replanning.follow([session], at=EARLY)
    assert list(Message.objects.order_by("pk").values()) == before


def test_a_reminder_that_waits_for_the_morning_survives_an_edit_and_goes_with_its_rule():
    session = session_with(*make.reminders("-1d"))
    make.invitation(session, make.person(name="Anna"), at=EARLY)
    later = BEFORE + timedelta(hours=3)
    edit(session, at=later, title="Another title")
    assert names() == ["Anna"]
    edit(session, at=later, reminders=())
    assert names() == []


def test_a_reminder_never_goes_after_the_start_and_thanks_may_wait():
    session = session_with(rule(Audience.INVITED), rule(Audience.ABSENTEES, "+1d"))
    make.invitation(session, make.person(), at=EARLY)
    ends = dict(Message.objects.filter(kind__in=KINDS).values_list("kind", "not_after"))
    assert ends == {replanning.REMINDER: session.starts_at, replanning.AFTER: None}


def test_a_rule_for_the_platform_alone_plans_notices_without_mail():
    session = session_with(rule(Audience.INVITED, channel=Channel.APP))
    make.invitation(session, make.person(), at=EARLY)
    assert [m.channel for m in Message.objects.filter(kind=replanning.REMINDER)] == [Channel.APP]


def test_one_and_fifty_guests_cost_the_same_number_of_statements():
    costs = []
    for guests in (1, 50):
        session = session_with(*make.reminders("-3d", "-1d"), rule(Audience.UNANSWERED, "-2d"))
        people = [make.person(account=False) for _n in range(guests)]
        invitations.invite(
            session_id=session.pk, people=people, by=session.planned_by.user, at=EARLY
        )
        session.refresh_from_db()
        session.reminders = reminder_rules.tidy(make.reminders("-5d", "-1d"))
        with CaptureQueriesContext(connection) as queries:
            replanning.follow([session], at=EARLY)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_preview_says_when_to_whom_and_how_many_and_plans_nothing():
    session = session_with(*make.reminders("-1d"))
    answer(make.invitation(session, make.person(), at=EARLY), Answer.YES)
    make.invitation(session, make.person(), at=EARLY)
    before = Message.objects.count()
    rules = [rule(Audience.UNANSWERED, "-3d"), rule(Audience.ACCEPTED, "+1d")]
    lines = reminder_preview(session, rules, EARLY)
    assert [(line.when, line.audience, line.people, line.mail) for line in lines] == [
        ("Mon 23 Nov 2026, 10:00", "not answered yet", 1, "Please answer"),
        ("Fri 27 Nov 2026, 10:00", "said yes", 1, "Thanks, and what comes next"),
    ]
    assert Message.objects.count() == before


@pytest.mark.parametrize(
    "bad",
    [
        ReminderRule("-1d", Audience.ABSENTEES, ReminderMail.REMINDER),
        ReminderRule("+1d", Audience.ABSENTEES, ReminderMail.REMINDER),
        ReminderRule("+1d", Audience.FACILITATORS, ReminderMail.AFTER),
        ReminderRule("-1d", Audience.INVITED, ReminderMail.AFTER),
        ReminderRule("-1d", Audience.INVITED, ReminderMail.CHECKLIST),
        ReminderRule("-1d", "enemies"),
        ReminderRule("-1d", Audience.INVITED, "insult"),
        ReminderRule("-1d", Audience.INVITED, ReminderMail.REMINDER, "pigeon"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(bad):
    with pytest.raises(BadReminder):
        reminder_rules.tidy([bad])


def test_rules_are_kept_once_each_and_in_order():
    rules = make.reminders("+1d", "-1h", "-14d", "-1h")
    assert [row["offset"] for row in reminder_rules.tidy(rules)] == ["-14d", "-1h", "+1d"]
    assert reminder_rules.read(reminder_rules.tidy(rules)) == make.reminders("-14d", "-1h", "+1d")


def bodies(mailoutbox, session, at) -> str:
    Message.objects.exclude(kind__in=KINDS).delete()
    sender.send_due(at=at)
    return "\n".join(f"{mail.subject}\n{mail.body}" for mail in mailoutbox)


def test_the_mails_of_the_rules_say_what_they_are_for(mailoutbox):
    planner = make.user(Role.COORDINATOR, name="Planner")
    session = session_with(
        rule(Audience.UNANSWERED),
        rule(Audience.ACCEPTED),
        rule(Audience.FACILITATORS),
        by=planner,
        steps=(("Coffee", 30), ("Talk", 60)),
        duties_needed=(Duty.INTERPRETER,),
    )
    make.invitation(session, make.person(name="Silent"), at=EARLY)
    answer(make.invitation(session, make.person(name="Yes"), at=EARLY), Answer.YES)
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    text = bodies(mailoutbox, session, noon)
    assert len(mailoutbox) == 3
    for words in (
        "Will you come? First meetings",
        "Your answer is still missing.",
        "You said that you will come.",
        "You lead a session tomorrow: First meetings",
        "Said yes: 1",
        "Answers open: 1",
        "Countries: BG 1",
        "Nobody yet: Interpreter",
        "10:30 Talk",
    ):
        assert words in text


def test_afterwards_those_who_came_are_thanked_and_the_absent_told_what_they_missed(mailoutbox):
    session = session_with(rule(Audience.ACCEPTED, "+1d"), rule(Audience.ABSENTEES, "+1d"))
    coming = make.person(name="Came")
    answer(make.invitation(session, coming, at=EARLY), Answer.YES)
    make.invitation(session, make.person(name="Silent"), at=EARLY)
    later = make.cop_session(at=EARLY, title="Second meeting", day=date(2026, 12, 10), reminders=())
    make.invitation(later, coming, at=EARLY)
    text = bodies(mailoutbox, session, datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert len(mailoutbox) == 2
    assert "Thank you: First meetings" in text
    assert "What comes next: Second meeting, Thu 10 Dec 2026" in text
    assert "What you missed: First meetings" in text


def test_nobody_is_thanked_for_a_session_that_was_cancelled(mailoutbox):
    session = session_with(rule(Audience.INVITED, "+1d"))
    make.invitation(session, make.person(), at=EARLY)
    session.cancelled_at, session.cancel_reason = EARLY, "Strike"
    session.save()
    assert bodies(mailoutbox, session, AFTER) == ""
