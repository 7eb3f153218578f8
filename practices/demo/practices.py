"""The demo's good practices, their versions, checks and adoptions."""

from __future__ import annotations

from datetime import date


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
