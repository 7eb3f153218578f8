"""What the sender asks right before a mail leaves: wishes, rates, and the mail it follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from experts.domain import sender
from experts.domain.message_kinds import Mail
from experts.enums import Cadence, Channel, MessageState, NotSent, Topic
from experts.models import Message, MessagePreference, SuppressedAddress
from tests import factories as make
from tests.experts.outgoing import due, kind

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = make.NOW.replace(hour=23)


def prefers(person, channel: str, cadence: str) -> None:
    MessagePreference.objects.create(
        person=person, topic=Topic.NEWS, channel=channel, cadence=cadence
    )


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_mail_carries_the_way_out_in_its_headers_and_at_its_end(sink):
    due(make.person())
    sender.send_due(at=make.NOW)
    mail = sink.mails[0]
    address = mail["List-Unsubscribe"].strip("<>")
    assert address.startswith("http")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for subtype in ("plain", "html"):
        assert address in mail.get_body((subtype,)).get_content()


def test_a_mail_about_the_account_has_no_way_out(sink):
    due(make.person(), of=kind("test_account", topic=Topic.ACCOUNT).name)
    sender.send_due(at=make.NOW)
    assert sink.mails[0]["List-Unsubscribe"] is None


def test_a_mail_that_may_wait_waits_for_the_morning_and_nothing_else_changes(sink):
    message = due(make.person(), of=kind("test_waits", waits=True).name)
    assert sender.send_due(at=NIGHT).later == 1
    row = fresh(message)
    assert row.due_at == (NIGHT + timedelta(days=1)).replace(hour=6)  # 8 in Sofia
    assert (row.state, row.attempts, row.lease_until) == (MessageState.PLANNED, 0, None)
    assert sender.send_due(at=row.due_at).sent == 1


def test_what_is_wanted_on_the_platform_only_is_shown_there(sink):
    person = make.person()
    prefers(person, Channel.MAIL, Cadence.OFF)
    told = []
    shown = kind(
        "test_shown",
        render=lambda _m, _p, _at: Mail("News", "Text", link="/here/"),
        when_sent=lambda m, _at: told.append(m.pk),
    )
    message = due(person, of=shown.name)
    assert sender.send_due(at=make.NOW).shown == 1
    row = fresh(message)
    assert (row.state, row.channel, row.subject, row.link) == ("sent", "app", "News", "/here/")
    assert (sink.mails, told, row.read_at) == ([], [message.pk], None)


def test_what_is_wanted_nowhere_is_dropped(sink):
    person = make.person()
    prefers(person, Channel.MAIL, Cadence.OFF)
    prefers(person, Channel.APP, Cadence.OFF)
    message = due(person)
    sender.send_due(at=make.NOW)
    assert (fresh(message).state, fresh(message).not_sent) == ("withdrawn", NotSent.UNWANTED)


def test_a_mail_that_is_not_to_be_shown_counts_as_read(sink):
    person = make.person()
    prefers(person, Channel.APP, Cadence.OFF)
    message = due(person)
    sender.send_due(at=make.NOW)
    assert fresh(message).read_at == fresh(message).sent_at


def test_a_failure_of_what_follows_does_not_undo_that_a_mail_was_sent(sink):
    def fail(_message, _at):
        raise ValueError

    message = due(make.person(), of=kind("test_fails", when_sent=fail).name)
    assert sender.send_due(at=make.NOW).sent == 1
    assert fresh(message).state == MessageState.SENT


def pair(at=make.NOW) -> tuple[Message, Message]:
    """An invitation, and a reminder of it that is due at `at`."""
    kind("test_invitation")
    kind("test_reminder", waits=True, follows="test_invitation")
    person = make.person()
    return due(person, of="test_invitation"), due(person, of="test_reminder", at=at)


def test_a_reminder_goes_out_after_its_invitation_in_the_same_run(sink):
    pair()
    assert sender.send_due(at=make.NOW).sent == 2


def test_lesson_a18_janeway_4404_nobody_is_reminded_of_a_refused_invitation(sink):
    at = make.NOW + timedelta(hours=1)
    invitation, reminder = pair(at)
    sink.refuse[invitation.person.email] = "550 5.7.1 no"
    sender.send_due(at=make.NOW)
    sink.refuse.clear()
    assert sender.send_due(at=at).sent == 0
    assert (fresh(reminder).state, fresh(reminder).not_sent) == ("withdrawn", "suppressed")
    assert fresh(invitation).state == MessageState.FAILED


def test_a_reminder_waits_for_an_invitation_that_is_tried_again(sink):
    invitation, reminder = pair()
    sink.refuse[invitation.person.email] = "451 later"
    result = sender.send_due(at=make.NOW)
    assert (result.retried, result.later) == (1, 1)
    sink.refuse.clear()
    assert sender.send_due(at=fresh(reminder).due_at).sent == 2


def test_an_unknown_kind_is_parked_and_the_others_flow(sink):
    unknown, good = due(make.person()), due(make.person())
    Message.objects.filter(pk=unknown.pk).update(kind="of_another_time")
    result = sender.send_due(at=make.NOW)
    assert (result.parked, result.sent) == (1, 1)
    assert (fresh(unknown).state, fresh(good).state) == ("parked", "sent")


def test_a_minute_takes_no_more_mails_than_the_setting_says(settings, sink):
    settings.OUTBOX_PER_MINUTE = 2
    for _row in range(3):
        due(make.person())
    assert [sender.send_due(at=make.NOW).sent for _run in range(2)] == [2, 0]
    Message.objects.filter(state="sent").update(sent_at=timezone.now() - timedelta(seconds=61))
    assert sender.send_due(at=make.NOW).sent == 1


def test_a_domain_that_had_its_share_does_not_hold_up_the_others(settings, sink):
    settings.OUTBOX_DOMAIN_PER_MINUTE = 1
    for address in ("a@Full.example", "b@full.example", "c@full.example", "d@free.example"):
        due(make.person(email=address))
    assert sender.send_due(at=make.NOW).sent == 2
    assert [mail["To"] for mail in sink.mails] == ["a@Full.example", "d@free.example"]


def test_a_log_in_code_overtakes_what_waits_already(settings, sink):
    settings.OUTBOX_PER_MINUTE = 1
    due(make.person())
    code = due(make.person(), of=kind("test_code", topic=Topic.ACCOUNT).name)
    sender.send_due(at=make.NOW)
    assert [mail["Message-ID"] for mail in sink.mails] == [code.message_id]


def test_a_log_in_code_waits_for_no_slow_batch(sink, monkeypatch):
    monkeypatch.setattr(sender, "BATCH_SECONDS", 0.0)
    codes = []

    def ask_for_a_code(_message, _at):
        if not codes:
            codes.append(due(make.person(), of=kind("test_code", topic=Topic.ACCOUNT).name))

    slow = kind("test_slow", topic=Topic.REMINDERS, when_sent=ask_for_a_code)
    first, second, third = [due(make.person(), of=slow.name) for _row in range(3)]
    assert sender.send_due(at=make.NOW).sent == 4
    sent = [mail["Message-ID"] for mail in sink.mails]
    assert sent == [m.message_id for m in (first, codes[0], second, third)]
    assert not Message.objects.filter(lease_until__isnull=False).exists()


def test_what_is_taken_back_in_the_middle_of_a_batch_is_not_sent(sink):
    """It happens while the first is closed; the second has begun to leave by then."""

    def take_back_the_rest(message, _at):
        Message.objects.planned().exclude(pk=message.pk).update(state="withdrawn")

    stops = kind("test_stops", when_sent=take_back_the_rest)
    rows = [due(make.person(), of=stops.name) for _row in range(5)]
    sender.send_due(at=make.NOW)
    assert [mail["Message-ID"] for mail in sink.mails] == [m.message_id for m in rows[:2]]
    assert [fresh(m).state for m in rows] == ["sent"] * 2 + ["withdrawn"] * 3


def test_the_wishes_of_many_are_read_at_once(sink):
    due(make.person())
    sender.send_due(at=make.NOW)
    counts = []
    for many in (1, 3):
        for _row in range(many):
            due(make.person())
        with CaptureQueriesContext(connection) as found:
            sender.send_due(at=make.NOW)
        counts.append(sum("FROM" in q["sql"] and "SELECT" in q["sql"][:7] for q in found))
    assert counts[0] == counts[1]


def test_a_suppressed_address_gets_nothing_not_even_a_code(sink):
    person = make.person()
    SuppressedAddress.objects.create(email=person.email, since=make.NOW, why="bounce")
    message = due(person, of=kind("test_code", topic=Topic.ACCOUNT).name)
    sender.send_due(at=make.NOW)
    assert (sink.mails, fresh(message).not_sent) == ([], NotSent.SUPPRESSED)
