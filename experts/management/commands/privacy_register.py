"""Renews the table of personal data in docs/privacy.md."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from experts.domain import privacy


class Command(BaseCommand):
    help = "Write the register of personal data into docs/privacy.md."

    def handle(self, *args: Any, **options: Any) -> None:
        document = privacy.DOCUMENT.read_text(encoding="utf-8")
        privacy.DOCUMENT.write_text(privacy.with_register(document), encoding="utf-8")
