"""Addresses that get no mail any more: they do not exist, or their owner complained."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils import timezone

from experts.enums import Suppressed
from experts.models import Message, SuppressedAddress

# RFC 3463: what is wrong with the address itself (not with its mailbox, which may be full today).
_FOR_GOOD = re.compile(r"5\.(?:1\.(?:0|1|2|3|4|6|10)|2\.1)")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


def is_for_good(status: str) -> bool:
    """A status such as 5.1.1 that no later mail will change."""
    return _FOR_GOOD.fullmatch(status) is not None


def status_in(words: str) -> str:
    """The first enhanced status code in what a mail server said; empty where there is none."""
    found = _STATUS.search(words)
    return found[1] if found else ""


def suppress(message: Message, why: Suppressed, detail: str, *, at: datetime) -> None:
    """Sends no mail to the address of `message` any more; the first reason stays."""
    SuppressedAddress.objects.get_or_create(
        email=message.person.email.lower(),
        defaults={"since": at, "why": why, "detail": detail[:300], "message": message},
    )


def after_refusal(message: Message, reason: str) -> None:
    """What the mail server said to a recipient while we were talking to it."""
    if is_for_good(status_in(reason)):
        suppress(message, Suppressed.BOUNCE, reason, at=timezone.now())
