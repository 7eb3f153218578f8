"""Celery's doors into this app."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from sessions.domain import mailboxes, seat_limits, undo, zone_changes

logger = logging.getLogger(__name__)


@shared_task(name="sessions.pass_seats_on")
def pass_seats_on(**_: Any) -> None:
    """Offers that ran out go to the next in line."""
    seat_limits.pass_on(at=timezone.now())


@shared_task(name="sessions.follow_clock_rules")
def follow_clock_rules(**_: Any) -> None:
    """Sessions follow a new version of the zone database."""
    zone_changes.follow(at=timezone.now())


@shared_task(name="sessions.close_undo_windows")
def close_undo_windows(**_: Any) -> None:
    """What can no longer be taken back is forgotten."""
    undo.forget_closed(at=timezone.now())


@shared_task(name="sessions.receive_mail")
def receive_mail(**_: Any) -> None:
    """Reads the mailbox once; beat wakes it only where one is set. The next tick tries again."""
    try:
        mailboxes.from_imap(at=timezone.now())
    except mailboxes.NoMailbox as error:
        logger.warning("No mail was received: %s", error)
