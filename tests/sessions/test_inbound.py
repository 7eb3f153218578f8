"""Answers and proposals of calendar programs: what counts, what is shown, what is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cop_platform import calendar_program
from cop_platform.common.refusals import Refused
from experts.domain import outbox
from experts.enums import Role
from experts.models import Message
from sessions.domain import (
    inbound,
    invitations,
    mail_review,
    mailboxes,
    notices,
    planning,
    proposals,
    reply_address,
)
from sessions.enums import Answer, AnsweredBy, InboundResult, ProposalState
from sessions.models import CopSession, InboundMail, Invitation, Proposal, Series
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def guest():
    return make.person()


@pytest.fixture
def session():
    return make.cop_session()


@pytest.fixture
def invited(session, guest, sink):
    """The raw mail that invited the guest."""
    make.invitation(session, guest)
    outbox.send_due(at=make.NOW)
    return sink.mails[0].as_bytes(policy=policy.SMTP)


def reply(raw: bytes, partstat: str = "ACCEPTED", at: datetime = LATER, **more) -> bytes:
    return calendar_program.answer(raw, partstat=partstat, at=at, **more)


def swapped(raw: bytes, *pairs: tuple[str, str]) -> bytes:
    """A raw mail with some of its words replaced, in its calendar text too."""
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    text = part.get_content().replace("\r\n ", "")
    for old, new in pairs:
        text = text.replace(old, new)
        for header in ("From", "To", "Message-ID"):
            value = str(mail[header]).replace(old, new)
            del mail[header]
            mail[header] = value
    part.set_content(text, subtype="calendar", params={"method": part.get_param("method")})
    return mail.as_bytes(policy=policy.SMTP)


def received(raw: bytes, at: datetime = LATER) -> InboundMail:
    return inbound.receive(raw, at=at)


def answer_of(session) -> str:
    return Invitation.objects.get(session=session).answer


def move(session: CopSession, day: int = 1) -> CopSession:
    session.refresh_from_db()
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), day=date(2026, 12, day)),
        by=session.planned_by.user,
        at=make.NOW,
    )


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", Answer.YES), ("TENTATIVE", Answer.MAYBE), ("DECLINED", Answer.NO)],
)
def test_case_31_a_reply_writes_the_record_of_page_and_link(invited, session, partstat, answer):
    row = received(reply(invited, partstat, comment="I bring cake"))
    assert (row.result, row.method) == (InboundResult.APPLIED, "REPLY")
    invitation = Invitation.objects.get()
    assert (invitation.answer, invitation.answered_by) == (answer, AnsweredBy.MAIL)
    assert (invitation.note, invitation.answered_sequence) == ("I bring cake", 0)
    assert invitation.replied_stamp == LATER


def test_lesson_b10_nextcloud_calendar_8748_link_and_mail_write_one_record(invited, session):
    received(reply(invited, "ACCEPTED"))
    token = invitations.link_token(Invitation.objects.get())
    at = LATER + timedelta(minutes=5)
    invitations.answer_by_link(token=token, answer=Answer.NO, note="", at=at)
    assert answer_of(session) == Answer.NO
    # A mail written before the link was used comes late.
    late = received(reply(invited, "ACCEPTED", LATER + timedelta(minutes=1)), at)
    assert late.result == InboundResult.IGNORED
    assert answer_of(session) == Answer.NO
    received(reply(invited, "TENTATIVE", at + timedelta(minutes=1)), at + timedelta(minutes=2))
    assert Invitation.objects.get().answer == Answer.MAYBE


def test_lesson_b11_tutanota_2807_a_reply_never_raises_the_sequence(invited, session):
    row = received(swapped(reply(invited), ("SEQUENCE:0", "SEQUENCE:7")))
    session.refresh_from_db()
    assert (row.result, session.sequence) == (InboundResult.APPLIED, 0)
    assert move(session).sequence == 1


def test_lesson_b12_tmail_975_with_equal_stamps_the_newest_reply_wins(invited, session):
    received(reply(invited, "ACCEPTED"))
    received(reply(invited, "DECLINED"))
    assert answer_of(session) == Answer.NO
    older = received(reply(invited, "ACCEPTED", LATER - timedelta(minutes=1)))
    assert older.result == InboundResult.IGNORED
    assert answer_of(session) == Answer.NO


def test_lesson_b13_tutanota_11148_the_organiser_inside_the_text_decides_nothing(invited, session):
    organizer = reply_address.of_invitation(Invitation.objects.get())
    raw = reply(invited)
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    text = part.get_content().replace("\r\n ", "").replace(organizer, "other@google.example")
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED


def test_lesson_b7_nextcloud_server_53949_outlook_replies_without_organizer(invited, session):
    raw = reply(invited)
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    lines = part.get_content().replace("\r\n ", "").split("\r\n")
    text = "\r\n".join(line for line in lines if not line.startswith("ORGANIZER"))
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    del mail["From"]
    mail["From"] = "another.address@outlook.example"
    assert "ORGANIZER" not in mail.as_string()
    assert received(mail.as_bytes()).result == InboundResult.APPLIED


def test_a_reply_is_read_once_however_often_it_comes(invited, session):
    raw = reply(invited, "ACCEPTED")
    first = received(raw)
    received(reply(invited, "DECLINED", LATER + timedelta(minutes=1)))
    again = received(raw, LATER + timedelta(days=1))
    assert (again.pk, again.result) == (first.pk, InboundResult.APPLIED)
    assert answer_of(session) == Answer.NO
    assert InboundMail.objects.count() == 2


def test_a_token_survives_a_mail_server_that_changes_the_case(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    assert len(address.partition("@")[0]) <= 64
    assert received(swapped(reply(invited), (address, address.lower()))).result == "applied"


def test_without_a_token_the_invited_persons_own_address_counts(invited, session, guest):
    address = reply_address.of_invitation(Invitation.objects.get())
    bare = reply_address.without_token()
    assert received(swapped(reply(invited), (address, bare))).result == InboundResult.APPLIED
    strange = swapped(reply(invited), (address, bare))
    mail = message_from_bytes(strange, policy=policy.default)
    del mail["From"]
    mail["From"] = "stranger@example.net"
    row = received(mail.as_bytes())
    assert row.result == InboundResult.NEEDS_REVIEW
    assert "differ" in row.reason


def test_case_31_a_forwarded_invitation_is_not_accepted_but_shown(invited, session, guest):
    raw = swapped(reply(invited), (guest.email, "colleague@example.net"))
    row = received(raw)
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)
    assert "passed on" in row.reason
    assert answer_of(session) == Answer.NONE


def test_case_31_a_reply_with_two_attendees_needs_a_person(invited, session):
    two = "ATTENDEE:mailto:x@example.org\r\nDTSTAMP"
    row = received(swapped(reply(invited), ("DTSTAMP", two)))
    assert row.result == InboundResult.NEEDS_REVIEW
    assert answer_of(session) == Answer.NONE


def test_a_token_of_another_session_or_a_taken_back_invitation_proves_nothing(
    invited, session, guest
):
    other = make.invitation(make.cop_session(by=session.planned_by.user), guest)
    own = Invitation.objects.get(session=session)
    raw = swapped(
        reply(invited), (reply_address.of_invitation(own), reply_address.of_invitation(other))
    )
    assert received(raw).result == InboundResult.NEEDS_REVIEW
    own.generation += 1
    own.save()
    assert received(reply(invited)).result == InboundResult.NEEDS_REVIEW
    assert Invitation.objects.get(pk=own.pk).answer == Answer.NONE


def test_case_32_a_reply_to_an_older_time_is_kept_and_the_person_asked_again(
    invited, session, sink
):
    move(session)
    outbox.send_due(at=make.NOW)
    row = received(reply(invited, "ACCEPTED"))
    assert row.result == InboundResult.IGNORED
    assert "earlier time" in row.reason
    assert answer_of(session) == Answer.NONE
    received(reply(invited, "ACCEPTED", LATER + timedelta(minutes=1)))
    outbox.send_due(at=LATER)
    assert [s for s in sink.subjects() if s.startswith("Please answer again")] == [
        "Please answer again: First meetings"
    ]
    newest = sink.mails[-1].as_bytes(policy=policy.SMTP)
    assert received(reply(newest, "ACCEPTED", LATER + timedelta(minutes=5)), LATER).result == (
        InboundResult.APPLIED
    )
    assert Invitation.objects.get().answered_sequence == 1


def test_case_32_nobody_is_asked_twice_while_the_mail_about_the_move_is_on_its_way(
    invited, session
):
    move(session)
    received(reply(invited, "ACCEPTED"))
    assert not Message.objects.filter(kind=notices.ASK_AGAIN).exists()


def test_a_reply_after_the_start_or_to_a_cancelled_session_changes_nothing(invited, session):
    late = received(reply(invited), session.starts_at)
    assert (late.result, answer_of(session)) == (InboundResult.IGNORED, "")
    planning.cancel_session(
        session_id=session.pk, reason="Flood", by=session.planned_by.user, at=make.NOW
    )
    row = received(reply(invited))
    assert (row.result, row.reason) == (InboundResult.IGNORED, "This session was cancelled.")
    assert not Message.objects.filter(kind=notices.ASK_AGAIN).exists()


def counter(raw: bytes, start: datetime, at: datetime = LATER, **more) -> bytes:
    return calendar_program.propose(raw, start=start, at=at, **more)


NEW_TIME = datetime(2026, 11, 27, 13, tzinfo=UTC)


def test_case_34_a_counter_becomes_a_proposal_and_accepting_it_asks_everybody(
    invited, session, guest, sink
):
    second = make.person()
    make.invitation(session, second)
    outbox.send_due(at=make.NOW)
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
    outbox.send_due(at=LATER)
    asked = {mail["To"]: event(mail) for mail in sink.mails[-2:]}
    assert set(asked) == {guest.email, second.email}
    assert {int(e["SEQUENCE"]) for e in asked.values()} == {1}
    assert {method(mail) for mail in sink.mails[-2:]} == {"REQUEST"}
    with pytest.raises(proposals.Decided):
        proposals.accept(proposal_id=proposal.pk, by=by, at=LATER)


def answer_of_person(session, person) -> str:
    return Invitation.objects.get(session=session, person=person).answer


def calendar_part(mail):
    return next(p for p in mail.walk() if p.get_content_type() == "text/calendar")


def event(mail):
    return Calendar.from_ical(calendar_part(mail).get_content()).walk("VEVENT")[0]


def method(mail) -> str:
    return calendar_part(mail)["Content-Type"].params["method"]


def test_case_34_declining_tells_that_one_person(invited, session, guest, sink):
    make.invitation(session, make.person())
    outbox.send_due(at=make.NOW)
    received(counter(invited, NEW_TIME))
    before = len(sink.mails)
    proposal = proposals.decline(
        proposal_id=Proposal.objects.get().pk, by=session.planned_by.user, at=LATER
    )
    assert proposal.state == ProposalState.DECLINED
    outbox.send_due(at=LATER)
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
    outbox.send_due(at=make.NOW)
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
    outbox.send_due(at=LATER)
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
    outbox.send_due(at=make.NOW)
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


# --- Series ---------------------------------------------------------------------------------


@pytest.fixture
def series(session, guest):
    """Three weeks of a series, the first being the session at hand."""
    series = Series.objects.create(
        title="Weekly",
        rule="FREQ=WEEKLY;COUNT=3",
        wall_day=session.wall_day,
        wall_clock=session.wall_clock,
        zone=session.zone,
        minutes=90,
        planned_by=session.planned_by,
        planned_at=make.NOW,
        changed_at=make.NOW,
    )
    by = session.planned_by.user
    weeks = [session] + [
        make.cop_session(by=by, day=session.wall_day + timedelta(weeks=n)) for n in (1, 2)
    ]
    for week in weeks:
        week.series, week.original_start = series, week.starts_at
        week.save()
    return series


def series_mails(series, guest, sink) -> list[bytes]:
    for week in series.sessions.all():
        make.invitation(week, guest)
    outbox.send_due(at=make.NOW)
    invites = [m for m in sink.mails if m["Subject"].startswith("Invitation")]
    return [mail.as_bytes(policy=policy.SMTP) for mail in invites]


def test_lesson_b8_a_reply_with_a_recurrence_id_answers_that_occurrence_only(series, guest, sink):
    mails = series_mails(series, guest, sink)
    assert received(reply(mails[1])).result == InboundResult.APPLIED
    assert list(series.sessions.values_list("invitations__answer", flat=True)) == ["", "yes", ""]


def test_case_32_a_date_that_is_none_of_the_series_needs_a_person(series, guest, sink):
    mails = series_mails(series, guest, sink)
    raw = swapped(reply(mails[1]), ("20261203T100000", "20261204T100000"))
    row = received(raw)
    assert row.result == InboundResult.NEEDS_REVIEW
    assert "not one of this series" in row.reason


def test_a_reply_to_the_whole_series_answers_every_occurrence(series, guest, sink):
    mails = series_mails(series, guest, sink)
    text = reply(mails[0])
    mail = message_from_bytes(text, policy=policy.default)
    part = calendar_part(mail)
    lines = part.get_content().split("\r\n")
    bare = "\r\n".join(line for line in lines if not line.startswith("RECURRENCE-ID"))
    part.set_content(bare, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED
    assert set(Invitation.objects.values_list("answer", flat=True)) == {"yes"}


def test_lesson_b17_nextcloud_mail_10811_each_component_counts_for_its_own_date(
    series, guest, sink
):
    mails = series_mails(series, guest, sink)
    mail = message_from_bytes(reply(mails[0]), policy=policy.default)
    part = calendar_part(mail)
    more = calendar_part(
        message_from_bytes(reply(mails[2], "DECLINED"), policy=policy.default)
    ).get_content()
    inner = more[more.index("BEGIN:VEVENT") : more.index("END:VCALENDAR")]
    text = part.get_content().replace("END:VCALENDAR", inner + "END:VCALENDAR")
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED
    assert list(series.sessions.values_list("invitations__answer", flat=True)) == ["yes", "", "no"]


# --- What is not an answer ------------------------------------------------------------------


def plain(to: str, text: str = "Sorry, I am ill.", **headers: str) -> bytes:
    lines = ["From: somebody@example.org", f"To: {to}", "Message-ID: <a@b>"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


def test_words_written_by_hand_reach_the_coordinator_and_automatic_ones_nobody(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    row = received(plain(address))
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)
    assert row.calendar == "Sorry, I am ill."
    away = received(
        plain(address, Auto_Submitted="auto-replied", Message_ID="<c@d>").replace(
            b"Message-ID: <a@b>\r\n", b""
        )
    )
    assert away.result == InboundResult.IGNORED


BROKEN = [
    b"",
    b"\xff\xfe\x00",
    b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    b"Content-Type: text/calendar; charset=nonsense\r\n\r\n\x00\xff",
    b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
    b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x--",
    b"From: a@b, c@d\r\nMessage-ID: " + b"x" * 5000 + b"\r\n\r\nhello",
    b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n"
    b"UID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
]


@pytest.mark.parametrize("raw", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_answer_of_ours_is_ignored_with_a_reason(raw, db):
    row = received(raw)
    assert row.result == InboundResult.IGNORED
    assert row.reason


def test_broken_calendar_text_to_a_persons_address_is_shown(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    text = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nnonsense"
    row = received(plain(address, text, Content_Type="text/calendar; method=REPLY"))
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)


def test_a_mail_larger_than_the_limit_is_not_read(invited, session):
    raw = reply(invited) + b"x" * 5_000_001
    row = received(raw)
    assert (row.result, row.reason) == (
        InboundResult.NEEDS_REVIEW,
        "The mail is too large to be read.",
    )
    assert answer_of(session) == Answer.NONE


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_reply_damaged_anywhere_never_raises(invited, session, data):
    raw = bytearray(reply(invited))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    row = received(bytes(raw))
    assert row.result in InboundResult.values


def test_one_mail_that_breaks_us_is_kept_and_the_next_one_counts(invited, session, monkeypatch):
    def breaks(*_args):
        raise RuntimeError

    monkeypatch.setitem(inbound._HANDLERS, "REPLY", breaks)
    assert received(reply(invited)).result == InboundResult.IGNORED
    monkeypatch.undo()
    assert received(reply(invited)).result == InboundResult.APPLIED


# --- The command ----------------------------------------------------------------------------


def run(capsys, *arguments: str) -> tuple[int, object]:
    code = 0
    try:
        call_command("receive_mail", *arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def soon(sink, guest):
    """An invitation to a session in the real future; the command has the real clock."""
    session = make.cop_session(day=date(2090, 1, 5))
    make.invitation(session, guest)
    outbox.send_due(at=make.NOW)
    return sink.mails[0].as_bytes(policy=policy.SMTP)


def test_the_command_reads_files_and_prints_what_became_of_each(soon, tmp_path, capsys):
    files = [tmp_path / "a.eml", tmp_path / "b.eml"]
    files[0].write_bytes(reply(soon))
    files[1].write_bytes(b"Subject: hello\r\n\r\nhello")
    code, printed = run(capsys, "--eml", str(files[0]), "--eml", str(files[1]))
    assert code == 0
    assert [set(entry) for entry in printed] == [
        {"message_id", "method", "uid", "result", "reason"}
    ] * 2
    assert [entry["result"] for entry in printed] == ["applied", "ignored"]
    assert printed[0]["uid"].endswith("@demo.example")


def test_the_command_refuses_bad_input_with_a_sentence(capsys, tmp_path, db):
    for arguments in (["--eml", "/nowhere"], ["--maildir", str(tmp_path)], []):
        code, printed = run(capsys, *arguments)
        assert code == 2
        assert printed["error"]
    assert not InboundMail.objects.exists()


def test_a_maildir_is_emptied_into_cur(soon, tmp_path, capsys):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(reply(soon))
    _code, printed = run(capsys, "--maildir", str(tmp_path))
    assert [entry["result"] for entry in printed] == ["applied"]
    assert [p.name for p in (tmp_path / "cur").iterdir()] == ["1.host:2,S"]
    assert run(capsys, "--maildir", str(tmp_path)) == (0, [])


class FakeServer:
    """The few words of IMAP that are spoken here."""

    seen: list[str] = []
    mails: dict[str, bytes] = {}

    def __init__(self, host, port, *, ssl_context, timeout):
        assert ssl_context.check_hostname

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def login(self, user, password):
        assert (user, password) == ("community", "secret")

    def select(self, folder):
        assert folder == "INBOX"

    def uid(self, verb, *words):
        if verb == "search":
            return "OK", [" ".join(k for k in self.mails if k not in self.seen).encode()]
        if verb == "fetch":
            return "OK", [(b"1 (BODY[] {3}", self.mails[words[0]]), b")"]
        self.seen.append(words[0])
        return "OK", []


def test_imap_reads_what_is_unseen_and_marks_it(soon, settings, monkeypatch):
    settings.IMAP_HOST, settings.IMAP_USER = "imap.example.org", "community"
    settings.IMAP_PASSWORD = "secret"
    monkeypatch.setattr(FakeServer, "mails", {"7": reply(soon)})
    monkeypatch.setattr(FakeServer, "seen", [])
    monkeypatch.setattr(mailboxes.imaplib, "IMAP4_SSL", FakeServer)
    assert [m.result for m in mailboxes.from_imap(at=LATER)] == [InboundResult.APPLIED]
    assert FakeServer.seen == ["7"]
    assert mailboxes.from_imap(at=LATER) == []


# --- What a coordinator sees ----------------------------------------------------------------


def test_a_coordinator_counts_a_mail_as_an_answer_or_sets_it_aside(invited, session, guest):
    by = session.planned_by.user
    row = received(swapped(reply(invited), (guest.email, "colleague@example.net")))
    (item,) = mail_review.waiting_for(by)
    assert (item.mail, item.said) == (row, Answer.YES)
    invitation = item.invited[0]
    with pytest.raises(Refused):
        mail_review.count_as_answer(
            mail_id=row.pk,
            invitation_id=invitation.pk,
            answer=Answer.YES,
            by=make.user(Role.COORDINATOR, "IT"),
            at=LATER,
        )
    mail_review.count_as_answer(
        mail_id=row.pk, invitation_id=invitation.pk, answer=Answer.YES, by=by, at=LATER
    )
    assert answer_of(session) == Answer.YES
    assert mail_review.waiting_for(by) == []
    with pytest.raises(mail_review.Handled):
        mail_review.set_aside(mail_id=row.pk, by=by, at=LATER)


def test_case_30_taking_one_invitation_back_cancels_it_for_that_person_alone(
    invited, session, guest, sink
):
    make.invitation(session, make.person())
    outbox.send_due(at=make.NOW)
    before = len(sink.mails)
    invitations.take_back(
        invitation_id=Invitation.objects.get(person=guest).pk, by=session.planned_by.user, at=LATER
    )
    outbox.send_due(at=LATER)
    (mail,) = sink.mails[before:]
    found = event(mail)
    assert (mail["To"], method(mail)) == (guest.email, "CANCEL")
    assert found["ATTENDEE"] == f"mailto:{guest.email}"
    assert found["STATUS"] == "CANCELLED"
    assert {"ORGANIZER", "DTSTAMP"} <= set(found)
    session.refresh_from_db()
    assert session.sequence == 0
    assert session.invitations.count() == 1
    outbox.send_due(at=session.starts_at - timedelta(hours=1))
    assert [m["To"] for m in sink.mails[before + 1 :]] != [guest.email]


def test_who_was_not_told_yet_hears_nothing_when_the_invitation_is_taken_back(session, guest, sink):
    invitation = make.invitation(session, guest)
    invitations.take_back(invitation_id=invitation.pk, by=session.planned_by.user, at=make.NOW)
    outbox.send_due(at=LATER)
    assert sink.mails == []
    make.invitation(session, guest, at=LATER)
    outbox.send_due(at=LATER)
    assert sink.subjects() == ["Invitation: First meetings"]
    with pytest.raises(Refused):
        invitations.take_back(
            invitation_id=Invitation.objects.get().pk, by=make.user(Role.EXPERT), at=LATER
        )


def test_pages_show_proposals_and_mails_to_those_who_run_the_session(
    as_user, sink, django_assert_max_num_queries
):
    session = make.cop_session(day=date(2090, 1, 5), title="First <b>meetings</b>")
    coordinator = as_user(session.planned_by.user)
    guests = [make.person() for _ in range(3)]
    for guest in guests:
        make.invitation(session, guest)
    outbox.send_due(at=make.NOW)
    raws = [mail.as_bytes(policy=policy.SMTP) for mail in sink.mails]
    wanted = datetime(2090, 1, 6, 9, tzinfo=UTC)
    received(counter(raws[0], wanted, comment="<script>alert(1)</script>"))
    page = coordinator.get(session.get_absolute_url())
    assert "Another time is proposed" in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()
    assert "Another time proposed" in coordinator.get("/").content.decode()
    queries = []
    for raw, guest in zip(raws[1:], guests[1:], strict=True):
        received(swapped(reply(raw), (guest.email, "colleague@example.net")))
        with django_assert_max_num_queries(12) as found:
            page = coordinator.get(reverse("mail_review"))
        queries.append(len(found))
        assert "passed on" in page.content.decode()
    assert queries[0] == queries[1]
    row = InboundMail.objects.filter(result=InboundResult.NEEDS_REVIEW).first()
    invitation = Invitation.objects.get(person=guests[1])
    counted = coordinator.post(
        reverse("mail_count", args=[row.pk]), {"person": invitation.pk, "answer": "no"}
    )
    assert counted.status_code == 302
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NO
    proposal = Proposal.objects.get()
    coordinator.post(reverse("proposal_decide", args=[proposal.pk]), {"decision": "accept"})
    session.refresh_from_db()
    assert session.starts_at == wanted
    back = coordinator.post(reverse("invitation_take_back", args=[invitation.pk]))
    assert back.status_code == 302
    assert session.invitations.count() == 2


def test_the_demo_takes_in_a_raw_mail_and_no_other_place_does(client, soon, settings, tmp_path):
    url, file = reverse("demo_mail_receive"), tmp_path / "a.eml"
    file.write_bytes(reply(soon))
    with file.open("rb") as mail:
        assert client.post(url, {"eml": mail}).status_code == 404
    settings.DEMO = True
    with file.open("rb") as mail:
        assert "Answer: Yes." in client.post(url, {"eml": mail}).content.decode()
    assert client.post(url).status_code == 400
    assert client.get(url).status_code == 405
    assert client.post(reverse("demo_mail_answer", args=[10**6])).status_code == 404
