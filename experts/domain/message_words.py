"""Why a message stands where it stands, in one sentence for whoever is asked about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cop_platform.common.times import say_clock, say_day, to_wall
from experts.domain import message_kinds, wishes
from experts.domain.fitting import wanted
from experts.domain.wishes import Decision, Deed, Wishes
from experts.enums import MessageState, NotSent, Topic
from experts.models import Message, SuppressedAddress

# A due message older than this means that the mail server or the worker needs a look.
LATE = timedelta(minutes=5)
# What waits to be sent, so that wishes and hours still decide about it.
_WAITING = {MessageState.PLANNED, MessageState.GATHERED}


@dataclass(frozen=True)
class Around:
    """What the sentences need beside the messages, asked once for all of them.

    `zone` is the reader's; `refusals` are the mail server's words by address.
    """

    at: datetime
    zone: str
    paused: bool = False
    wishes: Mapping[int, Wishes] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)


def around(messages: Iterable[Message], *, zone: str, paused: bool, at: datetime) -> Around:
    """The wishes of those who still wait for a mail, and what was said of addresses that bounce.

    At most four queries; none where every message was sent.
    """
    messages = list(messages)
    waiting = {m.person_id: m.person for m in messages if m.state in _WAITING}
    found = wishes.of(waiting.values()) if waiting else {}
    silent = {m.person.email.lower() for m in messages if _is_held_by_address(m, found)}
    rows = SuppressedAddress.objects.filter(email__in=silent) if silent else []
    return Around(at, zone, paused, found, {row.email: row.detail for row in rows})


def _is_held_by_address(message: Message, found: Mapping[int, Wishes]) -> bool:
    if message.state in _WAITING:
        return found[message.person_id].suppressed
    return message.not_sent == NotSent.SUPPRESSED


def topic(kind: str) -> str:
    """What a kind is about; empty for one no longer known."""
    return message_kinds.get(kind).topic if kind in message_kinds.names() else ""


def stands(message: Message) -> str:
    """The state as it is shown: of what was sent, also whether it arrived and was answered."""
    if message.state == MessageState.SENT and message.answered_at:
        return "answered"
    if message.state == MessageState.SENT and message.delivered_at:
        return "delivered"
    return message.state


def label(message: Message) -> str:
    """The word for `stands`."""
    shown = stands(message)
    if shown == "answered":
        return _("Answered")
    return _("Delivered") if shown == "delivered" else str(message.get_state_display())


def why(message: Message, around: Around) -> str:
    """Why it was not sent, or not yet, or did not arrive; empty where there is nothing to say."""
    if message.state in _WAITING:
        return _why_it_waits(message, around)
    return {
        MessageState.BOUNCED: _came_back,
        MessageState.FAILED: _refused,
        MessageState.PARKED: _unwritable,
        MessageState.WITHDRAWN: _why_not_sent,
    }.get(MessageState(message.state), _nothing)(message, around)


def _nothing(_message: Message, _around: Around) -> str:
    return ""


def _came_back(message: Message, _around: Around) -> str:
    if message.last_error:
        return _("It came back: %(reason)s") % {"reason": message.last_error}
    return _("It came back; the mail server did not say why.")


def _refused(message: Message, _around: Around) -> str:
    return _("The mail server refused it: %(reason)s") % {"reason": message.last_error}


def _unwritable(_message: Message, _around: Around) -> str:
    return _("It could not be written and waits for the platform admin.")


def _why_not_sent(message: Message, around: Around) -> str:
    if topic(message.kind) == Topic.REVIEWS and message.not_sent != NotSent.CANCELLED:
        # Why a reminder of a review was not needed would tell who handed one in.
        return ""
    if message.not_sent == NotSent.SUPPRESSED:
        return _suppressed(message, around)
    return str(message.get_not_sent_display()) if message.not_sent else ""


def _suppressed(message: Message, around: Around) -> str:
    said = around.refusals.get(message.person.email.lower(), "")
    if said:
        return _("Mails to this address came back (%(reason)s), so none is sent there.") % {
            "reason": said
        }
    return _("Mails to this address came back, so none is sent there.")


def _why_it_waits(message: Message, around: Around) -> str:
    if message.kind not in message_kinds.names():
        return ""
    kind, wish = message_kinds.get(message.kind), around.wishes[message.person_id]
    decision = wishes.decide(message, kind, wish, max(message.due_at, around.at))
    return (
        _held_up(message, decision, around)
        or _put_off(message, decision, around)
        or _late(message, around)
    )


def _held_up(message: Message, decision: Decision, around: Around) -> str:
    """What stands in the way of it, whatever its hour."""
    if message.lease_until and message.lease_until > around.at:
        return _("It is being sent just now.")
    if decision.deed == Deed.DROP and decision.not_sent == NotSent.SUPPRESSED:
        return _suppressed(message, around)
    if decision.deed in {Deed.DROP, Deed.APP}:
        return _unwanted(message, decision.deed)
    if around.paused and message.due_at <= around.at:
        return _("Sending is paused for everybody.")
    if not message.attempts:
        return ""
    return _("The mail server did not take it (%(reason)s); it is tried again at %(when)s.") % {
        "reason": message.last_error,
        "when": moment(message.due_at, around.zone),
    }


def _put_off(message: Message, decision: Decision, around: Around) -> str:
    """The hour or the digest that the reader's wishes put it off to."""
    if message.state == MessageState.GATHERED or decision.deed == Deed.GATHER:
        return _digest(message, decision.due_at)
    later = decision.due_at if decision.deed == Deed.LATER else None
    if later is None and around.at < message.due_at != wanted(message):
        later = message.due_at
    if later is None:
        return ""
    return _("It keeps to quiet hours and goes at %(when)s on the clock of %(name)s.") % {
        "when": moment(later, message.zone),
        "name": message.person.name,
    }


def _late(message: Message, around: Around) -> str:
    if message.due_at >= around.at - LATE:
        return ""
    return _("It is late: the mail server or the worker does not answer.")


def _unwanted(message: Message, deed: Deed) -> str:
    if deed == Deed.APP:
        text = _("%(name)s wants no mails of this topic, and reads it on the platform.")
    else:
        text = _("%(name)s wants no mails of this topic; it will not be sent.")
    return text % {"name": message.person.name}


def _digest(message: Message, due_at: datetime | None) -> str:
    if due_at is None:
        return _("It comes with the next digest.")
    return _("It comes with the digest of %(when)s on the clock of %(name)s.") % {
        "when": moment(due_at, message.zone),
        "name": message.person.name,
    }


def moment(instant: datetime, zone: str) -> str:
    """A minute on the clock of `zone`: Thu 26 Nov 2026, 08:00."""
    wall = to_wall(instant, zone)
    return f"{say_day(wall)}, {say_clock(wall)}"
