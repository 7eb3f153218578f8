"""The sender: takes due messages out of the outbox, one batch over one SMTP connection.

SMTP cannot promise "exactly once": between the server's 250 and our commit lies a window in which
a killed worker sends one message again. It then carries the same Message-ID, which mail clients
show once.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone, translation

from experts.domain import mail_words, message_kinds
from experts.enums import MessageState, NotSent
from experts.models import Message, SendingPause

logger = logging.getLogger(__name__)

BATCH = 50
# A refusal for now (4xx, no connection): when to try again, in order; then the row fails.
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 900)]
# Any number of our own, the same in every process.
CLAIM_LOCK = 7_301_942


@dataclass
class Drained:
    """How a run of the sender ended, in rows."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    withdrawn: int = 0
    parked: int = 0
    touched: list[int] = field(default_factory=list, repr=False)


def send_due(*, at: datetime) -> Drained:
    """Sends every message due at `at`, batch by batch, one SMTP connection a batch.

    Safe beside other senders: a batch is leased by the real clock, and one sender works at a time.
    """
    result = Drained()
    while batch := _claim(at, result.touched):
        result.touched += [message.pk for message in batch]
        if not _send_batch(batch, at, result):
            break
    return result


def _claim(at: datetime, touched: list[int]) -> list[Message]:
    """The next batch, leased; empty while another sender holds one or sending is paused.

    One sender at a time: a killed worker can then have at most one message on its way, however
    many processes it had, and mail servers see one connection.
    """
    now = timezone.now()
    until = now + _lease()
    with transaction.atomic():
        _one_claim_at_a_time()
        if _is_held_back(now):
            return []
        batch = list(
            Message.objects.due(at)
            .exclude(pk__in=touched)
            .order_by("due_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("person", "person__user")[:BATCH]
        )
        Message.objects.filter(pk__in=[m.pk for m in batch]).update(lease_until=until)
    for message in batch:
        message.lease_until = until
    return batch


def _one_claim_at_a_time() -> None:
    """Waits for another claim to commit; the lock ends with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def _is_held_back(now: datetime) -> bool:
    leased = Message.objects.planned().filter(lease_until__gt=now)
    return SendingPause.objects.exists() or leased.exists()


def _lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def _send_batch(batch: list[Message], at: datetime, result: Drained) -> bool:
    """Sends a batch over one connection; False when the mail server is away.

    The rest of the batch is then released untried: a hanging server must cost one time-out a
    tick, not fifty.
    """
    mail_server = get_connection()
    waiting = list(batch)
    try:
        while waiting := _still_ours(waiting):
            if not _send_one(waiting.pop(0), mail_server, at, result):
                Message.objects.filter(pk__in=[m.pk for m in waiting]).update(lease_until=None)
                return False
    finally:
        mail_server.close()
    return True


def _still_ours(waiting: list[Message]) -> list[Message]:
    """The messages of a batch that no other sender took over meanwhile.

    Once a third of the lease is gone it is prolonged. A sender that was slow, or stopped and
    woken up, thus lets go of what another one sends by now.
    """
    if not waiting or waiting[0].lease_until is None:
        return waiting
    now, held = timezone.now(), waiting[0].lease_until
    if held - now > _lease() * 2 / 3:
        return waiting
    until = now + _lease()
    with transaction.atomic():
        rows = Message.objects.planned().filter(pk__in=[m.pk for m in waiting], lease_until=held)
        kept = set(rows.select_for_update().values_list("pk", flat=True))
        Message.objects.filter(pk__in=kept).update(lease_until=until)
    ours = [message for message in waiting if message.pk in kept]
    for message in ours:
        message.lease_until = until
    return ours


def _send_one(
    message: Message, mail_server: BaseEmailBackend, at: datetime, result: Drained
) -> bool:
    """Sends one message and closes its row; False when the connection was lost over it."""
    kind = message_kinds.get(message.kind)
    try:
        with translation.override(mail_words.spoken(message.language)):
            about = kind.load([message]).get(message.pk)
            if about is None or not kind.still_true(message, about, at):
                result.withdrawn += 1
                why = NotSent.GONE if about is None else NotSent.UNTRUE
                _finish(message, MessageState.WITHDRAWN, not_sent=why)
                return True
            mail = _compose(message, kind.render(message, about, at))
    except Exception as error:  # one unwritable mail must not hold up the others
        logger.exception("Message %s could not be written.", message.pk)
        result.parked += 1
        _finish(message, MessageState.PARKED, error=type(error).__name__)
        return True
    try:
        _hand_over(mail_server, mail)
    except (smtplib.SMTPException, OSError) as error:
        mail_server.close()
        _refused(message, error, at, result)
        return not _is_connection_lost(error)
    result.sent += 1
    _finish(message, MessageState.SENT, subject=str(mail.subject))
    return True


def _hand_over(mail_server: BaseEmailBackend, mail: EmailMultiAlternatives) -> None:
    # An open connection is kept; a closed one (first mail, or after an error) is opened again.
    mail_server.open()
    mail_server.send_messages([mail])


def _compose(message: Message, content: message_kinds.Mail) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        to=[message.person.email],
        reply_to=[content.reply_to] if content.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if content.html:
        mail.attach_alternative(content.html, "text/html")
    if content.calendar:
        # One value feeds both types and stands inside the text (RFC 6047 2.4).
        method = content.calendar.method
        mail.attach_alternative(content.calendar.text, f"text/calendar; method={method}")
        mail.attach("invite.ics", content.calendar.text, f"application/ics; method={method}")
    for file in content.files:
        mail.attach(file.name, file.text, file.media_type)
    # Building the message here shows a header that cannot be written before SMTP has begun.
    mail.message()
    return mail


def _finish(
    message: Message,
    state: MessageState,
    *,
    subject: str = "",
    error: str = "",
    not_sent: str = "",
) -> None:
    """Closes a row for good, in a transaction of its own."""
    Message.objects.filter(pk=message.pk, state=MessageState.PLANNED).update(
        state=state,
        attempts=message.attempts + 1,
        lease_until=None,
        payload={},
        subject=subject[:300],
        sent_at=timezone.now() if state == MessageState.SENT else None,
        last_error=error[:300],
        not_sent=not_sent,
    )


def _refused(message: Message, error: Exception, at: datetime, result: Drained) -> None:
    reason = _reason(error)
    if _is_final(error) or message.attempts >= len(BACK_OFF):
        result.failed += 1
        _finish(message, MessageState.FAILED, error=reason)
        return
    result.retried += 1
    Message.objects.filter(pk=message.pk, state=MessageState.PLANNED).update(
        attempts=message.attempts + 1,
        due_at=at + BACK_OFF[message.attempts],
        lease_until=None,
        last_error=reason[:300],
    )


def _is_connection_lost(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError))
    return isinstance(error, OSError)


def _is_final(error: Exception) -> bool:
    """5xx to this recipient is final; 4xx, a dropped line or a full server is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {_decoded(text)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
