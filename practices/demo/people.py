"""The demo's members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from datetime import date


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
