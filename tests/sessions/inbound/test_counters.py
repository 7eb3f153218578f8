"""Other times that guests propose from their calendars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import policy

import pytest

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Role
from sessions.domain import (
    proposals,
)
from sessions.enums import Answer, InboundResult, ProposalState
from sessions.models import Invitation, Proposal
from tests import factories as make
from tests.sessions.inbound.world import LATER, counter, event, method, received, swapped

pytestmark = pytest.mark.django_db


NEW_TIME = datetime(2026, 11, 27, 13, tzinfo=UTC)


def test_case_34_a_counter_becomes_a_proposal_and_accepting_it_asks_everybody(
    invited, session, guest, sink
):
    second = make.person()
    make.invitation(session, second)
    sender.send_due(at=make.NOW)
    row = received(counter(invited, NEW_TIME, comment="My bus comes late"))
    assert row.result == InboundResult.PROPOSAL
    proposal = Proposal.objects.get()
    assert (proposal.person, proposal.mail) == (guest, row)
    assert (proposal.starts_at, proposal.ends_at) == (NEW_TIME, NEW_TIME + timedelta(minutes=90))
    assert proposal.comment == "My bus comes late"
    assert answer_of_person(session, guest) == Answer.NONE
    by = session.planned_by.user
    moved = proposals.accept(proposal_id=proposal.pk, by=by, at=LATER)
    assert (moved.starts_at, moved.sequence, moved.zone) == (NEW_TIME, 1, "Europe/Sofia")
    assert (moved.online_link, moved.minutes) == (session.online_link, 90)
    sender.send_due(at=LATER)
    asked = {mail["To"]: event(mail) for mail in sink.mails[-2:]}
    assert set(asked) == {guest.email, second.email}
    assert {int(e["SEQUENCE"]) for e in asked.values()} == {1}
    assert {method(mail) for mail in sink.mails[-2:]} == {"REQUEST"}
    with pytest.raises(proposals.Decided):
        proposals.accept(proposal_id=proposal.pk, by=by, at=LATER)


def answer_of_person(session, person) -> str:
    return Invitation.objects.get(session=session, person=person).answer


def test_case_34_declining_tells_that_one_person(invited, session, guest, sink):
    make.invitation(session, make.person())
    sender.send_due(at=make.NOW)
    received(counter(invited, NEW_TIME))
    before = len(sink.mails)
    proposal = proposals.decline(
        proposal_id=Proposal.objects.get().pk, by=session.planned_by.user, at=LATER
    )
    assert proposal.state == ProposalState.DECLINED
    sender.send_due(at=LATER)
    (mail,) = sink.mails[before:]
    assert (mail["To"], method(mail)) == (guest.email, "DECLINECOUNTER")
    found = event(mail)
    assert found["ATTENDEE"] == f"mailto:{guest.email}"
    assert found["SEQUENCE"] == 0
    assert {"ORGANIZER", "UID", "DTSTAMP"} <= set(found)
    session.refresh_from_db()
    assert session.sequence == 0


def test_accepting_closes_the_other_proposals_and_asks_who_declined_and_proposed(
    invited, session, guest, sink
):
    second = make.person()
    make.invitation(session, second)
    sender.send_due(at=make.NOW)
    received(counter(invited, NEW_TIME))
    other = sink.mails[1].as_bytes(policy=policy.SMTP)
    received(counter(other, NEW_TIME + timedelta(hours=1)))
    Invitation.objects.filter(person=guest).update(answer=Answer.NO, answered_at=LATER)
    chosen = Proposal.objects.get(person=guest)
    proposals.accept(proposal_id=chosen.pk, by=session.planned_by.user, at=LATER)
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == [
        ProposalState.ACCEPTED,
        ProposalState.DECLINED,
    ]
    sender.send_due(at=LATER)
    assert {m["To"] for m in sink.mails[2:]} == {guest.email, second.email}


def test_a_newer_proposal_takes_the_place_of_the_same_persons_open_one(invited, session):
    received(counter(invited, NEW_TIME))
    received(counter(invited, NEW_TIME + timedelta(hours=2), LATER + timedelta(minutes=1)), LATER)
    assert Proposal.objects.get().starts_at == NEW_TIME + timedelta(hours=2)


def test_who_may_accept_and_decline(invited, session):
    received(counter(invited, NEW_TIME))
    proposal = Proposal.objects.get()
    for stranger in (make.user(Role.COORDINATOR, "IT"), make.user(Role.EXPERT)):
        for deed in (proposals.accept, proposals.decline):
            with pytest.raises(Refused):
                deed(proposal_id=proposal.pk, by=stranger, at=LATER)
    assert Proposal.objects.get().state == ProposalState.OPEN


@pytest.mark.parametrize(
    ("end", "agenda"),
    [
        ("20261127T143000Z", [("News", 30), ("Talk", 60)]),
        ("20261127T150000Z", [("News", 40), ("Talk", 80)]),
    ],
)
def test_accepting_keeps_the_agenda_and_fits_it_to_another_length(sink, guest, end, agenda):
    session = make.cop_session(steps=(("News", 30), ("Talk", 60)))
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    raw = sink.mails[0].as_bytes(policy=policy.SMTP)
    received(swapped(counter(raw, NEW_TIME), ("DTEND:20261127T143000Z", f"DTEND:{end}")))
    proposal = Proposal.objects.get()
    moved = proposals.accept(proposal_id=proposal.pk, by=session.planned_by.user, at=LATER)
    assert list(moved.steps.values_list("title", "minutes")) == agenda


@pytest.mark.parametrize(
    ("tzid", "zone_offset"),
    [("GTB Standard Time", 2), ("W. Europe Standard Time", 1), ("Turkey Standard Time", 3)],
)
def test_case_21_windows_zones_of_a_counter_are_understood(invited, session, tzid, zone_offset):
    raw = swapped(
        counter(invited, NEW_TIME),
        ("DTSTART:20261127T130000Z", f"DTSTART;TZID={tzid}:20261127T130000"),
        ("DTEND:20261127T143000Z", f"DTEND;TZID={tzid}:20261127T143000"),
    )
    assert received(raw).result == InboundResult.PROPOSAL
    assert Proposal.objects.get().starts_at == NEW_TIME - timedelta(hours=zone_offset)


@pytest.mark.parametrize(
    ("tzid", "words"),
    [(";TZID=Customized Time Zone", "Customized Time Zone"), ("", "names no time zone")],
)
def test_case_22_an_unknown_or_floating_zone_is_asked_about(invited, session, tzid, words):
    raw = swapped(
        counter(invited, NEW_TIME),
        ("DTSTART:20261127T130000Z", f"DTSTART{tzid}:20261127T130000"),
        ("DTEND:20261127T143000Z", f"DTEND{tzid}:20261127T143000"),
    )
    row = received(raw)
    assert row.result == InboundResult.NEEDS_REVIEW
    assert words in row.reason
    assert not Proposal.objects.exists()


def test_case_22_rules_of_a_zone_that_a_mail_brings_along_are_not_remembered(invited, session):
    rules = (
        "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\n"
        "DTSTART:16010101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    for number in range(2):
        raw = swapped(
            counter(invited, NEW_TIME),
            ("BEGIN:VEVENT", rules if number == 0 else "BEGIN:VEVENT"),
            ("DTSTART:", "DTSTART;TZID=Customized Time Zone:"),
            ("20261127T130000Z", "20261127T130000"),
        )
        assert received(raw).result == InboundResult.NEEDS_REVIEW
