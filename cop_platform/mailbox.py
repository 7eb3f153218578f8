"""The demo's mail server: takes every mail and keeps it as a file, sends nothing anywhere.

`python -m cop_platform.mailbox` listens on 127.0.0.1:EMAIL_PORT and stores the mails as
`STATE_DIR/mailbox/N.eml`, N counting up for ever. The functions here read that folder.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from cop_platform.embedded import state_dir

DEFAULT_PORT = 1025


@dataclass(frozen=True)
class Mail:
    """What a list of mails shows of one."""

    number: int
    sender: str
    recipients: str
    subject: str
    received_at: datetime


def folder() -> Path:
    """Gives the folder of the stored mails; it may not exist yet."""
    return state_dir() / "mailbox"


def list_mails(limit: int = 200) -> list[Mail]:
    """Gives the newest `limit` mails, the newest first."""
    newest = sorted(_numbers(), reverse=True)[:limit]
    return [_summary(number) for number in newest]


def read_mail(number: int) -> bytes | None:
    """Gives the raw mail, None where there is none with this number."""
    try:
        return _path(number).read_bytes()
    except FileNotFoundError:
        return None


def store_mail(content: bytes, recipients: list[str]) -> int:
    """Stores a raw mail with its envelope's recipients in a header; gives its number."""
    folder().mkdir(parents=True, exist_ok=True)
    number = max(_numbers(), default=0) + 1
    unfinished = folder() / f"{number}.part"
    with unfinished.open("wb") as file:
        file.write(f"X-Envelope-To: {', '.join(recipients)}\r\n".encode())
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(_path(number))
    return number


class StoringHandler:
    """Answers the SMTP conversation of aiosmtpd."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Stores the mail before saying that it was taken."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        number = store_mail(raw, envelope.rcpt_tos)
        return f"250 Stored as {number}"


def main() -> None:
    """Serves until SIGTERM or Ctrl-C."""
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    port = int(os.environ.get("EMAIL_PORT") or DEFAULT_PORT)
    server = Controller(StoringHandler(), hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    server.start()
    try:
        signal.sigwait(ends)
    finally:
        server.stop()


def _numbers() -> list[int]:
    return [int(path.stem) for path in folder().glob("*.eml") if path.stem.isdecimal()]


def _path(number: int) -> Path:
    return folder() / f"{number}.eml"


def _summary(number: int) -> Mail:
    path = _path(number)
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=policy.default).parse(file)
    return Mail(
        number=number,
        sender=str(headers.get("From", "")),
        recipients=str(headers.get("X-Envelope-To", "")),
        subject=str(headers.get("Subject", "")),
        received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )


if __name__ == "__main__":
    main()
