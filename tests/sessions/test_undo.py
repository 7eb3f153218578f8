"""Taking a deed back: as if nothing had happened, and nobody hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import Refused
from experts.domain import recall, sender
from experts.enums import Role
from experts.models import AuditEvent, Message, Person
from sessions.domain import guests, invitations, notices, planning, undo
from sessions.enums import Answer, UndoableDeed
from sessions.models import CopSession, Invitation, UndoWindow
from tests import factories as make

pytestmark = pytest.mark.django_db
SECONDS = 20
SOON = make.NOW + timedelta(seconds=10)
LATER = make.NOW + timedelta(seconds=SECONDS)


@pytest.fixture(autouse=True)
def _window(settings):
    settings.UNDO_SECONDS = SECONDS


@pytest.fixture
def session():
    """A session with two guests whose invitations went out an hour ago."""
    before = make.NOW - timedelta(hours=1)
    found = make.cop_session(at=before, steps=(("News", 30), ("Talk", 60)))
    for person in (make.person(), make.person()):
        make.invitation(found, person, at=before)
    sender.send_due(at=before + timedelta(minutes=1))
    return found


def move(session: CopSession, at=make.NOW, **changes) -> CopSession:
    session.refresh_from_db()
    changes = {"day": date(2026, 12, 3)} | changes
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), **changes),
        by=session.planned_by.user,
        at=at,
    )


def cancel(session: CopSession) -> CopSession:
    by = session.planned_by.user
    return planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)


def take_back(session: CopSession, at=SOON, by=None) -> CopSession:
    window = UndoWindow.objects.filter(session=session).latest("pk")
    return undo.undo(window_id=window.pk, by=by or session.planned_by.user, at=at)


def facts(session: CopSession) -> dict:
    """Everything stored about a session but the version, which counts editors."""
    found = CopSession.objects.filter(pk=session.pk).values().get()
    del found["version"]
    return found | {
        "hosts": sorted(session.host_cops.values_list("pk", flat=True)),
        "materials": sorted(session.materials.values_list("pk", flat=True)),
        "steps": list(session.steps.values_list("position", "title", "minutes")),
        "seats": list(session.country_seats.values_list("country_id", "seats")),
    }


def planned() -> list[tuple]:
    return sorted(Message.objects.planned().values_list("kind", "object_id", "due_at", "key"))


@pytest.mark.parametrize("deed", [move, cancel])
def test_a_move_and_a_cancellation_are_taken_back_to_the_letter(session, deed, mailoutbox):
    material = make.material()
    session.materials.add(material)
    session.country_seats.create(country=make.country("BG"), seats=4)
    before, mails = facts(session), planned()
    deed(session)
    assert facts(session) != before
    take_back(session)
    assert facts(session) == before
    assert planned() == mails
    sender.send_due(at=LATER)
    assert mailoutbox[2:] == []


def test_the_mails_of_a_deed_wait_for_the_window_and_then_go(session, mailoutbox):
    del mailoutbox[:]
    move(session)
    assert sender.send_due(at=LATER - timedelta(seconds=1)).sent == 0
    call_command("tick", at=LATER.isoformat())
    assert [m.subject for m in mailoutbox] == ["New time or place: First meetings"] * 2


def test_the_old_reminder_comes_after_a_move_was_taken_back(session, mailoutbox):
    move(session)
    take_back(session)
    del mailoutbox[:]
    sender.send_due(at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert [m.subject for m in mailoutbox] == ["Reminder: First meetings, tomorrow"] * 2


def test_invitations_taken_back_leave_nobody_asked_and_nobody_told(session, mailoutbox):
    del mailoutbox[:]
    people = [make.person() for _ in range(3)]
    by = session.planned_by.user
    invitations.invite(session_id=session.pk, people=people, by=by, at=make.NOW)
    take_back(session)
    assert session.invitations.count() == 2
    sender.send_due(at=LATER)
    assert mailoutbox == []
    # Asked once more, they are mailed once.
    invitations.invite(session_id=session.pk, people=people, by=by, at=LATER)
    sender.send_due(at=LATER + timedelta(seconds=SECONDS))
    assert sorted(m.to[0] for m in mailoutbox) == sorted(p.email for p in people)


def test_a_guest_written_down_for_an_invitation_taken_back_is_forgotten(session):
    guest = guests.Guest("Maria Rossi", "maria@guest.example", "it", "Europe/Rome")
    by = session.planned_by.user
    guests.invite_guest(session_id=session.pk, guest=guest, agreed=True, by=by, at=make.NOW)
    take_back(session)
    assert not Person.objects.filter(email="maria@guest.example").exists()


def test_the_same_move_after_an_undo_is_mailed_after_all(session, mailoutbox):
    del mailoutbox[:]
    move(session)
    take_back(session)
    moved = move(session, at=SOON)
    assert moved.sequence == 1
    sender.send_due(at=LATER + timedelta(seconds=SECONDS))
    assert [m.subject for m in mailoutbox] == ["New time or place: First meetings"] * 2


def test_undoing_twice_changes_nothing(session):
    move(session)
    once = take_back(session)
    version, events = once.version, AuditEvent.objects.count()
    assert take_back(session).version == version
    assert AuditEvent.objects.count() == events


def test_after_the_window_it_is_too_late(session):
    move(session)
    with pytest.raises(undo.CannotUndo, match="too late"):
        take_back(session, at=LATER)
    session.refresh_from_db()
    assert session.sequence == 1


def test_a_mail_that_is_on_its_way_cannot_be_taken_back(session):
    move(session)
    Message.objects.filter(kind=notices.CHANGE).update(lease_until=timezone.now())
    with pytest.raises(recall.OnTheirWay):
        take_back(session)
    session.refresh_from_db()
    assert session.wall_day == date(2026, 12, 3)


def test_a_newer_change_is_not_lost_by_an_undo(session):
    move(session)
    window = UndoWindow.objects.get(deed=UndoableDeed.MOVE)
    move(session, title="Better", at=SOON, day=date(2026, 12, 3))
    with pytest.raises(undo.CannotUndo, match="changed again"):
        undo.undo(window_id=window.pk, by=session.planned_by.user, at=SOON)


def test_an_answer_is_not_lost_by_an_undo(session):
    invitation = make.invitation(session, make.person())
    token = invitations.link_token(invitation)
    invitations.answer_by_link(token=token, answer=Answer.YES, note="", at=SOON)
    with pytest.raises(undo.CannotUndo, match="answered already"):
        take_back(session)
    assert Invitation.objects.filter(pk=invitation.pk).exists()


@pytest.mark.parametrize(("role", "code"), [(Role.COORDINATOR, "IT"), (Role.EXPERT, "BG")])
def test_only_those_who_run_the_session_take_a_deed_back(session, role, code):
    move(session)
    with pytest.raises(Refused):
        take_back(session, by=make.user(role, code))


def test_a_room_that_was_taken_meanwhile_stops_the_undo_with_a_sentence(session):
    from sessions.models import Room

    room = Room.objects.create(name="Hall", country=make.country("BG"))
    CopSession.objects.filter(pk=session.pk).update(room=room)
    move(session)
    other = make.cop_session(at=SOON)
    CopSession.objects.filter(pk=other.pk).update(room=room)
    with pytest.raises(undo.CannotUndo, match="room is taken"):
        take_back(session)


def test_a_deed_that_moves_nothing_opens_no_window(session):
    planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), title="Better words"),
        by=session.planned_by.user,
        at=make.NOW,
    )
    assert not UndoWindow.objects.filter(deed=UndoableDeed.MOVE).exists()


def test_without_a_window_mails_are_due_at_once(session, settings):
    settings.UNDO_SECONDS = 0
    windows = UndoWindow.objects.count()
    cancel(session)
    assert UndoWindow.objects.count() == windows
    assert (
        Message.objects.planned().get(object_id=session.invitations.first().pk).due_at == make.NOW
    )


def test_closed_windows_are_forgotten(session):
    move(session)
    assert undo.forget_closed(at=make.NOW + timedelta(hours=23)) == 0
    assert undo.forget_closed(at=make.NOW + timedelta(days=3)) == 2 + 1
    assert undo.forget_closed(at=make.NOW + timedelta(days=3)) == 0


@pytest.fixture
def page(as_user):
    """A session of the real clock, moved a moment ago, and its coordinator's browser."""
    coordinator = make.user(Role.COORDINATOR)
    now, soon = timezone.now(), (timezone.now() + timedelta(days=20)).date()
    found = make.cop_session(by=coordinator, at=now, day=soon)
    make.invitation(found, make.person(), at=now - timedelta(minutes=5))
    planning.change_session(
        session_id=found.pk,
        version=1,
        plan=replace(make.plan(), day=soon + timedelta(days=1)),
        by=coordinator,
        at=now,
    )
    return found, as_user(coordinator)


def test_the_page_offers_undo_while_the_window_is_open_and_the_button_works(page):
    session, client = page
    shown = client.get(session.get_absolute_url()).content.decode()
    window = UndoWindow.objects.get(deed=UndoableDeed.MOVE)
    url = reverse("session_undo", args=[window.pk])
    assert f'action="{url}"' in shown
    answer = client.post(url, follow=True)
    assert "Taken back. Nobody was told anything." in answer.content.decode()
    assert f'action="{url}"' not in answer.content.decode()
    session.refresh_from_db()
    assert (session.sequence, session.wall_day) == (0, timezone.now().date() + timedelta(days=20))


def test_the_page_says_when_it_is_too_late(page):
    _session, client = page
    window = UndoWindow.objects.get(deed=UndoableDeed.MOVE)
    UndoWindow.objects.filter(pk=window.pk).update(until=timezone.now())
    answer = client.post(reverse("session_undo", args=[window.pk]), follow=True)
    assert "It is too late: the mails are on their way." in answer.content.decode()
