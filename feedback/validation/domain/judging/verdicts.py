"""A person says what the figures come to: confirms the proposal, or decides otherwise.

What agrees with the proposal holds at once. What differs waits for another person's signature.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from feedback.reviews.domain import policies
from feedback.reviews.models import ReviewRound
from feedback.validation import permissions
from feedback.validation.domain.judging import (
    basis,
    heirs,
    proposing,
    signers,
    verdict_words,
)
from feedback.validation.domain.judging.basis import Basis
from feedback.validation.domain.judging.proposing import Proposal
from feedback.validation.domain.policy import rules
from feedback.validation.enums import PROPOSED, Standing
from feedback.validation.models import Verdict
from materials.models import Version


class NotJudged(NotPossible):
    """There is nothing to say about this panel (yet); the message says why."""


class SaidMeanwhile(NotPossible):
    """Somebody else has signed since the page was opened."""


class NeedsReason(NotPossible):
    """Who decides otherwise says why."""


class BasisChanged(NotPossible):
    """The figures are others than those that were looked at; `before` and `now` as stored."""

    def __init__(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        super().__init__(_("The figures changed since you opened the page."))
        self.before = before
        self.now = now


@dataclass(frozen=True)
class Saying:
    """What a person says of a version, and why where it differs from the proposal."""

    standing: Standing
    reason: str = ""
    minority: str = ""


@dataclass(frozen=True)
class Seen:
    """What was on the page: the basis as stored, and the key of what stood then (0: nothing)."""

    basis: Mapping[str, Any]
    stood: int


def lasts_until(closed_on: date, months: int) -> date:
    """The last day of the month that lies so many months after the round was closed.

    It counts from the evidence, not from the signature: signing again makes nothing younger.
    """
    year, month = divmod(closed_on.year * 12 + closed_on.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def closed_on(review_round: ReviewRound, user: User) -> date:
    """The day the round was closed, on this person's clock."""
    assert review_round.closed_at is not None  # asked of closed rounds
    return to_wall(review_round.closed_at, user.person.zone).date()


def standing_now(version: Version, country_id: int | None) -> Verdict | None:
    """What is said of a version in a country now: what waits for a signature, else what holds."""
    rows = Verdict.objects.filter(version=version, country=country_id).with_facts()
    return rows.current().first()


def find_panel(review_round: ReviewRound, country_id: int | None) -> Basis:
    """The basis of one panel of a closed round. Raises NotJudged."""
    if review_round.closed_at is None:
        raise NotJudged(_("The round is still open: its verdict comes when it is closed."))
    if country_id is basis.ALL and review_round.country_id is not None:
        raise NotJudged(_("This round asked one country: it says nothing for the consortium."))
    found = basis.gather(review_round).get(country_id)
    if found is None:
        raise NotJudged(_("Nobody of this country was asked in this round."))
    return found


@transaction.atomic
def confirm(
    *,
    round_id: int,
    country_id: int | None,
    saying: Saying,
    seen: Seen,
    by: User,
    at: datetime,
) -> Verdict:
    """Signs what is said of the round's version in a country, or in the consortium for None.

    It is in force at once where it is what was proposed, and replaces what held before; else it
    waits for a second signature. Raises Refused, NotJudged, SaidMeanwhile, BasisChanged,
    NeedsReason.
    """
    permissions.may_confirm(by, country_id)
    rounds = ReviewRound.objects.with_version().select_related("policy")
    review_round = rounds.get(pk=round_id)
    # Whoever says something of this version waits here for the other.
    Version.objects.select_for_update(of=("self",)).get(pk=review_round.version_id)
    signers.check(by, review_round.version, country_id, review_round)
    found = find_panel(review_round, country_id)
    before = _check_stood(review_round.version, country_id, seen)
    stored = found.stored()
    if basis.digest(stored) != basis.digest(seen.basis):
        raise BasisChanged(seen.basis, stored)
    proposal = proposing.propose(found.counts, rules.of_round(review_round))
    _check_says_something(before, review_round, proposal, saying, stored)
    verdict = _create(review_round, country_id, proposal, saying, stored, by, at)
    if verdict.final_at and before is not None:
        heirs.replace(before, verdict, by=by, at=at)
    verdict.save(force_insert=True)
    deed = "verdict confirmed" if verdict.final_at else "verdict waits for a second signature"
    audit.record(
        deed=deed,
        about=verdict,
        by=by,
        at=at,
        country_id=country_id,
        standing=verdict.standing,
        proposal=verdict.proposal,
        sha256=verdict.sha256,
    )
    return verdict


def _check_stood(version: Version, country_id: int | None, seen: Seen) -> Verdict | None:
    """What is in force; raises SaidMeanwhile where something else stands than was seen."""
    stands = standing_now(version, country_id)
    if (stands.pk if stands else 0) != seen.stood:
        if stands is None:
            raise SaidMeanwhile(_("What stood here was taken back meanwhile. Please look again."))
        raise SaidMeanwhile(
            _("%(name)s has signed meanwhile: %(standing)s.")
            % {"name": stands.confirmed_by.name, "standing": stands.get_standing_display()}
        )
    if stands is not None and stands.final_at is None:
        raise SaidMeanwhile(_("A verdict waits for its second signature here already."))
    return stands


def _check_says_something(
    before: Verdict | None,
    review_round: ReviewRound,
    proposal: Proposal,
    saying: Saying,
    stored: Mapping[str, Any],
) -> None:
    if saying.standing not in PROPOSED:
        raise NotJudged(_("A verdict is withdrawn on its own page."))
    if saying.standing != proposal.standing and not saying.reason:
        raise NeedsReason(_("Say why you decide otherwise than proposed."))
    if before is None or before.round_id != review_round.pk or before.basis != stored:
        return
    if (before.standing, before.minority_opinion) == (saying.standing, saying.minority):
        raise SaidMeanwhile(_("Exactly this is said already, on the same figures."))


def _create(
    review_round: ReviewRound,
    country_id: int | None,
    proposal: Proposal,
    saying: Saying,
    stored: dict[str, Any],
    by: User,
    at: datetime,
) -> Verdict:
    """The row, not saved yet; raises NotJudged where the evidence is too old by now."""
    last = lasts_until(closed_on(review_round, by), rules.of_round(review_round).months)
    if last < to_wall(at, by.person.zone).date():
        raise NotJudged(
            _("What this round found held until %(day)s. Rate the version again.")
            % {"day": verdict_words.day(last)}
        )
    agrees = saying.standing == proposal.standing
    return Verdict(
        version=review_round.version,
        country_id=country_id,
        round=review_round,
        policy=review_round.policy or policies.current(at),
        sha256=review_round.version.sha256,
        proposal=proposal.standing,
        standing=saying.standing,
        reasons=list(proposal.reasons),
        basis=stored,
        override_reason="" if agrees else saying.reason,
        minority_opinion=saying.minority,
        confirmed_by=by.person,
        confirmed_at=at,
        final_at=at if agrees else None,
        valid_until=last,
    )
