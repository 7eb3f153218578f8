"""What members do for each other, as the rest of the platform knows it."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
