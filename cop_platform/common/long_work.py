"""Long work: asked for once, done once, told of while it goes on, stopped when somebody says so.

The row is a LongJob of some room; what is the same for all of them stands here. The room adds who
may ask, what is done, and the words of its pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common import jobs
from cop_platform.common.models import JobState, LongJobQuerySet
from cop_platform.common.refusals import NotPossible, Refused

logger = logging.getLogger(__name__)

SILENT = timedelta(minutes=10)
LOST = timedelta(minutes=1)

Progress = Callable[[int, str], None]


class RunOver(NotPossible):
    """The work has ended already, so it cannot be stopped."""


class Stopped(Exception):
    """The run was cancelled or reaped; its worker lets go."""


def work(
    runs: LongJobQuerySet, *, run_id: int, at: datetime, do: Callable[[int, Progress], None]
) -> bool:
    """Does a queued run from beginning to end; False when there was nothing to do.

    `do` gets the key of the run and a function that takes percent and step; it ends with `finish`.
    A second delivery finds the run taken. However it ends, the row says so in words.
    """
    if not runs.claim(run_id, at):
        return False
    try:
        with _reporting(runs, run_id) as progress:
            do(run_id, progress)
    except Stopped:
        logger.info("%s %s was stopped.", runs.model.__name__, run_id)
    except (NotPossible, Refused) as error:
        runs.fail(run_id, str(error), timezone.now())
    except SoftTimeLimitExceeded:
        runs.fail(run_id, _("The work took too long and was given up."), timezone.now())
    except Exception:
        logger.exception("%s %s failed.", runs.model.__name__, run_id)
        reason = _("Something went wrong that we did not expect. It was written down; try again.")
        runs.fail(run_id, reason, timezone.now())
    return True


@contextmanager
def _reporting(runs: LongJobQuerySet, run_id: int) -> Iterator[Progress]:
    """A function that tells of progress at once and raises Stopped when the run is over.

    It writes on a connection of its own, which Django gives to each thread: within the
    transaction of the work nobody would see it before the end, and it would hold the row against
    whoever presses "stop".
    """
    with ThreadPoolExecutor(max_workers=1) as beside:

        def progress(percent: int, step: str) -> None:
            told = beside.submit(runs.report, run_id, percent, step, timezone.now())
            if not told.result():
                raise Stopped

        try:
            yield progress
        finally:
            beside.submit(_let_go).result()


def _let_go() -> None:
    """Closes the connection of the thread that runs this."""
    connection.close()


def finish(runs: LongJobQuerySet, *, run_id: int, **result: Any) -> None:
    """Ends the run well; call it last, in the transaction that writes what the work made.

    Raises Stopped when the run was cancelled or reaped meanwhile, so that nothing is kept.
    """
    if not runs.finish(run_id, timezone.now(), **result):
        raise Stopped


def cancel(runs: LongJobQuerySet, *, run_id: int, at: datetime) -> None:
    """Stops the work; nothing of it is kept. Raises RunOver when it has ended."""
    if not runs.cancel(run_id, at):
        raise RunOver(_("This work has ended already."))


def reap(runs: LongJobQuerySet, *, task: str, reason: str, at: datetime) -> dict[str, int]:
    """Fails runs whose worker fell silent, and sends waiting ones again; how many of each."""
    silent = runs.silent_since(at - SILENT).values_list("pk", flat=True)
    failed = sum(runs.fail(pk, reason, at) for pk in silent)
    lost = list(runs.waiting_since(at - LOST).values_list("pk", flat=True))
    runs.filter(pk__in=lost, state=JobState.QUEUED).update(heartbeat_at=at)
    for pk in lost:
        jobs.enqueue(task, run_id=pk)
    return {"failed": failed, "sent_again": len(lost)}
