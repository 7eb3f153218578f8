"""Kinds of messages of which nobody but the reader learns whether they were sent.

A room adds the name when it registers the kind; the contact log leaves those rows out.
"""

from __future__ import annotations

_kinds: set[str] = set()


def add(kind: str) -> None:
    """Makes a kind of message confidential; called in AppConfig.ready."""
    _kinds.add(kind)


def kinds() -> list[str]:
    """All confidential kinds, by name."""
    return sorted(_kinds)
