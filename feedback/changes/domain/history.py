"""What was done with a change request, by whom and when, the newest first.

The deeds say who and when; the words of each decision stand in the row's own history, which is
joined by the revision the deed led to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from experts.models import AuditEvent, Person
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest


@dataclass(frozen=True)
class Step:
    """`who` is empty where the person's account is gone."""

    at: datetime
    who: str
    said: str
    reason: str


def of(change: ChangeRequest) -> list[Step]:
    """Three questions."""
    events = list(
        AuditEvent.objects.filter(object_kind=change._meta.label_lower, object_id=change.pk)
    )
    rows = apps.get_model("feedback", "ChangeRequestEvent")._base_manager
    kept = rows.filter(pgh_obj_id=change.pk).select_related("done_in").order_by("pgh_id")
    states = {row.revision: row for row in kept}
    actors = {event.actor for event in events if event.actor}
    people = Person.objects.filter(user__public_code__in=actors)
    names = dict(people.values_list("user__public_code", "name"))
    return [
        Step(
            at=event.at,
            who=names.get(event.actor, "") if event.actor else "",
            said=_said(event.deed, states.get(event.detail.get("revision"))),
            reason=_reason(event.deed, states.get(event.detail.get("revision"))),
        )
        for event in events
    ]


def _said(deed: str, state: Any) -> str:
    plain = {
        "change asked for": _("Asked for"),
        "change worded": _("Words for the public table changed"),
        "change merged": _("Made part of another request"),
        "change taken apart": _("Made a request of its own again"),
        "change reopened": _("Opened again"),
        "change not done": _("Not done yet after all"),
    }
    if deed == "change decided" and state is not None:
        return str(Decision(state.decision).label)
    if deed == "change done" and state is not None and state.done_in is not None:
        return _("Done in version %(number)d") % {"number": state.done_in.number}
    if deed == "change arranged" and state is not None:
        severity = Severity(state.severity).label
        return _("Severity, owner or day set; severity: %(severity)s") % {"severity": severity}
    return plain.get(deed, deed)


def _reason(deed: str, state: Any) -> str:
    return state.reason if deed in {"change decided", "change reopened"} and state else ""
