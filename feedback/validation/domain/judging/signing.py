"""The second signature, its refusal, and the withdrawal of a verdict."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.validation import permissions
from feedback.validation.domain.judging import heirs, signers
from feedback.validation.models import Verdict
from materials.models import Version


class NotWaiting(NotPossible):
    """The verdict does not wait for a signature any more."""


@transaction.atomic
def countersign(*, verdict_id: int, by: User, at: datetime) -> Verdict:
    """Signs second: the verdict is in force and replaces what held before.

    Raises Refused for the first signer, without the right and for who is too close; NotWaiting.
    """
    verdict = _locked(verdict_id)
    permissions.may_sign_second(by, verdict)
    signers.check(
        by, verdict.version, verdict.country_id, verdict.round, first=verdict.confirmed_by
    )
    _check_waits(verdict)
    before = Verdict.objects.in_force().filter(version=verdict.version, country=verdict.country_id)
    for one in before:
        heirs.replace(one, verdict, by=by, at=at)
    verdict.second_by, verdict.final_at = by.person, at
    verdict.save(update_fields=["second_by", "final_at"])
    _record("verdict signed second", verdict, by, at)
    return verdict


@transaction.atomic
def refuse(*, verdict_id: int, reason: str, by: User, at: datetime) -> Verdict:
    """Says no to a verdict that waits, or takes one's own back: the question is open again.

    The row is kept as it was asked for. Raises Refused, NotWaiting.
    """
    verdict = _locked(verdict_id)
    permissions.may_refuse(by, verdict)
    _check_waits(verdict)
    verdict.withdrawn_at, verdict.withdrawn_by = at, by.person
    verdict.withdrawal_reason = reason
    verdict.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _record("second signature refused", verdict, by, at)
    return verdict


@transaction.atomic
def withdraw(*, verdict_id: int, reason: str, by: User, at: datetime) -> Verdict:
    """Takes back what was said; editions that took it over lose it as well.

    Raises Refused, heirs.NotInForce.
    """
    verdict = _locked(verdict_id)
    permissions.may_withdraw(by, verdict)
    heirs.end(verdict, reason, by=by, at=at)
    verdict.refresh_from_db(fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return verdict


def _locked(verdict_id: int) -> Verdict:
    """The verdict, with its version locked first, as everybody who says something of it does."""
    version = Verdict.objects.values_list("version_id", flat=True).get(pk=verdict_id)
    Version.objects.select_for_update(of=("self",)).get(pk=version)
    rows = Verdict.objects.select_for_update(of=("self",)).with_facts()
    return rows.get(pk=verdict_id)


def _check_waits(verdict: Verdict) -> None:
    if verdict.withdrawn_at:
        raise NotWaiting(_("The second signature was refused meanwhile: the question is open."))
    if verdict.final_at:
        raise NotWaiting(_("This verdict is signed already."))


def _record(deed: str, verdict: Verdict, by: User, at: datetime) -> None:
    audit.record(
        deed=deed,
        about=verdict,
        by=by,
        at=at,
        country_id=verdict.country_id,
        standing=verdict.standing,
    )
