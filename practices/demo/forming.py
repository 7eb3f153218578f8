"""The demo's how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from datetime import date


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
