"""What the page of a material shows of its changes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.changes.domain import public
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from materials.models import Material

_OPEN = Q(decision=Decision.OPEN)
_ACCEPTED = Q(decision__in=[Decision.ACCEPT, Decision.ADAPT])


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """Numbers for those who see the ledger of this material."""
    counts = (
        ChangeRequest.objects.visible_to(user)
        .alone()
        .filter(material=material)
        .order_by("version__number")
        .values("version", "version__number")
        .annotate(
            open=Count("pk", filter=_OPEN),
            critical=Count("pk", filter=_OPEN & Q(severity=Severity.CRITICAL)),
            to_do=Count("pk", filter=_ACCEPTED & Q(done_in__isnull=True)),
            done=Count("pk", filter=Q(done_in__isnull=False)),
            declined=Count("pk", filter=Q(decision=Decision.DECLINE)),
        )
    )
    versions = list(counts)
    if versions or material.owner_id == user.person.pk:
        yield Panel(
            "feedback/_change_panel.html",
            {
                "material": material,
                "versions": versions,
                "open": sum(row["open"] for row in versions),
                "critical": sum(row["critical"] for row in versions),
            },
        )


def told_rows(_user: User, material: Material) -> Iterator[QuerySet[ChangeRequest]]:
    """Decisions that everybody may hear of."""
    yield ChangeRequest.objects.public().filter(material=material)


def told(_user: User, material: Material) -> Iterator[Panel]:
    """The public table, for every member."""
    yield Panel("feedback/_said_we_did.html", {"rows": public.rows(material.pk)})
