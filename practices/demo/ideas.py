"""The demo's ideas, votes, experiments."""

from __future__ import annotations

from datetime import date


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
