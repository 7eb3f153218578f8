"""What commands for scripts share: one JSON document on stdout, the exit code says how it went."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

FAILED, BAD_INPUT = 1, 2


class JsonCommand(BaseCommand):
    """A command that answers once, by `answer` or by `stop`; logs go to stderr."""

    def answer(self, document: dict[str, Any]) -> None:
        """Prints the answer."""
        self.stdout.write(json.dumps(document, ensure_ascii=False))

    def stop(self, sentence: str, code: int = BAD_INPUT) -> NoReturn:
        """Prints why it did not work and ends with `code`."""
        self.answer({"error": sentence})
        raise SystemExit(code)
