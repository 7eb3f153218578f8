"""One line to the mail server, used for many mails, and what its answers mean.

A mail is handed over in steps, so that a sender can do something else between them: `begin`, then
`end`, then `wait_until_taken`. While the server thinks about one, small pieces of other work are
done: a sender that only waits stands still for half of its time.
"""

from __future__ import annotations

import select
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

    def __init__(self, work: Callable[[], bool] = lambda: False) -> None:
        """`work` does a piece of other work, and gives False where there is none."""
        self._backend: BaseEmailBackend = get_connection()
        self._work = work
        self._begun: Parcel | None = None
        self._watched: socket.socket | None = None
        self._poll = select.poll()

    @property
    def is_open(self) -> bool:
        """The mail server listens: the first word to it does not wait for a connection."""
        smtp = self._smtp
        return smtp is not None and smtp.sock is not None

    def begin(self, parcel: Parcel) -> None:
        """Gives the server the mail but for the end of its text. Raises ERRORS."""
        is_new = self._backend.open()
        if smtp := self._smtp:
            if is_new and smtp.sock:
                # The end of a text is a packet of its own: it must not wait for an answer to the
                # text, which servers put off by 40 ms.
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._begin(smtp, parcel)
        self._begun = parcel

    def _begin(self, smtp: smtplib.SMTP, parcel: Parcel) -> None:
        smtp.ehlo_or_helo_if_needed()
        options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
        code, text = self._asked(smtp, "MAIL", " ".join([f"FROM:<{parcel.sender}>", *options]))
        if code != _OK:
            raise smtplib.SMTPSenderRefused(code, text, parcel.sender)
        code, text = self._asked(smtp, "RCPT", f"TO:<{parcel.recipient}>")
        if code not in (_OK, _WILL_FORWARD):
            raise smtplib.SMTPRecipientsRefused({parcel.recipient: (code, text)})
        code, text = self._asked(smtp, "DATA")
        if code != _GOES_ON:
            raise smtplib.SMTPDataError(code, text)
        end = b"" if parcel.content.endswith(b"\r\n") else b"\r\n"
        smtp.send(_with_dots_doubled(parcel.content) + end)

    def _asked(self, smtp: smtplib.SMTP, command: str, argument: str = "") -> tuple[int, bytes]:
        smtp.putcmd(command, argument)
        return self._answer(smtp)

    def _answer(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        """What the server says, and until it says it, other work."""
        while not self._has_answered(smtp) and self._work():
            pass
        return smtp.getreply()

    def _has_answered(self, smtp: smtplib.SMTP) -> bool:
        """Something came, be it the end of the line."""
        if smtp.sock is None:
            return True
        if self._watched is not smtp.sock:
            # Kept for the whole connection: it is asked about ten times a mail.
            self._watched, self._poll = smtp.sock, select.poll()
            self._poll.register(smtp.sock, select.POLLIN)
        return bool(self._poll.poll(0))

    def end(self) -> None:
        """Ends the text: from now on the mail may be the server's. Raises ERRORS."""
        if smtp := self._smtp:
            smtp.send(b".\r\n")

    def wait_until_taken(self) -> None:
        """Waits until the server says that the mail is its own. Raises ERRORS."""
        parcel, self._begun = self._begun, None
        if smtp := self._smtp:
            code, text = self._answer(smtp)
            if code != _OK:
                raise smtplib.SMTPDataError(code, text)
        elif parcel:
            self._backend.send_messages([parcel.as_object()])

    def abandon(self) -> None:
        """Hangs up before the end of the text: the server forgets the mail."""
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


def _with_dots_doubled(content: bytes) -> bytes:
    """Lines that begin with a dot begin with two, for a lone dot ends the text (RFC 5321 4.5.2)."""
    first = b"." if content.startswith(b".") else b""
    return first + content.replace(b"\n.", b"\n..")


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
