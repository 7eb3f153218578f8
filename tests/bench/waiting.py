"""How long the oldest due mail waits while reports are compiled by real workers."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

SECONDS = int(os.environ.get("BENCH_WAITING_SECONDS", "120"))
# A report is asked for again and again, so that one is compiled all the time.
REPORT_EVERY, MAIL_EVERY = 5.0, 1.0


def oldest_due(port: int) -> float:
    """Seconds the oldest due mail was old at the 99th percentile of all looks at it.

    Every mail is due without a hint to the worker, as a reminder is: only the tick finds it.
    """
    from django.utils import timezone

    from experts.domain import health
    from experts.models import Message

    messages = list(Message.objects.order_by("pk")[:SECONDS])
    Message.objects.update(state="withdrawn")
    looks = []
    with _running(port):
        end, next_mail, next_report = time.monotonic() + SECONDS, 0.0, 0.0
        while (now := time.monotonic()) < end:
            if now >= next_report:
                next_report = now + REPORT_EVERY
                _ask_for_a_report(int(now))
            if now >= next_mail and messages:
                next_mail = now + MAIL_EVERY
                row = Message.objects.filter(pk=messages.pop().pk)
                row.update(state="planned", due_at=timezone.now(), payload={"sequence": 0})
            looks.append(health.standing(timezone.now()).oldest_due_seconds)
            time.sleep(0.25)
    return statistics.quantiles(looks, n=100)[-1]


def _ask_for_a_report(number: int) -> None:
    from django.utils import timezone

    from cop_platform.common.reporting.sections import Profile
    from experts.models import User
    from feedback.reports.domain import runs
    from feedback.reports.domain.asking import Asked
    from feedback.reports.domain.period import Period

    user = User.objects.get(email="coordinator.bg@demo.example")
    today = timezone.now().date()
    # Another period each time: asking for the same report twice gives the same run.
    period = Period(today - timedelta(days=200 + number % 150), today)
    asked = Asked(period=period, profile=Profile.AGENCY, country=user.person.country)
    runs.request_run(asked=asked, language="en", by=user, at=timezone.now())


@contextmanager
def _running(port: int) -> Iterator[None]:
    """The workers and the beat of production."""
    celery = [sys.executable, "-m", "celery", "-A", "cop_platform"]
    with tempfile.TemporaryDirectory() as folder:
        commands = [
            [*celery, "worker", "--concurrency", "1", "--queues", "celery"],
            [*celery, "worker", "--concurrency", "1", "--queues", "long", "--hostname", "long@%h"],
            [*celery, "beat", "--schedule", f"{folder}/beat"],
        ]
        environment = os.environ | {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
        with open(os.devnull, "wb") as nothing:
            children = [
                subprocess.Popen(command, env=environment, stdout=nothing, stderr=nothing)
                for command in commands
            ]
        try:
            yield
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()
