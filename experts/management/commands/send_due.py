"""Sends what is due now, once, without a worker."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from experts.domain import sender


class Command(BaseCommand):
    help = "Send every message that is due now, and print what became of them."

    def handle(self, *args: Any, **options: Any) -> None:
        done = sender.send_due(at=timezone.now())
        figures = {
            "sent": done.sent,
            "retried": done.retried,
            "failed": done.failed,
            # Not mailed, and rightly so.
            "skipped": done.withdrawn + done.shown + done.later + done.gathered,
            "parked": done.parked,
        }
        self.stdout.write(json.dumps(figures))
