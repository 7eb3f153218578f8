"""Everything the page of one message shows: where it stands, how it came there, what it says."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from experts import permissions
from experts.domain import message_kinds, message_words, outbox_deeds, resending
from experts.domain.contact_log import Entry, entries
from experts.domain.message_words import moment
from experts.enums import NotSent, Topic
from experts.models import AuditEvent, Message, SuppressedAddress, User

logger = logging.getLogger(__name__)

# Log-in codes are for one reader, and a review's mail for who reviews.
_UNREAD = {Topic.ACCOUNT, Topic.REVIEWS, ""}
# What makes a mail tell of the reader's open reviews; which are open is nobody else's to know.
_OWN_TO_THE_READER = {"reviews"}
# The right that a link in a mail carries is its reader's.
_TOKEN = re.compile(r"\b\d{1,18}\.[A-Za-z0-9_-]{20,}")
_HIDDEN = "…"


@dataclass(frozen=True)
class Moment:
    """A line of the timeline: what happened and when."""

    at: datetime
    label: str
    note: str = ""


@dataclass(frozen=True)
class Words:
    """What the mail would say if it were written now; `problem` where it cannot be."""

    subject: str = ""
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Deeds:
    """What may be done with the message now."""

    send_now: bool
    cancel: bool
    plan_again: bool
    resend: bool

    def __bool__(self) -> bool:
        return self.send_now or self.cancel or self.plan_again or self.resend


@dataclass(frozen=True)
class MessagePage:
    entry: Entry
    due_here: str
    due_there: str
    timeline: list[Moment]
    others: list[Message]
    words: Words | None
    deeds: Deeds
    suppressed: SuppressedAddress | None
    may_lift: bool


def build(message: Message, user: User, *, paused: bool, at: datetime) -> MessagePage:
    """The page as `user` sees it; `paused` says whether all sending is held back."""
    zone = user.person.zone
    around = message_words.around([message], zone=zone, paused=paused, at=at)
    held = SuppressedAddress.objects.filter(email=message.person.email.lower()).first()
    due_here, due_there = moment(message.due_at, zone), moment(message.due_at, message.zone)
    steers = permissions.may_steer.allows(user, message.person)
    return MessagePage(
        entry=entries([message], around)[0],
        due_here=due_here,
        due_there="" if due_here == due_there else due_there,
        timeline=list(_timeline(message)),
        others=_others(message),
        words=_words(message, at) if steers else None,
        deeds=_deeds(message, at, steers=steers, held=held is not None),
        suppressed=held,
        may_lift=permissions.may_lift.allows(user, {message.person.country_id}),
    )


def _deeds(message: Message, at: datetime, *, steers: bool, held: bool) -> Deeds:
    return Deeds(
        send_now=steers and not held and not outbox_deeds.why_not_now(message, at),
        cancel=steers and not outbox_deeds.why_not_cancel(message, at),
        plan_again=steers and not outbox_deeds.why_not_plan_again(message, at),
        resend=steers and not held and not resending.why_not(message),
    )


def _others(message: Message) -> list[Message]:
    """The same mail as it was sent before or again."""
    first = resending.root(message.key)
    family = Message.objects.filter(resending.repetitions(first)) | Message.objects.filter(
        key=first
    )
    return list(family.exclude(pk=message.pk).order_by("pk"))


def _timeline(message: Message) -> Iterator[Moment]:
    """What happened, in the order of time; of a review's mail nothing a reader did with it."""
    moments = [Moment(message.created_at, _("Planned")), *_steered(message)]
    if message.sent_at:
        moments.append(Moment(message.sent_at, _("Sent")))
    if message.delivered_at:
        moments.append(Moment(message.delivered_at, _("Delivered")))
    if message.bounced_at:
        moments.append(Moment(message.bounced_at, _("Came back"), message.last_error))
    if message_words.topic(message.kind) != Topic.REVIEWS:
        if message.read_at:
            moments.append(Moment(message.read_at, _("Read on the platform")))
        if message.answered_at:
            moments.append(Moment(message.answered_at, _("Answered")))
    return iter(sorted(moments, key=lambda moment: moment.at))


def _steered(message: Message) -> Iterator[Moment]:
    """What coordinators did with it."""
    words = {
        "message sent now": _("Somebody sent it before its time"),
        "message cancelled": _("Somebody cancelled it"),
        "message planned again": _("Somebody planned it again"),
    }
    deeds = AuditEvent.objects.filter(
        object_kind=message._meta.label_lower, object_id=message.pk, deed__in=words
    )
    for event in deeds.order_by("at", "pk"):
        yield Moment(event.at, words[event.deed])


def _words(message: Message, at: datetime) -> Words | None:
    """The mail as it would be written now, without the rights its links carry."""
    if message_words.topic(message.kind) in _UNREAD:
        return None
    kind = message_kinds.get(message.kind)
    message = copy(message)
    message.payload = {k: v for k, v in message.payload.items() if k not in _OWN_TO_THE_READER}
    try:
        with translation.override(message.language):
            about = kind.load([message]).get(message.pk)
            if about is None:
                return Words(problem=_gone())
            mail = kind.render(message, about, at)
    except Exception:  # whatever keeps a mail from being written must not keep the page from it
        logger.info("Message %s cannot be shown as it would be written now.", message.pk)
        return Words(problem=_("It cannot be written any more from what is stored today."))
    return Words(subject=mail.subject, text=_TOKEN.sub(_HIDDEN, mail.text))


def _gone() -> str:
    return str(NotSent.GONE.label)
