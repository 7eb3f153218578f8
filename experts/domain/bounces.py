"""What became of a mail after the mail server took it: reports that come back as mails.

A delivery report (RFC 3464) or a complaint (RFC 5965) is believed only about a Message-ID that we
really sent, and only where it names the very address we sent it to. The id is random, so that
who invents a report cannot guess one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string, policy
from email.message import Message as Mail

from django.db import transaction
from django.utils.translation import gettext as _

from experts.domain import suppression
from experts.enums import Channel, MessageState, Suppressed
from experts.models import Message

logger = logging.getLogger(__name__)

_LONGEST = 120
_COMPLAINTS = {"abuse", "fraud", "opt-out", "virus", "other"}


@dataclass(frozen=True)
class Fate:
    """What a report says of one recipient; `action` as in RFC 3464, or "complained"."""

    address: str
    action: str
    status: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """A report: the Message-ID it is about, and what became of the mail."""

    message_id: str
    fates: tuple[Fate, ...]


@dataclass(frozen=True)
class Applied:
    """Whether a report changed anything, and why not."""

    is_applied: bool
    reason: str = ""


def read(mail: Mail) -> Report | None:
    """The report that a mail is; None for any other mail."""
    if mail.get_content_type() != "multipart/report":
        return None
    parts = [part for part in _list(mail.get_payload()) if isinstance(part, Mail)]
    by_type = {part.get_content_type(): part for part in reversed(parts)}
    if status := by_type.get("message/delivery-status"):
        fates = tuple(_fates(status))
    elif feedback := by_type.get("message/feedback-report"):
        fates = tuple(_complaints(feedback))
    else:
        return None
    return Report(_original_id(mail, by_type), fates)


def _fates(status: Mail) -> Iterator[Fate]:
    """One of each block about a recipient; the first block is about the report."""
    for block in _list(status.get_payload()):
        if isinstance(block, Mail) and block.get("Action"):
            yield Fate(
                address=_typed(block, "Final-Recipient").lower(),
                action=_line(block, "Action").lower(),
                status=_line(block, "Status").partition(" ")[0],
                detail=_typed(block, "Diagnostic-Code"),
            )


def _complaints(feedback: Mail) -> Iterator[Fate]:
    block = next(iter(_list(feedback.get_payload())), feedback)
    if isinstance(block, Mail) and _line(block, "Feedback-Type").lower() in _COMPLAINTS:
        address = _line(block, "Original-Rcpt-To").strip("<>").lower()
        yield Fate(address, "complained", detail=_line(block, "Feedback-Type"))


def _original_id(mail: Mail, by_type: dict[str, Mail]) -> str:
    """Of the mail that is sent back, or of its headers; else the one the report answers."""
    if (whole := by_type.get("message/rfc822")) and _list(whole.get_payload()):
        returned = _list(whole.get_payload())[0]
        if isinstance(returned, Mail) and returned.get("Message-ID"):
            return _line(returned, "Message-ID")
    if headers := by_type.get("text/rfc822-headers"):
        raw = headers.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
        returned = message_from_string(text, policy=policy.compat32)
        if returned.get("Message-ID"):
            return _line(returned, "Message-ID")
    return _line(mail, "In-Reply-To")


def _list(payload: object) -> list[object]:
    return payload if isinstance(payload, list) else []


def _line(block: Mail, name: str) -> str:
    """A field on one line, without what a database refuses."""
    text = " ".join(str(block.get(name) or "").split())
    return text.encode("utf-8", "replace").decode().replace("\x00", "")[:300]


def _typed(block: Mail, name: str) -> str:
    """The value after the type of a field such as `rfc822; somebody@example.org`."""
    return _line(block, name).partition(";")[2].strip()


@transaction.atomic
def apply(report: Report, *, at: datetime) -> Applied:
    """Writes down what became of a mail; twice changes nothing more."""
    message = _sent_as(report.message_id)
    if message is None:
        return Applied(False, _("It is about no mail of ours."))
    address = message.person.email.lower()
    fates = [fate for fate in report.fates if _is_about(fate, address)]
    if not fates:
        return Applied(False, _("It is about another address than the mail was sent to."))
    done = [_apply(message, fate, at) for fate in fates]
    return Applied(True) if any(done) else Applied(False, _("The mail is still on its way."))


def _sent_as(message_id: str) -> Message | None:
    if not 0 < len(message_id) <= _LONGEST:
        return None
    sent = Message.objects.filter(sent_at__isnull=False, channel=Channel.MAIL)
    locked = sent.select_related("person").select_for_update(of=("self",))
    return locked.filter(message_id=message_id).first()


def _is_about(fate: Fate, address: str) -> bool:
    """Complaints often hide who complained; the Message-ID then has to do."""
    return fate.address == address or (fate.action == "complained" and not fate.address)


def _apply(message: Message, fate: Fate, at: datetime) -> bool:
    """Writes one fate down; False for news that changes nothing."""
    said = f"{fate.status} {fate.detail}".strip()
    if fate.action == "complained":
        suppression.suppress(message, Suppressed.COMPLAINT, said, at=at)
    elif fate.action == "failed":
        _bounced(message, fate, said, at)
    elif fate.action == "delivered":
        Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=at)
    else:
        logger.info("Message %s is %s: %s", message.pk, fate.action, fate.status)
        return False
    return True


def _bounced(message: Message, fate: Fate, said: str, at: datetime) -> None:
    sent = Message.objects.filter(pk=message.pk, state=MessageState.SENT)
    sent.update(state=MessageState.BOUNCED, bounced_at=at, last_error=said[:300])
    if suppression.is_for_good(fate.status):
        suppression.suppress(message, Suppressed.BOUNCE, said, at=at)
