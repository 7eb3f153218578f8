"""What happens to a verdict that others stand on: it is replaced or withdrawn, and they follow.

An edition that took over the verdict of its source stands as long as that one does. When the
source's is withdrawn, or replaced by one that is not to be relied on, so is the edition's, in the
same transaction: every page, list and gate then sees one and the same thing.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.validation.domain.judging import verdict_notices
from feedback.validation.enums import GOOD
from feedback.validation.models import Verdict


class NotInForce(NotPossible):
    """The verdict was replaced or withdrawn meanwhile."""


def replace(before: Verdict, after: Verdict, *, by: User, at: datetime) -> None:
    """Ends what held before, in favour of another one. Raises NotInForce."""
    ended = Verdict.objects.in_force().filter(pk=before.pk).update(superseded_at=at)
    if not ended:
        raise NotInForce(_("This verdict was replaced or withdrawn meanwhile."))
    if after.standing not in GOOD:
        reason = _("The verdict on the source was replaced: %(standing)s.")
        fall(before, reason % {"standing": after.get_standing_display()}, by=by, at=at)


def end(verdict: Verdict, reason: str, *, by: User, at: datetime) -> None:
    """Withdraws a verdict in force, and all that stand on it. Raises NotInForce."""
    ended = Verdict.objects.in_force().filter(pk=verdict.pk)
    if not ended.update(withdrawn_at=at, withdrawn_by=by.person, withdrawal_reason=reason):
        raise NotInForce(_("This verdict was replaced or withdrawn meanwhile."))
    audit.record(
        deed="verdict withdrawn", about=verdict, by=by, at=at, country_id=verdict.country_id
    )
    verdict_notices.tell_withdrawn(verdict, at=at)
    fall(
        verdict,
        _("The verdict on the source was withdrawn: %(why)s") % {"why": reason},
        by=by,
        at=at,
    )


def fall(source: Verdict, reason: str, *, by: User, at: datetime) -> None:
    """Withdraws the verdicts that were taken over from this one."""
    taken = Verdict.objects.in_force().filter(inherits=source)
    for heir in taken.select_for_update(of=("self",)).with_facts().order_by("pk"):
        end(heir, reason, by=by, at=at)
