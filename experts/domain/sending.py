"""The pause switch of the outbox: while it is on, mails are planned as ever and none is sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common import jobs
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit, outbox, sender
from experts.enums import PauseReason
from experts.models import Message, SendingPause, User

# How long a restore waits for the mails a sender has taken already.
PATIENCE_SECONDS = 120
# For the transaction that puts a backup's rows in place: sending is paused with the first row
# anybody can see. A backup from before the switch has no such table, and then no sender runs.
PAUSE_IN_SQL = f"""
DO $$ BEGIN
  IF to_regclass('public.{SendingPause._meta.db_table}') IS NOT NULL THEN
    INSERT INTO public.{SendingPause._meta.db_table} (id, since, reason)
    VALUES (1, now(), '{PauseReason.RESTORE.value}') ON CONFLICT DO NOTHING;
  END IF;
END $$;
"""  # noqa: S608  names of our own, no input


def current() -> SendingPause | None:
    """The pause that is on, with the person who began it; None while mails go out."""
    return SendingPause.objects.select_related("by").first()


@transaction.atomic
def pause(*, by: User, at: datetime) -> None:
    """Holds all mails back from now on; a pause that is on already stays as it is."""
    permissions.may_pause_sending(by)
    row, created = SendingPause.objects.get_or_create(
        defaults={"since": at, "reason": PauseReason.PERSON, "by": by.person}
    )
    if created:
        audit.record(deed="sending paused", about=row, by=by, at=at, reason=row.reason)


@transaction.atomic
def pause_after_restore(*, at: datetime) -> None:
    """Holds all mails back because the rows now say again what was due in the past."""
    row, _created = SendingPause.objects.update_or_create(
        defaults={"since": at, "reason": PauseReason.RESTORE, "by": None}
    )
    audit.record(deed="sending paused", about=row, by=None, at=at, reason=row.reason)


@transaction.atomic
def resume(*, by: User, at: datetime) -> None:
    """Lets the mails go again, in the order they were planned; nothing where no pause is on.

    What waited is due now: it is not late by any fault of the mail server.
    """
    permissions.may_pause_sending(by)
    row = SendingPause.objects.select_for_update().first()
    if row is None:
        return
    audit.record(deed="sending resumed", about=row, by=by, at=at, reason=row.reason)
    row.delete()
    Message.objects.due(at).update(due_at=at)
    jobs.enqueue(outbox.TASK)


@contextmanager
def standstill() -> Iterator[None]:
    """No sender of any process takes mails during the block, and none is in the middle of it.

    Raises NotPossible when mails are on their way for too long.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sender.CLAIM_LOCK])
        try:
            _wait_for_the_last_batch()
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [sender.CLAIM_LOCK])


def _wait_for_the_last_batch() -> None:
    if Message._meta.db_table not in connection.introspection.table_names():
        return  # a database nobody used yet
    give_up = time.monotonic() + PATIENCE_SECONDS
    while Message.objects.planned().filter(lease_until__gt=timezone.now()).exists():
        if time.monotonic() > give_up:
            raise NotPossible(_("Mails are on their way just now; try again in a few minutes."))
        time.sleep(0.5)
