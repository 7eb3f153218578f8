"""Work for later: sent by name when the transaction commits, ids only.

The message to the worker is a mere hint. Whatever must happen is a row in PostgreSQL that the
next tick finds, so a broker that is away or was emptied costs a delay and nothing else.
"""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def enqueue(name: str, **ids: int | str) -> None:
    """Sends the task `name` with keyword `ids` once the current transaction has committed."""
    transaction.on_commit(lambda: _send(name, ids))


def _send(name: str, ids: dict[str, int | str]) -> None:
    try:
        current_app.send_task(name, kwargs=ids, retry=False, ignore_result=True, expires=3600)
    except Exception:  # any broker client raises its own kinds; the row is safe already
        logger.warning("The broker did not take %s; the next tick will find the row.", name)
