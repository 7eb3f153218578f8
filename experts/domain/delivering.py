"""One line to the mail server, used for many mails, and what its answers mean.

A mail is handed over in steps, so that a sender can do something else between them: `begin`, then
`end`, then `wait_until_taken`. The server thinks longest about the end, so that is when the next
mail is written; the row before is given to the database while it thinks about the first word. In
the short waits between nothing is done: a processor that was asleep takes longer to wake up for a
small thing than the server takes to answer.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

ERRORS = (smtplib.SMTPException, OSError)
_OK, _WILL_FORWARD, _GOES_ON, _CLOSES = 250, 251, 354, 421


class Parcel(NamedTuple):
    """A mail ready for the mail server, as bytes with CR LF; the same as an object where asked."""

    sender: str
    recipient: str
    content: bytes
    as_object: Callable[[], EmailMultiAlternatives]


class Line:
    """A connection to the mail server of the settings; opened when it is first needed.

    Mail backends that know no SMTP conversation (a provider's API) take each mail in one step.
    """

    def __init__(self, work: Callable[[], object] = lambda: None) -> None:
        """`work` is done while the server thinks about the first word of a mail."""
        self._backend: BaseEmailBackend = get_connection()
        self._work = work
        self._begun: Parcel | None = None

    @property
    def is_open(self) -> bool:
        """The mail server listens: the first word to it does not wait for a connection."""
        smtp = self._smtp
        return smtp is not None and smtp.sock is not None

    def begin(self, parcel: Parcel) -> None:
        """Has the server agree to take the mail, up to its text. Raises ERRORS."""
        is_new = self._backend.open()
        if smtp := self._smtp:
            if is_new and smtp.sock:
                # The last part of a long text must not wait for an answer to the parts before,
                # which servers put off by 40 ms.
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._begin(smtp, parcel)
        self._begun = parcel

    def _begin(self, smtp: smtplib.SMTP, parcel: Parcel) -> None:
        smtp.ehlo_or_helo_if_needed()
        option = " BODY=8BITMIME" if smtp.has_extn("8bitmime") else ""
        smtp.putcmd("MAIL", f"FROM:<{parcel.sender}>{option}")
        self._work()
        code, text = smtp.getreply()
        if code != _OK:
            raise smtplib.SMTPSenderRefused(code, text, parcel.sender)
        code, text = smtp.docmd("RCPT", f"TO:<{parcel.recipient}>")
        if code not in (_OK, _WILL_FORWARD):
            raise smtplib.SMTPRecipientsRefused({parcel.recipient: (code, text)})
        code, text = smtp.docmd("DATA")
        if code != _GOES_ON:
            raise smtplib.SMTPDataError(code, text)

    def end(self) -> None:
        """Gives the text with its end: from now on the mail may be the server's. Raises ERRORS."""
        if (smtp := self._smtp) and self._begun:
            smtp.send(_ended(self._begun.content))

    def wait_until_taken(self) -> None:
        """Waits until the server says that the mail is its own. Raises ERRORS."""
        parcel, self._begun = self._begun, None
        if smtp := self._smtp:
            code, text = smtp.getreply()
            if code != _OK:
                raise smtplib.SMTPDataError(code, text)
        elif parcel:
            self._backend.send_messages([parcel.as_object()])

    def abandon(self) -> None:
        """Hangs up before the text: the server forgets the mail."""
        self._begun = None
        if smtp := self._smtp:
            smtp.close()
        self.close()

    def recover(self, error: Exception) -> None:
        """Makes the line usable again after an error, or closes it where it is broken."""
        self._begun = None
        smtp = self._smtp
        if smtp is None or is_connection_lost(error) or code_of(error) == _CLOSES:
            self.close()
            return
        try:
            smtp.rset()
        except ERRORS:
            self.close()

    def close(self) -> None:
        """Says goodbye; the next mail opens a new connection."""
        self._begun = None
        with suppress(*ERRORS):
            self._backend.close()

    @property
    def _smtp(self) -> smtplib.SMTP | None:
        return self._backend.connection if isinstance(self._backend, EmailBackend) else None


def _ended(content: bytes) -> bytes:
    """A text as it goes over the line, up to the lone dot that ends it (RFC 5321 4.5.2).

    Lines of its own that begin with a dot begin with two.
    """
    first = b"." if content.startswith(b".") else b""
    last = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
    return first + content.replace(b"\n.", b"\n..") + last


def is_connection_lost(error: Exception) -> bool:
    """The server is away, hangs or hung up: another mail would fare no better now."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError))
    return isinstance(error, OSError)


def is_final(error: Exception) -> bool:
    """5xx to this recipient is final; 4xx, a dropped line or a full server is not."""
    if isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)):
        return code_of(error) >= 500
    return False


def code_of(error: Exception) -> int:
    """The server's three digits; 0 where it said nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def reason(error: Exception) -> str:
    """What the server said, for people to read."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {_decoded(text)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


def _decoded(text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return said.replace("\x00", "")
