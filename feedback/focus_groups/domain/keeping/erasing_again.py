"""After a restore: what was erased since the backup was made is erased once more."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from feedback.focus_groups.domain.keeping import erasing, erasure_log, retention_run
from feedback.focus_groups.models import Erasure, FormResponse, Participant


def put_aside() -> None:
    """Brings the file up to what the database knows, before its rows are replaced."""
    if Erasure._meta.db_table in connection.introspection.table_names():
        erasure_log.catch_up(Erasure.objects.values_list("receipt", flat=True))


def erase_again(at: datetime) -> int:
    """Erases whatever the file names and the backup brought back, and deletes what is overdue.

    Gives how many participants and answered forms were erased again.
    """
    receipts = erasure_log.read()
    back = [
        row
        for model in (Participant, FormResponse)
        for row in model.objects.filter(receipt__in=receipts, erased_on=None)
    ]
    for row in back:
        erasing.erase(row, at=at)
    retention_run.run(at=at)
    return len(back)
