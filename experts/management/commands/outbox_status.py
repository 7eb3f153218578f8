"""Prints where the outbox stands, for monitoring."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from experts.domain import health


class Command(BaseCommand):
    help = "Print the figures of the outbox: what is due, how late, what failed, who lives."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(health.standing(timezone.now()).plain()))
