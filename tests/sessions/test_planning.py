"""Planning, moving and cancelling, and the mails each deed brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from cop_platform.common.times import NoSuchTime, TwiceThatDay, to_utc
from experts.domain import outbox
from experts.enums import MessageState, Role
from experts.models import AuditEvent, Message
from sessions.domain import invitations, notices, planning
from sessions.enums import Answer, Status
from sessions.models import CopSession, Invitation
from tests import factories as make

pytestmark = pytest.mark.django_db


def planned(kind: str) -> list[Message]:
    return list(Message.objects.planned().filter(kind=kind).order_by("pk"))


def move(session: CopSession, at=make.NOW, **changes) -> CopSession:
    current = make.plan()
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(current, **changes),
        by=session.planned_by.user,
        at=at,
    )


def test_a_session_keeps_wall_time_zone_and_the_instant_derived_from_them():
    session = make.cop_session()
    assert session.wall_start == datetime(2026, 11, 26, 10)
    assert session.zone == "Europe/Sofia"
    assert session.starts_at == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.FACILITATOR, "BG", False),
        (Role.PARTNER, "BG", False),
        (Role.EXPERT, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ],
)
def test_who_plans_and_changes_sessions_of_bulgaria(role, code, allowed):
    by = make.user(role, code)
    session = make.cop_session("BG")
    if allowed:
        assert make.cop_session("BG", by=by).pk
        planning.cancel_session(session_id=session.pk, reason="x", by=by, at=make.NOW)
        return
    with pytest.raises(Refused):
        make.cop_session("BG", by=by)
    with pytest.raises(Refused):
        planning.cancel_session(session_id=session.pk, reason="x", by=by, at=make.NOW)


def test_steps_that_do_not_add_up_change_nothing():
    coordinator = make.user(Role.COORDINATOR)
    with pytest.raises(planning.AgendaDoesNotFit, match="80 minutes, the session lasts 90"):
        make.cop_session(by=coordinator, steps=(("News", 40), ("Talk", 40)))
    assert not CopSession.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("day", "error"), [(date(2026, 3, 29), NoSuchTime), (date(2026, 10, 25), TwiceThatDay)]
)
def test_an_hour_that_does_not_exist_or_exists_twice_is_refused(day, error):
    with pytest.raises(error):
        make.cop_session("IT", day=day, clock=time(2, 30), zone="Europe/Rome")


@given(
    day=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Europe/Sofia", "Europe/Lisbon", "Atlantic/Azores"]),
)
def test_the_instant_is_always_the_wall_time_in_the_zone(day, clock, zone):
    plan = planning.SessionPlan("T", "regular", "online", (), day, clock, zone, 60, fold=0)
    assert plan.starts_at == to_utc(datetime.combine(day, clock), zone, fold=0)


def test_inviting_plans_the_invitation_now_and_the_reminder_a_day_before_by_the_wall():
    session = make.cop_session()
    make.invitation(session, make.person())
    assert [m.due_at for m in planned(notices.INVITATION)] == [make.NOW]
    assert [m.due_at for m in planned(notices.REMINDER)] == [datetime(2026, 11, 25, 8, tzinfo=UTC)]


def test_lesson_35_who_is_invited_late_gets_no_reminder_that_is_past():
    session = make.cop_session()
    make.invitation(session, make.person(), at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert len(planned(notices.INVITATION)) == 1
    assert planned(notices.REMINDER) == []


def test_inviting_twice_is_inviting_once():
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    make.invitation(session, guest)
    assert Invitation.objects.count() == 1
    assert Message.objects.filter(kind=notices.INVITATION).count() == 1


def test_a_move_tells_everybody_once_and_plans_the_reminder_anew():
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    moved = move(session, day=date(2026, 11, 30))
    assert (moved.sequence, moved.version) == (1, 2)
    assert len(planned(notices.CHANGE)) == 1
    assert [m.due_at for m in planned(notices.REMINDER)] == [datetime(2026, 11, 29, 8, tzinfo=UTC)]


def test_calendar_case_28_a_better_title_sends_no_mail_and_leaves_the_sequence():
    session = make.cop_session()
    make.invitation(session, make.person())
    edited = move(session, title="First meetings, well prepared")
    assert (edited.sequence, edited.version) == (0, 2)
    assert planned(notices.CHANGE) == []
    assert len(planned(notices.REMINDER)) == 1


def test_lesson_4_five_moves_give_the_sequence_zero_to_five():
    session = make.cop_session()
    seen = [session.sequence]
    for day in range(1, 6):
        session = move(session, day=date(2026, 12, day))
        seen.append(session.sequence)
    assert seen == [0, 1, 2, 3, 4, 5]


def test_moving_there_and_back_still_reminds_once():
    session = make.cop_session()
    make.invitation(session, make.person())
    session = move(session, day=date(2026, 11, 30))
    move(session, day=date(2026, 11, 26))
    assert [m.due_at for m in planned(notices.REMINDER)] == [datetime(2026, 11, 25, 8, tzinfo=UTC)]


def test_lesson_34_after_a_cancellation_nothing_but_the_cancellation_is_planned():
    session = make.cop_session()
    make.invitation(session, make.person())
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)
    planning.cancel_session(session_id=session.pk, reason="Again", by=by, at=make.NOW)
    session.refresh_from_db()
    assert [m.kind for m in Message.objects.planned()] == [notices.CANCELLATION]
    assert (session.sequence, session.cancel_reason) == (1, "Flood")
    assert session.status(make.NOW) == Status.CANCELLED


def test_who_declined_hears_of_neither_move_nor_cancellation():
    session = make.cop_session()
    invitation = make.invitation(session, make.person())
    answer(invitation, Answer.NO)
    session = move(session, day=date(2026, 11, 30))
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)
    assert planned(notices.CHANGE) == []
    assert planned(notices.CANCELLATION) == []


def test_an_older_version_is_not_saved_over_a_newer_one():
    session = make.cop_session()
    move(session, title="Newer")
    with pytest.raises(planning.EditedMeanwhile):
        move(session, title="Older")
    session.refresh_from_db()
    assert session.title == "Newer"


@pytest.mark.parametrize("days", [3, 400])
def test_a_session_that_is_over_stays_as_it_was(days):
    session = make.cop_session()
    with pytest.raises(planning.SessionOver):
        move(session, at=make.NOW + timedelta(days=days), title="Too late")


def test_a_move_that_fails_at_the_mails_changes_nothing(monkeypatch):
    session = make.cop_session()
    make.invitation(session, make.person())

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(outbox, "withdraw", fail)
    with pytest.raises(RuntimeError):
        move(session, day=date(2026, 11, 30))
    session.refresh_from_db()
    assert (session.wall_day, session.sequence) == (date(2026, 11, 26), 0)


def answer(invitation: Invitation, value: Answer, at=make.NOW) -> Invitation:
    token = invitations.link_token(invitation)
    return invitations.answer_by_link(token=token, answer=value, note="", at=at)


def test_the_newest_answer_counts_whichever_way_it_came():
    session, guest = make.cop_session(), make.person()
    invitation = make.invitation(session, guest)
    answer(invitation, Answer.YES)
    invitations.answer_on_page(
        invitation_id=invitation.pk, answer=Answer.NO, note="ill", by=guest.user, at=make.NOW
    )
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_by) == (Answer.NO, "page")


def test_nobody_answers_for_somebody_else():
    session, guest, other = make.cop_session(), make.person(), make.user()
    invitation = make.invitation(session, guest)
    with pytest.raises(Refused):
        invitations.answer_on_page(
            invitation_id=invitation.pk, answer=Answer.YES, note="", by=other, at=make.NOW
        )


def test_answers_close_when_the_session_starts():
    session = make.cop_session()
    invitation = make.invitation(session, make.person())
    with pytest.raises(invitations.TooLate):
        answer(invitation, Answer.YES, at=session.starts_at)


def test_a_revoked_link_and_a_foreign_one_open_nothing():
    session = make.cop_session()
    mine, other = (make.invitation(session, make.person()) for _ in range(2))
    token = invitations.link_token(mine)
    assert invitations.find_by_token(token) == mine
    swapped = f"{mine.pk}.{invitations.link_token(other).split('.', 1)[1]}"
    assert invitations.find_by_token(swapped) is None
    Invitation.objects.filter(pk=mine.pk).update(generation=2)
    assert invitations.find_by_token(token) is None


def test_who_comes_back_after_declining_is_reminded_after_all():
    session = make.cop_session()
    invitation = make.invitation(session, make.person())
    answer(invitation, Answer.NO)
    session = move(session, day=date(2026, 11, 30))
    assert planned(notices.REMINDER) == []
    invitation.refresh_from_db()
    answer(invitation, Answer.YES)
    assert len(planned(notices.REMINDER)) == 1


def test_states_follow_the_clock():
    session = make.cop_session()
    assert session.status(session.starts_at - timedelta(seconds=1)) == Status.PLANNED
    assert session.status(session.starts_at) == Status.OPEN
    assert session.status(session.ends_at) == Status.ENDED


def test_withdrawn_rows_are_kept_as_a_record():
    session = make.cop_session()
    make.invitation(session, make.person())
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)
    assert Message.objects.filter(state=MessageState.WITHDRAWN).count() == 2
