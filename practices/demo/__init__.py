"""What the demo's communities learnt, part by part."""

from __future__ import annotations

from datetime import date

from practices.demo import (
    forming,
    health,
    ideas,
    people,
    practices,
    questions,
    stories,
    talk,
    watch,
)

# Charters first: topics stand in them; then people, what they do, and the figures over it.
_ORDER = (forming, people, practices, ideas, questions, stories, watch, talk, health)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for part in _ORDER:
        part.seed(anchor)
