"""What the app brings to the rest of the platform, part by part."""

from __future__ import annotations

from cop_platform.common import personal_data as register_of_data
from practices import personal_data
from practices.domain import found
from practices.domain.forming import registering as forming
from practices.domain.health import registering as health
from practices.domain.ideas import registering as ideas
from practices.domain.people import registering as people
from practices.domain.practices import registering as practices
from practices.domain.questions import registering as questions
from practices.domain.stories import registering as stories
from practices.domain.talk import registering as talk
from practices.domain.watch import registering as watch

_PARTS = (forming, people, practices, ideas, questions, stories, watch, talk, health)


def register() -> None:
    """Called once, when the app is ready."""
    register_of_data.register(personal_data.RECORDS, personal_data.PLAIN)
    for part in _PARTS:
        part.register()
    found.register()
