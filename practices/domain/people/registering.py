"""What members do for each other, as the rest of the platform knows it."""

from __future__ import annotations

from cop_platform.common import needs, panels, periodic
from cop_platform.common.reporting import sections
from experts.domain import message_kinds
from practices.domain import contributing
from practices.domain.people import (
    coffee,
    coffee_asking,
    helping,
    mails,
    match_mails,
    note_mails,
    quiet,
    report,
)
from practices.domain.people import needs as own_needs
from practices.domain.people import panels as own_panels


def register() -> None:
    """Called once, when the app is ready."""
    for kind in (*mails.KINDS, *note_mails.KINDS, *match_mails.KINDS):
        message_kinds.register(kind)
    contributing.register(helping.contributions)
    needs.register(own_needs.of, own_needs.asks)
    needs.register(coffee_asking.of, coffee_asking.asks)
    panels.register("person", own_panels.of_person)
    panels.register("profile", own_panels.of_profile)
    sections.register(report.SECTION)
    periodic.register("coffee of the month", coffee.monthly)
    periodic.register("quiet notes", quiet.tick)
