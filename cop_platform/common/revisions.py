"""The state a form was opened with, as a page sends it back."""

from __future__ import annotations

from django.http import QueryDict


def seen(posted: QueryDict) -> int:
    """The revision sent as `revision`; 0, which no row has, for anything that is no number."""
    typed = posted.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
