"""A mail server for tests: takes mails by a real SMTP conversation, or refuses as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import time
from collections.abc import Callable
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps every mail; `refuse` maps an address to the answer its mails get.

    `answers` maps the number of a mail (1 is the first offered) to the answer it gets instead of
    being kept; HANG never answers. `arrived` holds the moment each kept mail came; `before_answer`
    is called with a kept mail before the sender hears that it was taken.
    """

    HANG = "hang"

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.arrived: list[float] = []
        self.refuse: dict[str, str] = {}
        self.answers: dict[int, str] = {}
        self.offered = 0
        self.before_answer: Callable[[EmailMessage], None] | None = None
        self.seconds_per_mail = 0.0

    async def handle_RCPT(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.offered += 1
        answer = self.answers.get(self.offered, "")
        if answer:
            await asyncio.sleep(3600 if answer == self.HANG else 0)
            return answer
        await asyncio.sleep(self.seconds_per_mail)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append(mail)
        self.arrived.append(time.time())
        if self.before_answer:
            self.before_answer(mail)
        return "250 OK"

    def subjects(self, address: str = "") -> list[str]:
        """Subjects in the order of arrival, of one address or of all."""
        return [m["Subject"] for m in self.mails if not address or m["To"] == address]
