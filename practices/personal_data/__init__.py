"""What is known about members from what they learn together, part by part."""

from __future__ import annotations

from practices.personal_data import (
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

_PARTS = (forming, health, ideas, people, practices, questions, stories, talk, watch)
RECORDS = tuple(record for part in _PARTS for record in part.RECORDS)
PLAIN = {model: fields for part in _PARTS for model, fields in part.PLAIN.items()}
