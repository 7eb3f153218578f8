"""What coordinators do to single messages: now, never, again; and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from cop_platform.common.refusals import Refused
from experts.domain import message_words, outbox, outbox_deeds, resending, sender, wishes
from experts.domain.message_kinds import get
from experts.domain.wishes import Deed
from experts.enums import MessageState, NotSent, Role, Suppressed, Topic
from experts.models import AuditEvent, Message, Person, SuppressedAddress
from sessions.domain import invitations, notices, polls
from sessions.enums import Answer
from tests import factories as make

pytestmark = pytest.mark.django_db
NIGHT = make.NOW.replace(hour=22)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


@pytest.fixture
def session(coordinator):
    return make.cop_session(by=coordinator)


@pytest.fixture
def reminder(session) -> Message:
    """The reminder of a day before, of one guest."""
    invitation = make.invitation(session, make.person())
    return Message.objects.get(kind=notices.REMINDER, object_id=invitation.pk)


def sent(message: Message, **more) -> Message:
    """The same message as it is after it went out."""
    values = {"state": MessageState.SENT, "sent_at": make.NOW, "payload": {}} | more
    Message.objects.filter(pk=message.pk).update(**values)
    message.refresh_from_db()
    return message


def decision(message: Message, at):
    message.refresh_from_db()
    return wishes.decide(message, get(message.kind), wishes.Wishes(), at).deed


def test_a_mail_sent_now_is_due_and_passes_over_quiet_hours(reminder, coordinator):
    assert decision(reminder, NIGHT) == Deed.LATER
    outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=NIGHT)
    assert decision(reminder, NIGHT) == Deed.MAIL
    assert reminder.due_at == NIGHT
    assert "sequence" in reminder.payload


def test_sending_now_twice_changes_nothing_more(reminder, coordinator):
    outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=make.NOW)
    outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=NIGHT)
    reminder.refresh_from_db()
    assert reminder.due_at == make.NOW
    assert AuditEvent.objects.filter(deed="message sent now").count() == 1


def test_a_mail_kept_for_a_digest_can_be_sent_now(reminder, coordinator):
    Message.objects.filter(pk=reminder.pk).update(state=MessageState.GATHERED)
    outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=make.NOW)
    reminder.refresh_from_db()
    assert reminder.state == MessageState.PLANNED


def test_a_mail_sent_now_arrives_with_its_own_id(sink, reminder, coordinator):
    outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=make.NOW)
    sender.send_due(at=make.NOW)
    assert reminder.message_id in [mail["Message-ID"] for mail in sink.mails]


def test_a_mail_that_was_sent_cannot_be_sent_now_or_cancelled(reminder, coordinator):
    sent(reminder)
    with pytest.raises(outbox_deeds.DoesNotFit):
        outbox_deeds.send_now(message_id=reminder.pk, by=coordinator, at=make.NOW)
    with pytest.raises(outbox_deeds.DoesNotFit):
        outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)


def test_a_mail_on_its_way_cannot_be_cancelled(reminder, coordinator):
    Message.objects.filter(pk=reminder.pk).update(lease_until=make.NOW + timedelta(minutes=1))
    with pytest.raises(outbox_deeds.DoesNotFit):
        outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)


def test_a_cancelled_mail_says_so_and_a_changed_ladder_leaves_it_cancelled(reminder, coordinator):
    outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    outbox.plan_again([reminder.key], due_at=reminder.due_at, payload={}, at=make.NOW)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.not_sent) == (MessageState.WITHDRAWN, NotSent.CANCELLED)


def test_cancelling_twice_is_cancelling_once(reminder, coordinator):
    for _ in range(2):
        outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    assert AuditEvent.objects.filter(deed="message cancelled").count() == 1


def test_a_cancellation_is_undone_until_the_mail_was_due(reminder, coordinator):
    outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    outbox_deeds.plan_again(message_id=reminder.pk, by=coordinator, at=make.NOW)
    before = (reminder.due_at, reminder.payload)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.not_sent) == (MessageState.PLANNED, "")
    assert (reminder.due_at, reminder.payload) == before
    outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    with pytest.raises(outbox_deeds.DoesNotFit):
        outbox_deeds.plan_again(message_id=reminder.pk, by=coordinator, at=reminder.due_at)


def test_a_rolled_back_cancellation_leaves_the_mail_planned(reminder, coordinator):
    with transaction.atomic():
        outbox_deeds.cancel(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
        transaction.set_rollback(True)
    reminder.refresh_from_db()
    assert reminder.state == MessageState.PLANNED


def test_mails_about_the_account_are_neither_sent_now_nor_cancelled(coordinator):
    person = make.person()
    message = Message(kind="account_mail", person=person, due_at=make.NOW, payload={"text": "code"})
    assert outbox_deeds.why_not_now(message, make.NOW)
    assert outbox_deeds.why_not_cancel(message, make.NOW)
    assert resending.why_not(message)


def test_a_review_reminder_is_not_sent_now_because_that_would_tell_who_is_done():
    message = Message(kind="review_reminder", person=make.person(), due_at=make.NOW)
    assert message_words.topic("review_reminder") == Topic.REVIEWS
    assert outbox_deeds.why_not_now(message, make.NOW)
    assert not outbox_deeds.why_not_cancel(message, make.NOW)


@pytest.mark.parametrize(
    ("role", "code", "error"),
    [
        (Role.COORDINATOR, "IT", Message.DoesNotExist),
        (Role.EXPERT, "BG", Message.DoesNotExist),
        (Role.PLATFORM_ADMIN, "BG", Refused),
        (Role.COORDINATOR, "BG", None),
        (Role.PROJECT_MANAGER, "BG", None),
    ],
)
def test_who_may_cancel(reminder, role, code, error):
    somebody = make.user(role, code)
    if error is None:
        assert outbox_deeds.cancel(message_ids=[reminder.pk], by=somebody, at=make.NOW)
        return
    with pytest.raises(error):
        outbox_deeds.cancel(message_ids=[reminder.pk], by=somebody, at=make.NOW)


def test_a_resent_mail_is_a_new_one_with_a_new_id_and_says_what_is_true_now(
    sink, reminder, coordinator
):
    sent(reminder)
    again = resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW)[0]
    assert again.message_id != reminder.message_id
    assert (again.kind, again.object_id) == (reminder.kind, reminder.object_id)
    assert again.key == f"{reminder.key}:again:1"
    sender.send_due(at=make.NOW)
    assert again.message_id in [mail["Message-ID"] for mail in sink.mails]


def test_two_clicks_send_one_more_mail_and_so_do_the_mail_and_its_repetition(reminder, coordinator):
    sent(reminder)
    again = resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW)[0]
    assert resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW) == []
    sent(again)
    both, later = [reminder.pk, again.pk], make.NOW + timedelta(hours=1)
    made = resending.resend(message_ids=both, by=coordinator, at=later)
    assert [m.key for m in made] == [f"{reminder.key}:again:2"]


@pytest.mark.parametrize("state", ["failed", "parked", "bounced"])
def test_a_resent_mail_takes_the_place_of_one_that_never_arrived(reminder, coordinator, state):
    sent(reminder, state=state)
    resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.not_sent) == (MessageState.WITHDRAWN, NotSent.TAKEN_BACK)


def test_nothing_is_sent_again_to_an_address_that_bounces_until_it_is_trusted(
    reminder, coordinator
):
    sent(reminder, state=MessageState.BOUNCED)
    row = SuppressedAddress.objects.create(
        email=reminder.person.email.lower(), since=make.NOW, why=Suppressed.BOUNCE
    )
    with pytest.raises(outbox_deeds.DoesNotFit):
        resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW)
    outbox_deeds.lift(address_id=row.pk, by=coordinator, at=make.NOW)
    outbox_deeds.lift(address_id=row.pk, by=coordinator, at=make.NOW)
    assert AuditEvent.objects.filter(deed="address trusted again").count() == 1
    assert resending.resend(message_ids=[reminder.pk], by=coordinator, at=make.NOW)


def test_a_foreign_coordinator_does_not_trust_an_address(reminder):
    row = SuppressedAddress.objects.create(
        email=reminder.person.email.lower(), since=make.NOW, why=Suppressed.BOUNCE
    )
    with pytest.raises(Refused):
        outbox_deeds.lift(address_id=row.pk, by=make.user(Role.COORDINATOR, "IT"), at=make.NOW)


def test_what_is_no_longer_true_is_not_sent_again(reminder, coordinator):
    sent(reminder)
    after = make.NOW + timedelta(days=30)
    with pytest.raises(outbox_deeds.DoesNotFit, match="no longer true"):
        resending.resend(message_ids=[reminder.pk], by=coordinator, at=after)


def test_an_answer_is_noted_on_every_mail_that_asked_for_it(session):
    invitation = make.invitation(session, make.person())
    asked = Message.objects.get(kind=notices.INVITATION, object_id=invitation.pk)
    waits = Message.objects.get(kind=notices.REMINDER, object_id=invitation.pk)
    sent(asked)
    for minute in (1, 2):
        invitations.answer_by_link(
            token=invitations.link_token(invitation),
            answer=Answer.YES,
            note="",
            at=make.NOW + timedelta(minutes=minute),
        )
    asked.refresh_from_db()
    waits.refresh_from_db()
    assert asked.answered_at == make.NOW + timedelta(minutes=1)
    assert waits.answered_at is None


def test_a_vote_is_noted_on_the_mail_that_asked_for_it():
    person = make.person()
    poll = make.poll(voters=[person])
    Message.objects.update(state=MessageState.SENT, sent_at=make.NOW)
    user = Person.objects.select_related("user").get(pk=person.pk).user
    polls.vote_on_page(poll_id=poll.pk, votes={}, by=user, at=make.NOW)
    assert Message.objects.get(kind=polls.INVITATION).answered_at == make.NOW
