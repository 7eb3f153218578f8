"""An accepted proposal is taken back: it waits again, and nobody heard of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.domain import sender
from experts.models import AuditEvent, Message
from sessions.domain import invitations, notices, planning, proposals, undo
from sessions.enums import Answer, ProposalState, UndoableDeed
from sessions.models import CopSession, Invitation, Proposal, UndoWindow
from tests import factories as make
from tests.sessions import calendars

pytestmark = pytest.mark.django_db
SECONDS = 20
BEFORE = make.NOW - timedelta(hours=1)
SOON = make.NOW + timedelta(seconds=10)
LATER = make.NOW + timedelta(seconds=SECONDS)


@pytest.fixture(autouse=True)
def _window(settings):
    settings.UNDO_SECONDS = SECONDS


@pytest.fixture
def proposed(mailoutbox):
    """A proposal of a guest who declined, beside another guest's proposal."""
    session, guest, other = make.cop_session(at=BEFORE), make.person(), make.person()
    for person in (guest, other):
        make.invitation(session, person, at=BEFORE)
    sender.send_due(at=BEFORE + timedelta(minutes=1))
    del mailoutbox[:]
    Invitation.objects.filter(person=guest).update(answer=Answer.NO, answered_at=BEFORE)
    calendars.proposal(session, other)
    return calendars.proposal(session, guest)


def accept(proposal: Proposal) -> CopSession:
    by = proposal.session.planned_by.user
    return proposals.accept(proposal_id=proposal.pk, by=by, at=make.NOW)


def take_back(proposal: Proposal, at=SOON) -> object:
    window = UndoWindow.objects.get(deed=UndoableDeed.PROPOSAL)
    return undo.undo(window_id=window.pk, by=proposal.session.planned_by.user, at=at)


def facts() -> dict[str, object]:
    sessions = [dict(row, version=0) for row in CopSession.objects.values()]
    return {
        "sessions": sessions,
        "proposals": list(Proposal.objects.order_by("pk").values()),
        "asked": list(Invitation.objects.order_by("pk").values()),
        "mails": sorted(Message.objects.planned().values_list("kind", "object_id", "due_at")),
    }


def test_an_accepted_proposal_taken_back_waits_again_and_nobody_hears(proposed, mailoutbox):
    before = facts()
    accept(proposed)
    assert facts()["proposals"] != before["proposals"]
    take_back(proposed)
    assert facts() == before
    sender.send_due(at=LATER + timedelta(minutes=1))
    assert mailoutbox == []


def test_the_mails_of_an_accepted_proposal_wait_for_the_window_and_go_once(proposed, mailoutbox):
    assert accept(proposed).sequence == 1
    assert sender.send_due(at=LATER - timedelta(seconds=1)).sent == 0
    sender.send_due(at=LATER)
    sender.send_due(at=LATER)
    assert [m.subject for m in mailoutbox] == ["New time or place: First meetings"] * 2


def test_accepting_once_more_after_an_undo_tells_everybody_once(proposed, mailoutbox):
    accept(proposed)
    take_back(proposed)
    again = proposals.accept(proposal_id=proposed.pk, by=proposed.session.planned_by.user, at=SOON)
    assert again.sequence == 1
    sender.send_due(at=SOON + timedelta(seconds=SECONDS))
    assert len(mailoutbox) == 2


def test_undoing_twice_is_undoing_once(proposed):
    accept(proposed)
    take_back(proposed)
    once, events = facts(), AuditEvent.objects.count()
    take_back(proposed)
    assert (facts(), AuditEvent.objects.count()) == (once, events)


def refused(proposal: Proposal, words: str, *, at=SOON) -> None:
    """The undo is refused with these words and changes nothing."""
    before, events = facts(), AuditEvent.objects.count()
    with pytest.raises(undo.CannotUndo, match=words):
        take_back(proposal, at=at)
    assert (facts(), AuditEvent.objects.count()) == (before, events)


def test_after_the_window_it_is_too_late(proposed):
    accept(proposed)
    refused(proposed, "too late", at=LATER)


def test_a_session_edited_since_is_not_lost(proposed):
    session = accept(proposed)
    planning.cancel_session(
        session_id=session.pk, reason="Flood", by=session.planned_by.user, at=SOON
    )
    refused(proposed, "changed again")


def test_an_answer_given_since_is_not_lost(proposed):
    accept(proposed)
    token = invitations.link_token(Invitation.objects.get(person=proposed.person))
    invitations.answer_by_link(token=token, answer=Answer.YES, note="", at=SOON)
    refused(proposed, "Somebody has answered")


def test_a_newer_proposal_of_the_same_person_is_not_lost(proposed):
    session = accept(proposed)
    calendars.proposal(session, proposed.person)
    refused(proposed, "Another time was proposed")


def test_where_one_step_of_the_undo_fails_nothing_is_changed(proposed):
    room = make.room()
    CopSession.objects.update(room=room)
    accept(proposed)
    other = make.cop_session(at=SOON)
    CopSession.objects.filter(pk=other.pk).update(room=room)
    refused(proposed, "room is taken")
    assert Message.objects.planned().filter(kind=notices.CHANGE).count() == 2
    assert Proposal.objects.get(pk=proposed.pk).state == ProposalState.ACCEPTED


def test_the_page_after_accepting_offers_undo_and_the_button_works(as_user):
    now = timezone.now()
    session = make.cop_session(at=now, day=(now + timedelta(days=20)).date())
    proposal = calendars.proposal(session, make.person())
    client = as_user(session.planned_by.user)
    decide = reverse("proposal_decide", args=[proposal.pk])
    page = client.post(decide, {"decision": "accept"}, follow=True).content.decode()
    url = reverse("session_undo", args=[UndoWindow.objects.latest("pk").pk])
    assert f'action="{url}"' in page
    assert "Proposed time accepted." in page
    answer = client.post(url, follow=True).content.decode()
    assert "Taken back. Nobody was told anything." in answer
    assert decide in answer
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.OPEN, None)
