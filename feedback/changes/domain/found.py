"""What the search finds here: changes that were asked for, as the ledger shows them."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.looking import Joined
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Source
from experts.models import User
from feedback.changes.models import ChangeRequest

# As the index has them, in this order.
CHANGE = ("asked", "reason")


def _changes(user: User, needle: Needle) -> QuerySet:
    seen = ChangeRequest.objects.visible_to(user).alone()
    return looking.fitting(seen, needle, *CHANGE)


SOURCE = Source(
    kind="changes",
    label=_lazy("Changes"),
    icon="edit",
    model=ChangeRequest,
    find=_changes,
    anywhere=sources.anybodys(ChangeRequest, *CHANGE),
    title=Joined(F("material__code"), F("material__title")),
    text=Joined(F("asked"), F("reason")),
    url=lambda row: numbered("change_detail", row.key),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(SOURCE)
