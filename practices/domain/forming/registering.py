"""What the forming of communities brings to the rest of the platform."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
