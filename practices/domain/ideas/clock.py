"""How long an idea still waits for the answer it is owed, and how a state looks: in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.enums import IdeaState
from practices.models import Idea

# Days before its end in which the clock asks to be looked at.
_SOON = 7
_LOOKS = {
    IdeaState.NEW: ("info", "bulb"),
    IdeaState.EXPLORED: ("info", "search"),
    IdeaState.TRIED: ("info", "clock"),
    IdeaState.ADOPTED: ("ok", "check"),
    IdeaState.PARKED: ("quiet", "minus"),
}


@dataclass(frozen=True)
class Chip:
    """A state as `status_chip` draws it."""

    kind: str
    icon: str
    label: str


def state(idea: Idea) -> Chip:
    """How far it got."""
    kind, icon = _LOOKS[IdeaState(idea.state)]
    return Chip(kind, icon, idea.get_state_display())


def left(idea: Idea, today: date) -> Chip:
    """Days until the answer is due, days it is late, or the days it took."""
    if idea.answered_on:
        took = (idea.answered_on - idea.added_on).days
        said = ngettext("Answered after %(n)d day", "Answered after %(n)d days", took)
        return Chip("ok", "check", said % {"n": took})
    days = (idea.answer_due_on - today).days
    if days < 0:
        said = ngettext("Answer %(n)d day late", "Answer %(n)d days late", -days)
        return Chip("bad", "warning", said % {"n": -days})
    if days == 0:
        return Chip("warn", "clock", _("Answer due today"))
    said = ngettext("Answer due in %(n)d day", "Answer due in %(n)d days", days)
    return Chip("warn" if days <= _SOON else "quiet", "clock", said % {"n": days})
