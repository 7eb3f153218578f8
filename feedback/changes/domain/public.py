"""“You said, we did”: what everybody reads of the changes asked of a material."""

from __future__ import annotations

from django.db.models import Count

from feedback.changes.domain import words_check
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from materials import promises
from materials.promises import Promise

# Fewer people than this would tell who they are.
SMALLEST = 5
_LOOKS = {
    Decision.ACCEPT: ("info", "check"),
    Decision.ADAPT: ("info", "check"),
    Decision.DECLINE: ("quiet", "x"),
}


def rows(material_id: int) -> list[Promise]:
    """The decisions that may be told, what is done first. One question.

    A request without words of its own for the public says how grave it is and nothing more; how
    many asked the same is told from five on.
    """
    found = ChangeRequest.objects.public().filter(material=material_id)
    found = found.select_related("version", "done_in").annotate(others=Count("merged"))
    told = [_told(change, 1 + change.others) for change in found.order_by("-decided_at", "-pk")]
    return sorted(told, key=lambda row: row.done_in == 0)


def _told(change: ChangeRequest, people: int) -> Promise:
    kind, icon = _LOOKS[Decision(change.decision)]
    return Promise(
        asked=words_check.scrubbed(change.public_asked),
        severity=change.get_severity_display(),
        decision=change.get_decision_display(),
        kind="ok" if change.done_in else kind,
        icon=icon,
        reason=words_check.scrubbed(change.reason),
        version=change.version.number,
        done_in=change.done_in.number if change.done_in else 0,
        people=people if people >= SMALLEST else 0,
    )


def exists(material_id: int) -> bool:
    """Whether there is anything to tell."""
    return ChangeRequest.objects.public().filter(material=material_id).exists()


SOURCE = promises.Source(rows=rows, exists=exists)
