"""The outbox: every mail once, the broken ones aside, the others on their way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from experts.domain import claiming, message_kinds, outbox, sender
from experts.domain.ledger import Ledger
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import MessageState
from experts.models import Message, Person
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "test_kind"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    """A kind whose mail says the person's name; payload steers what goes wrong."""

    def render(message: Message, person: Person, _at) -> Mail:
        if message.payload.get("broken"):
            raise ValueError
        return Mail(message.payload.get("subject", "News"), f"Hello {person.name}")

    monkeypatch.setitem(
        message_kinds._kinds,
        KIND,
        MessageKind(
            name=KIND,
            label="Test",
            load=message_kinds.by_row(Person.objects.all),
            still_true=lambda m, _p, _at: not m.payload.get("over"),
            render=render,
        ),
    )


def queue(person: Person, key: str, **payload) -> Message:
    outbox.plan(
        kind=KIND,
        object_id=person.pk,
        person=person,
        due_at=make.NOW,
        key=key,
        at=make.NOW,
        payload=payload,
    )
    return Message.objects.get(key=key)


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_a_due_message_is_sent_with_the_id_it_was_planned_with(sink):
    message = queue(make.person(), "one")
    result = sender.send_due(at=make.NOW)
    assert (result.sent, state(message)) == (1, MessageState.SENT)
    assert sink.mails[0]["Message-ID"] == message.message_id


def test_a_message_is_never_sent_before_it_is_due(sink):
    queue(make.person(), "one")
    assert sender.send_due(at=make.NOW - timedelta(seconds=1)).sent == 0
    assert sink.mails == []


def test_the_same_key_is_one_message_and_one_mail(sink):
    person = make.person()
    queue(person, "same")
    queue(person, "same")
    sender.send_due(at=make.NOW)
    sender.send_due(at=make.NOW)
    assert len(sink.mails) == 1


def test_many_are_planned_in_their_order_and_each_key_once():
    first, second = make.person(language="bg", zone="Europe/Sofia"), make.person(language="el")
    rows = [(7, first, "x"), (8, second, "y"), (9, second, "x")]
    outbox.plan_many(kind=KIND, rows=rows, due_at=make.NOW, at=make.NOW, payload={"n": [1, "ж"]})
    found = Message.objects.order_by("pk")
    assert [(m.key, m.object_id, m.person, m.language, m.zone, m.payload) for m in found] == [
        ("x", 7, first, "bg", "Europe/Sofia", {"n": [1, "ж"]}),
        ("y", 8, second, "el", second.zone, {"n": [1, "ж"]}),
    ]
    assert len({m.message_id for m in found}) == 2


def test_one_unwritable_message_is_parked_and_the_others_flow(sink):
    person = make.person()
    first, bad, last = queue(person, "a"), queue(person, "b", broken=True), queue(person, "c")
    result = sender.send_due(at=make.NOW)
    assert (result.sent, result.parked) == (2, 1)
    assert [state(m) for m in (first, bad, last)] == ["sent", "parked", "sent"]


def test_a_line_break_in_a_subject_is_parked_before_smtp_begins(sink):
    person = make.person()
    bad, good = queue(person, "a", subject="Two\nBcc: x@example.org"), queue(person, "b")
    sender.send_due(at=make.NOW)
    assert [state(bad), state(good)] == ["parked", "sent"]
    assert len(sink.mails) == 1


def test_what_is_no_longer_true_is_withdrawn(sink):
    message = queue(make.person(), "a", over=True)
    assert sender.send_due(at=make.NOW).withdrawn == 1
    assert state(message) == MessageState.WITHDRAWN
    assert sink.mails == []


def test_a_message_whose_object_is_gone_is_withdrawn(sink):
    message = queue(make.person(), "a")
    Message.objects.update(object_id=0)
    sender.send_due(at=make.NOW)
    assert state(message) == MessageState.WITHDRAWN


def test_a_refusal_for_good_is_final_and_says_why(sink):
    person = make.person()
    sink.refuse[person.email] = "550 no such mailbox"
    message = queue(person, "a")
    assert sender.send_due(at=make.NOW).failed == 1
    assert state(message) == MessageState.FAILED
    assert message.last_error == "550 no such mailbox"


def test_a_refusal_for_now_comes_back_by_the_ladder_and_then_fails(sink):
    person = make.person()
    sink.refuse[person.email] = "451 try later"
    message = queue(person, "a")
    at = make.NOW
    for wait in sender.BACK_OFF:
        assert sender.send_due(at=at).retried == 1
        message.refresh_from_db()
        assert message.due_at == at + wait
        at = message.due_at
    assert sender.send_due(at=at).failed == 1
    assert state(message) == MessageState.FAILED


def test_a_mail_that_was_refused_once_arrives_later_with_the_same_id(sink):
    person = make.person()
    sink.refuse[person.email] = "451 try later"
    message = queue(person, "a")
    sender.send_due(at=make.NOW)
    sink.refuse.clear()
    sender.send_due(at=make.NOW + timedelta(minutes=1))
    assert [m["Message-ID"] for m in sink.mails] == [message.message_id]


def test_a_mail_server_that_is_away_costs_one_attempt_and_loses_nothing(settings, sink):
    person = make.person()
    first, second = queue(person, "a"), queue(person, "b")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sender.send_due(at=make.NOW)
    assert [state(first), state(second)] == ["planned", "planned"]
    assert (first.attempts, second.attempts) == (1, 0)
    settings.EMAIL_PORT = port
    sender.send_due(at=make.NOW + timedelta(minutes=1))
    assert len(sink.mails) == 2


def test_a_leased_message_belongs_to_another_sender_until_the_lease_ends(sink):
    message = queue(make.person(), "a")
    Message.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
    assert sender.send_due(at=make.NOW).sent == 0
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sender.send_due(at=make.NOW).sent == 1
    assert state(message) == MessageState.SENT


def test_a_sender_that_was_too_slow_leaves_the_rest_to_the_one_that_took_over(sink, settings):
    settings.OUTBOX_LEASE_SECONDS = 1
    person = make.person()
    first, second = queue(person, "a"), queue(person, "b")
    claim = claiming.claim(make.NOW)
    later = timezone.now() + timedelta(seconds=30)
    # Time passes, the lease ends, and another sender claims what was not sent.
    claim.until = timezone.now() - timedelta(seconds=1)
    Message.objects.filter(pk=first.pk).update(lease_until=claim.until)
    Message.objects.filter(pk=second.pk).update(lease_until=later)
    result = sender.Drained()
    with Ledger() as ledger:
        sender._Batch(claim, make.NOW, result, ledger).send()
    assert result.sent == 1
    second.refresh_from_db()
    assert (second.state, second.lease_until) == (MessageState.PLANNED, later)


def test_a_rolled_back_deed_leaves_no_message():
    person = make.person()
    with transaction.atomic():
        queue(person, "a")
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_more_than_a_batch_is_sent_in_one_run(sink, monkeypatch):
    monkeypatch.setattr(claiming, "BATCH", 3)
    person = make.person()
    for number in range(8):
        queue(person, f"n{number}")
    assert sender.send_due(at=make.NOW).sent == 8
