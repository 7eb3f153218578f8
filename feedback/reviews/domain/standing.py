"""How the state of a carried place, and of a decision, is said: an icon, a word, how sure it is."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from feedback.changes.enums import Decision
from feedback.reviews.enums import Carried

_SURE, _LIKELY = 0.97, 0.8


class Chip(NamedTuple):
    """Kind and icon of a status chip, and its word."""

    kind: str
    icon: str
    label: str


_CARRIED = {
    Carried.KEPT: ("quiet", "pin"),
    Carried.MOVED: ("info", "chevron-end"),
    Carried.CHANGED: ("warn", "edit"),
    Carried.GONE: ("quiet", "x"),
}
_DECIDED = {
    Decision.ACCEPT: ("ok", "check"),
    Decision.ADAPT: ("ok", "edit"),
    Decision.DECLINE: ("quiet", "x"),
}


def chip_of(state: str) -> Chip:
    """Where a place stands in the newer version."""
    known = Carried(state)
    return Chip(*_CARRIED[known], str(known.label))


def decision_chip(decision: str) -> Chip:
    """What was decided on a request."""
    known = Decision(decision)
    return Chip(*_DECIDED.get(known, ("warn", "clock")), str(known.label))


def sureness(state: str, score: float, *, same_words: bool) -> str:
    """The score in words, as a reader takes it."""
    if state == Carried.GONE:
        return _("Nothing like it was found in this version.")
    if state == Carried.CHANGED:
        if same_words:
            return _("The same words stand here among others. Please look whether it is the place.")
        if score >= _LIKELY:
            return _("It is this place; its words are others now.")
        return _("Perhaps it is this place. Please look yourself.")
    if score >= _SURE:
        return _("The same words, surely.")
    return _("The same words, very likely this place.")
