"""Whole ways through the sender: what is due goes as its reader wishes it at that moment."""

from __future__ import annotations

from datetime import datetime

import pytest

from experts.domain import closing, digests, message_kinds, outbox, preferences, sender, wishes
from experts.domain.message_kinds import Mail, MessageKind
from experts.domain.wishes import Wishes
from experts.enums import Cadence, Channel, MessageState, Topic
from experts.models import Message, Person
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "test_note"
# Tuesday 11:00 in Sofia, that night 23:00, and Wednesday 08:00.
DAY = make.NOW
NIGHT = datetime.fromisoformat("2026-11-24T21:00Z")
MORNING = datetime.fromisoformat("2026-11-25T06:00Z")


@pytest.fixture(autouse=True)
def note(monkeypatch):
    """A kind that comes unasked."""
    kind = MessageKind(
        name=NOTE,
        label="Note",
        load=message_kinds.by_row(Person.objects.all),
        still_true=lambda *_: True,
        render=lambda m, *_: Mail(f"Note {m.key}", "Hello", link="/sessions/"),
        topic=Topic.REMINDERS,
        waits=True,
    )
    monkeypatch.setitem(message_kinds._kinds, NOTE, kind)


def reader(cadence: str = Cadence.AT_ONCE, **more: object) -> Person:
    person = make.person(**more)
    chosen = Wishes(cadences={(Topic.REMINDERS, Channel.MAIL): cadence})
    preferences.choose(person_id=person.pk, wanted=chosen, by=None, at=DAY)
    return person


def note_to(person: Person, *keys: str, not_after: datetime | None = None) -> list[Message]:
    for key in keys:
        outbox.plan(
            kind=NOTE,
            object_id=person.pk,
            person=person,
            due_at=DAY,
            key=key,
            at=DAY,
            not_after=not_after,
        )
    return list(Message.objects.filter(key__in=keys).order_by("key"))


def _killed(*_args: object, **_more: object) -> None:
    raise KeyboardInterrupt


def states(messages: list[Message]) -> list[str]:
    for message in messages:
        message.refresh_from_db()
    return [message.state for message in messages]


def test_reminders_of_a_day_come_in_one_mail_in_the_morning_and_only_once(sink):
    notes = note_to(reader(Cadence.DAILY), "a", "b")
    sender.send_due(at=DAY)
    assert (len(sink.mails), states(notes)) == (0, [MessageState.GATHERED] * 2)
    for _ in range(2):
        sender.send_due(at=MORNING)
    assert [mail["Subject"] for mail in sink.mails] == ["2 messages for you from the community"]
    assert states(notes) == [MessageState.SENT] * 2
    assert "/mails/digest/" in sink.mails[0]["List-Unsubscribe"]


def test_killed_after_the_digest_left_and_before_its_row_was_closed(sink, monkeypatch):
    """Nothing is half done: the digest comes once more, with the same Message-ID."""
    notes = note_to(reader(Cadence.DAILY), "a")
    sender.send_due(at=DAY)
    with monkeypatch.context() as killed:
        killed.setattr(closing.Closing, "write", _killed)
        with pytest.raises(KeyboardInterrupt):
            sender.send_due(at=MORNING)
    assert states(notes) == [MessageState.GATHERED]
    Message.objects.update(lease_until=None)
    sender.send_due(at=MORNING)
    assert states(notes) == [MessageState.SENT]
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1


def test_a_reminder_that_no_digest_reaches_in_time_goes_at_once(sink):
    notes = note_to(reader(Cadence.DAILY), "a", not_after=MORNING)
    sender.send_due(at=DAY)
    assert states(notes) == [MessageState.SENT]
    assert sink.mails[0]["Subject"] == "Note a"


def test_what_became_late_in_the_night_waits_for_the_morning(sink):
    notes = note_to(reader(), "a")
    sender.send_due(at=NIGHT)
    assert (len(sink.mails), states(notes)) == (0, [MessageState.PLANNED])
    sender.send_due(at=MORNING)
    assert states(notes) == [MessageState.SENT]


def test_who_wants_no_mail_of_a_topic_finds_it_at_the_bell(sink):
    person = reader(Cadence.OFF)
    notes = note_to(person, "a")
    sender.send_due(at=DAY)
    assert (len(sink.mails), states(notes)) == (0, [MessageState.SENT])
    assert list(Message.objects.notices_of(person.pk).unread()) == notes


def test_who_has_no_account_and_wants_no_mail_gets_nothing(sink):
    notes = note_to(reader(Cadence.OFF, account=False), "a")
    sender.send_due(at=DAY)
    assert (len(sink.mails), states(notes)) == (0, [MessageState.WITHDRAWN])
    assert notes[0].not_sent == "unwanted"


def test_what_is_not_wanted_on_the_platform_is_mailed_and_not_put_at_the_bell(sink):
    person = make.person()
    chosen = Wishes(cadences={(Topic.REMINDERS, Channel.APP): Cadence.OFF})
    preferences.choose(person_id=person.pk, wanted=chosen, by=None, at=DAY)
    note_to(person, "a")
    sender.send_due(at=DAY)
    assert len(sink.mails) == 1
    assert not Message.objects.notices_of(person.pk).unread().exists()


def test_a_digest_a_coordinator_cancelled_comes_with_the_next_one(sink):
    notes = note_to(reader(Cadence.DAILY), "a")
    sender.send_due(at=DAY)
    cancelled = {"state": MessageState.WITHDRAWN, "not_sent": "cancelled"}
    Message.objects.filter(kind=wishes.DIGEST).update(**cancelled)
    digests.put_back_stranded(at=DAY)
    for at in (DAY, MORNING, MORNING.replace(day=26)):
        sender.send_due(at=at)
    assert (len(sink.mails), states(notes)) == (1, [MessageState.SENT])
