"""A mail server for tests: takes mails by a real SMTP conversation, or refuses as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps every mail; `refuse` maps an address to the answer its mails get."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
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
        await asyncio.sleep(self.seconds_per_mail)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append(mail)
        return "250 OK"

    def subjects(self, address: str = "") -> list[str]:
        """Subjects in the order of arrival, of one address or of all."""
        return [m["Subject"] for m in self.mails if not address or m["To"] == address]
