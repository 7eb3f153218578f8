"""Imports of experts as long work: confirmed once, done once, stopped when somebody says so."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import jobs, long_work
from cop_platform.common.refusals import NotPossible
from experts.domain import audit, importing
from experts.domain.expert_lists import CellError
from experts.domain.importing import Checked
from experts.domain.sheets import Row
from experts.models import ImportRun, User
from experts.permissions import may_import

TASK = "experts.import_experts"


class ListChanged(NotPossible):
    """A cell that was right when the list was looked at is wrong by now."""


@transaction.atomic
def request_run(*, table: list[Row], token: str, by: User, at: datetime) -> ImportRun:
    """The run for a list that was looked at; the same `token` gives the same run, also when over.

    Every list goes this way, however short: one way through is simpler to read, to test and to
    trust than two. Raises Refused.
    """
    may_import(by)
    run, is_new = ImportRun.objects.get_or_create(
        token=sha256(token.encode()).hexdigest(),
        requested_by=by.person,
        defaults={
            "listing": json.dumps(table),
            "rows": sum(any(cell.strip() for cell in row) for row in table[1:]),
            "requested_at": at,
        },
    )
    if is_new:
        audit.record(deed="import requested", about=run, by=by, at=at, rows=run.rows)
        jobs.enqueue(TASK, run_id=run.pk)
    return run


@transaction.atomic
def cancel(*, run_id: int, by: User, at: datetime) -> None:
    """Stops an import; nothing of it is written. Raises Refused, RunOver when it has ended."""
    may_import(by)
    long_work.cancel(ImportRun.objects.all(), run_id=run_id, at=at)
    run = ImportRun.objects.get(pk=run_id)
    audit.record(deed="import cancelled", about=run, by=by, at=at)


def work(*, run_id: int, at: datetime) -> bool:
    """Writes the list of a queued run, or nothing; False when there was nothing to do."""

    def write(run_id: int, progress: long_work.Progress) -> None:
        run = ImportRun.objects.select_related("requested_by__user").get(pk=run_id)
        outcome = importing.run(
            table=json.loads(run.listing),
            by=run.requested_by.user,
            at=at,
            progress=progress,
            ending=lambda checked: _end(run, checked),
        )
        if outcome.errors:
            raise ListChanged(_sentence(outcome.errors[0]))

    return long_work.work(ImportRun.objects.all(), run_id=run_id, at=at, do=write)


def _end(run: ImportRun, checked: Checked) -> None:
    """Closes the run in the transaction that wrote the list."""
    long_work.finish(
        ImportRun.objects.all(),
        run_id=run.pk,
        created=checked.to_create,
        updated=checked.to_update,
    )
    run.communities.set({row.country.cop for row in checked.valid})


def _sentence(error: CellError) -> str:
    return _("Row %(row)d, column “%(column)s”: %(message)s") % {
        "row": error.row,
        "column": error.column,
        "message": error.message,
    }


def reap(*, at: datetime) -> dict[str, int]:
    """Fails imports whose worker fell silent, and sends waiting ones again; how many of each."""
    reason = _("The worker stopped in the middle. Please import the list again.")
    return long_work.reap(ImportRun.objects.all(), task=TASK, reason=reason, at=at)
