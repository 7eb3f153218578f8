"""Where a change request stands, as an icon and a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest


@dataclass(frozen=True)
class State:
    """Plain values of a chip."""

    kind: str
    icon: str
    label: str


def state_of(change: ChangeRequest, today: date | None = None) -> State:
    """Needs `done_in`; late ones are said to be so where the reader's day is given."""
    if change.merged_into_id:
        return State("quiet", "link", _("Part of another request"))
    if change.done_in is not None:
        said = _("Done in version %(number)d") % {"number": change.done_in.number}
        return State("ok", "check", said)
    if change.decision == Decision.OPEN:
        if is_late(change, today):
            return State("bad", "clock", _("Overdue"))
        return State("warn", "question", change.get_decision_display())
    if change.decision == Decision.DECLINE:
        return State("quiet", "x", change.get_decision_display())
    return State("info", "check", change.get_decision_display())


def severity_of(change: ChangeRequest) -> State:
    """How grave it is; a critical one is marked, the others are told quietly."""
    if change.severity == Severity.CRITICAL:
        return State("bad", "warning", change.get_severity_display())
    kind = "warn" if change.severity == Severity.MAJOR else "quiet"
    return State(kind, "info", change.get_severity_display())


def is_late(change: ChangeRequest, today: date | None) -> bool:
    """Not decided on, and the day for it is over."""
    open_one = change.decision == Decision.OPEN and change.merged_into_id is None
    return open_one and today is not None and change.due_on is not None and change.due_on < today
