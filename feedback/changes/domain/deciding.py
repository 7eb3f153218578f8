"""What becomes of a change request: accepted, accepted in another form, or declined, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.changes import permissions, sources
from feedback.changes.domain import ledger
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from materials.models import Version


class NoReason(NotPossible):
    """Every decision has a reason; who asked is owed one."""


class NotDecidable(NotPossible):
    """The request cannot be decided on as it stands."""


class NoEvidence(NotPossible):
    """The version does not show that the change was made."""


@dataclass(frozen=True)
class Sum:
    """What a deed on several requests came to."""

    decided: int
    left: int


@transaction.atomic
def decide(
    *,
    change_id: int,
    decision: str,
    reason: str,
    public_asked: str,
    revision: int,
    by: User,
    at: datetime,
) -> ChangeRequest:
    """Decides on an open request; who wrote the comment is told, as are those of merged ones.

    The same decision sent twice is one. Raises Refused, NoReason, NotDecidable, ChangedMeanwhile.
    """
    change = ledger.locked(change_id)
    permissions.may_decide(by, change)
    said = (decision, reason, public_asked)
    if (change.decision, change.reason, change.public_asked) == said:
        return change
    ledger.check_revision(change, revision)
    change.public_asked = public_asked
    return _decide([change], decision, reason, by, at)[0]


@transaction.atomic
def decide_alike(
    *, change_ids: Iterable[int], decision: str, reason: str, by: User, at: datetime
) -> Sum:
    """Decides on several open requests the same way, for one reason.

    Those that somebody has decided on or merged meanwhile, and those that are not this person's to
    decide, are left alone and counted. Raises NoReason, NotDecidable.
    """
    keys = set(change_ids)
    rows = ChangeRequest.objects.visible_to(by).filter(pk__in=keys)
    there = ChangeRequest.objects.select_for_update(of=("self",)).select_related("material")
    found = there.filter(pk__in=list(rows.values_list("pk", flat=True))).order_by("pk")
    open_ones = [
        change
        for change in found
        if change.decision == Decision.OPEN
        and change.merged_into_id is None
        and permissions.may_decide.allows(by, change)
    ]
    _decide(open_ones, decision, reason, by, at)
    return Sum(len(open_ones), len(keys) - len(open_ones))


@transaction.atomic
def reopen(*, change_id: int, reason: str, revision: int, by: User, at: datetime) -> ChangeRequest:
    """Takes a decision back; the reason stands in its place until the next one.

    Who was told of the decision is told of the next one. Raises Refused, NoReason, NotDecidable,
    ChangedMeanwhile.
    """
    change = ledger.locked(change_id)
    permissions.may_decide(by, change)
    if (change.decision, change.reason) == (Decision.OPEN, reason):
        return change
    ledger.check_revision(change, revision)
    if change.decision == Decision.OPEN:
        raise NotDecidable(_("This request is not decided on yet."))
    if not reason.strip():
        raise NoReason(_("Say why it is looked at again."))
    change.decision, change.reason = Decision.OPEN, reason
    change.decided_by = change.decided_at = change.told_at = change.done_in = None
    return ledger.save(change, "change reopened", by, at)


@transaction.atomic
def show_done(
    *, change_id: int, version: Version | None, revision: int, by: User, at: datetime
) -> ChangeRequest:
    """Names the version in which an accepted change was made; None takes that back.

    Raises Refused, NoEvidence, ChangedMeanwhile.
    """
    change = ledger.locked(change_id)
    permissions.may_decide(by, change)
    if change.done_in == version:
        return change
    ledger.check_revision(change, revision)
    if version is not None and not _may_show(change, version):
        raise NoEvidence(
            _("Choose a newer version of this material; only what was accepted can be done.")
        )
    change.done_in = version
    return ledger.save(change, "change done" if version else "change not done", by, at)


def evidence(change: ChangeRequest) -> QuerySet[Version]:
    """The versions that can show a change: newer ones of its material, the newest first."""
    versions = Version.objects.filter(material=change.material_id)
    return versions.filter(number__gt=change.version.number).order_by("-number")


def _may_show(change: ChangeRequest, version: Version) -> bool:
    accepted = change.decision in {Decision.ACCEPT, Decision.ADAPT}
    return accepted and evidence(change).filter(pk=version.pk).exists()


def _decide(
    changes: list[ChangeRequest], decision: str, reason: str, by: User, at: datetime
) -> list[ChangeRequest]:
    if decision not in set(Decision) - {Decision.OPEN}:
        raise NotDecidable(_("Choose what becomes of it."))
    if not reason.strip():
        raise NoReason(_("Give the reason: who asked will read it."))
    for change in changes:
        if change.decision != Decision.OPEN or change.merged_into_id:
            raise NotDecidable(_("This request is decided on: reopen it to decide anew."))
        change.decision, change.reason = decision, reason
        change.decided_by, change.decided_at = by.person, at
        change.told_at = at if change.source_kind else None
        ledger.save(change, "change decided", by, at)
    _tell(changes, at)
    return changes


def _tell(changes: list[ChangeRequest], at: datetime) -> None:
    """Lets the rooms the comments came from tell their writers, merged ones among them."""
    keys: dict[str, list[int]] = defaultdict(list)
    merged = ChangeRequest.objects.filter(merged_into__in=changes)
    for change in [*changes, *merged]:
        if change.source_key is not None:
            keys[change.source_kind].append(change.source_key)
    for kind, some in sorted(keys.items()):
        source = sources.find(kind)
        if source is not None:
            source.tell(some, at)
