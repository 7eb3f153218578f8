"""The jobs of every tick, by name, so that the demo and the tests can run them as of any moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

PeriodicJob = Callable[[datetime], object]
_jobs: dict[str, PeriodicJob] = {}


def register(name: str, job: PeriodicJob) -> None:
    """Adds a job that is run with the instant of the tick; called in AppConfig.ready."""
    _jobs[name] = job


def run_all(at: datetime) -> dict[str, object]:
    """Runs every registered job as of `at`; what each gave back, by name."""
    return {name: job(at) for name, job in sorted(_jobs.items())}
