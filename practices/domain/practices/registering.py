"""What good practices, their versions, checks and adoptions bring to the rest of the platform."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
