"""What the demo's communities learnt, part by part."""

from __future__ import annotations

from datetime import date

from practices.demo import (
    forming,
    health,
    ideas,
    leaving,
    people,
    practices,
    questions,
    stories,
    talk,
    watch,
)

# Charters first: topics stand in them; then people, what they do, and the figures over it. Who
# left comes last, so that no other part takes them for one of its experts.
_ORDER = (forming, people, practices, ideas, questions, stories, watch, talk, health, leaving)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for part in _ORDER:
        part.seed(anchor)
