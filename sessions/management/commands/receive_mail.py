"""Reads mails of calendar programs and of mail servers, and prints what became of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sessions.domain import inbound, mailboxes
from sessions.models import InboundMail


class Command(BaseCommand):
    help = "Read answers of calendar programs and delivery reports: files, a Maildir or IMAP."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eml", action="append", default=[], help="a raw mail; repeatable")
        parser.add_argument("--maildir", help="a Maildir; its new mails move to cur")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            received = self._received(options["eml"], options["maildir"])
        except mailboxes.NoMailbox as error:
            self.stdout.write(json.dumps({"error": str(error)}))
            raise SystemExit(2) from error
        self.stdout.write(json.dumps([_line(mail) for mail in received], ensure_ascii=False))

    def _received(self, files: list[str], maildir: str | None) -> list[InboundMail]:
        now = timezone.now()
        if not files and not maildir:
            return mailboxes.from_imap(at=now)
        received = mailboxes.from_files([Path(name) for name in files], at=now)
        if maildir:
            received += mailboxes.from_maildir(Path(maildir), at=now)
        return received


def _line(mail: InboundMail) -> dict[str, str | None]:
    names = ("message_id", "method", "uid", "result", "reason")
    line: dict[str, str | None] = {name: str(getattr(mail, name)) for name in names}
    # What a mail server tells is about a mail; it has no UID of a calendar.
    return line | {"uid": None} if mail.method == inbound.DELIVERY_REPORT else line
