"""The door for upper apps: who was asked to read a version before it is released."""

from __future__ import annotations

from materials.readers import (
    PeopleSource,
    Source,
    asked_to_read,
    people_asked,
    register,
    register_people,
)

__all__ = [
    "PeopleSource",
    "Source",
    "asked_to_read",
    "people_asked",
    "register",
    "register_people",
]
