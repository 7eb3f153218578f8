"""What a coordinator does to messages that wait: send now, cancel, plan again; trust an address.

Each deed locks its rows, asks whether it still fits, and writes an audit row beside the change.
The rules that say why a deed does not fit are asked by the pages too, for the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import jobs
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit, message_words
from experts.domain.fitting import SEND_NOW, noted
from experts.domain.outbox import TASK
from experts.enums import MessageState, NotSent, Topic
from experts.models import Message, Person, SuppressedAddress, User

WAITING = {MessageState.PLANNED, MessageState.GATHERED}


class DoesNotFit(NotPossible):
    """The message is in a state in which this deed makes no sense; says why."""


def why_not_now(message: Message, at: datetime) -> str:
    """Why a message cannot be sent at once; empty where it can."""
    topic = message_words.topic(message.kind)
    if message.state not in WAITING:
        return _("Only a mail that still waits can be sent now.")
    if topic == Topic.ACCOUNT:
        return _("Mails about the account go by themselves.")
    if topic == Topic.REVIEWS:
        # Sent at once, it would show at once whether a review was still waited for.
        return _("Mails about reviews go at their own time.")
    return _on_its_way(message, at)


def why_not_cancel(message: Message, at: datetime) -> str:
    """Why a message cannot be cancelled; empty where it can."""
    if message.state not in WAITING:
        return _("Only a mail that still waits can be cancelled.")
    if message_words.topic(message.kind) == Topic.ACCOUNT:
        return _("Mails about the account cannot be cancelled.")
    return _on_its_way(message, at)


def why_not_plan_again(message: Message, at: datetime) -> str:
    """Why a cancelled message cannot be planned again; empty until its time has come."""
    if message.state != MessageState.WITHDRAWN or message.not_sent != NotSent.CANCELLED:
        return _("Only a mail that a coordinator cancelled can be planned again.")
    if message.due_at <= at:
        return _("Its time is past.")
    return ""


def _on_its_way(message: Message, at: datetime) -> str:
    if message.lease_until and message.lease_until > at:
        return _("It is being sent just now.")
    return ""


@transaction.atomic
def send_now(*, message_id: int, by: User, at: datetime) -> Message:
    """Makes a waiting message due at once, past quiet hours and digests.

    The sender still asks whether it is true. Doing it twice changes nothing.
    Raises Refused, DoesNotFit, Message.DoesNotExist for what this person does not see.
    """
    message = locked([message_id], by)[0]
    if message.state == MessageState.PLANNED and SEND_NOW in message.payload:
        return message
    fit(why_not_now(message, at))
    message.state, message.due_at, message.digest = MessageState.PLANNED, at, None
    message.payload = {**noted(message.payload, at, at), SEND_NOW: True}
    message.save(update_fields=["state", "due_at", "digest", "payload"])
    record("message sent now", message, by, at)
    jobs.enqueue(TASK)
    return message


@transaction.atomic
def cancel(*, message_ids: Iterable[int], by: User, at: datetime) -> list[Message]:
    """Takes waiting messages back for good; those it fits. What they hold is kept for an undo.

    Raises Refused; DoesNotFit where it fits none of them and none was cancelled before.
    """
    found = locked(message_ids, by)
    fitting = [m for m in found if not why_not_cancel(m, at)]
    for message in fitting:
        message.state, message.not_sent = MessageState.WITHDRAWN, NotSent.CANCELLED
        message.digest = None
        record("message cancelled", message, by, at)
    Message.objects.bulk_update(fitting, ["state", "not_sent", "digest"])
    if not fitting and not any(m.not_sent == NotSent.CANCELLED for m in found):
        fit(why_not_cancel(found[0], at))
    return fitting


@transaction.atomic
def plan_again(*, message_id: int, by: User, at: datetime) -> Message:
    """Takes a cancellation back before the message was due. Raises Refused, DoesNotFit."""
    message = locked([message_id], by)[0]
    if message.state == MessageState.PLANNED:
        return message
    fit(why_not_plan_again(message, at))
    message.state, message.not_sent, message.attempts = MessageState.PLANNED, "", 0
    message.save(update_fields=["state", "not_sent", "attempts"])
    record("message planned again", message, by, at)
    return message


@transaction.atomic
def lift(*, address_id: int, by: User, at: datetime) -> None:
    """Lets mails go to an address again: somebody knows that it is right. Raises Refused.

    Doing it twice changes nothing.
    """
    row = SuppressedAddress.objects.select_for_update().filter(pk=address_id).first()
    if row is None:
        return
    owners = Person.objects.filter(email__iexact=row.email)
    permissions.may_lift(by, set(owners.values_list("country_id", flat=True)))
    audit.record(deed="address trusted again", about=row, by=by, at=at, why=row.why)
    row.delete()


def locked(message_ids: Iterable[int], by: User) -> list[Message]:
    """The messages this person sees, locked in the order of their keys. Raises Refused."""
    rows = Message.objects.visible_to(by).filter(pk__in=list(message_ids))
    found = list(
        rows.select_for_update(of=("self",)).select_related("person__country").order_by("pk")
    )
    if not found:
        raise Message.DoesNotExist
    for message in found:
        permissions.may_steer(by, message.person)
    return found


def fit(refusal: str) -> None:
    if refusal:
        raise DoesNotFit(refusal)


def record(deed: str, message: Message, by: User, at: datetime) -> None:
    country = message.person.country_id
    audit.record(deed=deed, about=message, by=by, at=at, country_id=country, kind=message.kind)
