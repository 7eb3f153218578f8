"""What a round comes to, for those who say it: the proposal of each panel, and what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from experts.enums import Role
from experts.models import Country, User
from feedback.reviews.domain import visibility
from feedback.reviews.models import ReviewRound
from feedback.validation import figures, permissions
from feedback.validation.domain.judging import (
    basis,
    proposing,
    reason_words,
    signers,
    verdict_words,
    verdicts,
)
from feedback.validation.domain.judging.basis import ALL, Basis
from feedback.validation.domain.judging.proposing import Proposal
from feedback.validation.domain.judging.signers import TooClose
from feedback.validation.domain.judging.verdict_words import Chip
from feedback.validation.domain.outcome import figure_rows
from feedback.validation.domain.outcome.figure_rows import FigureTable
from feedback.validation.domain.policy import rules
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict

# The consortium, in the address of a page.
CONSORTIUM = "all"
_HINTS = 40


@dataclass(frozen=True)
class Said:
    """What stands on a version in a country now."""

    chip: Chip
    sentence: str
    url: str
    waits: bool


@dataclass(frozen=True)
class Line:
    """One panel of the round; `proposed` is None for panels that this person does not count.

    `is_settled`: what stands was said knowing what the figures propose now.
    """

    where: str
    code: str
    proposed: Chip | None
    reasons: tuple[str, ...]
    said: Said | None
    url: str
    is_settled: bool


@dataclass(frozen=True)
class Judging:
    """The page of one panel: `seen` goes into the form and comes back with it.

    `kept_from` is why this person does not sign. `dissent` are comments with a low score, to be
    thought of where a minority opinion is written; empty where this person does not read them.
    """

    where: str
    code: str
    proposed: Chip
    standing: Standing
    reasons: tuple[str, ...]
    table: FigureTable
    said: Said | None
    until: str
    kept_from: str
    dissent: tuple[str, ...]
    seen: Mapping[str, Any]


def address(round_id: int, code: str) -> str:
    """Where one panel of a round is judged."""
    query = urlencode({"country": code or CONSORTIUM})
    return f"{reverse('round_verdict', args=[round_id])}?{query}"


def lines(review_round: ReviewRound, user: User, today: date) -> list[Line]:
    """The panels of a closed round: the consortium's, then the countries by code.

    Six questions, however many countries there are. A coordinator reads the proposals of own
    countries, and of the consortium only what was said.
    """
    rows = Verdict.objects.filter(version=review_round.version_id).visible_to(user)
    stands: dict[int | None, Verdict] = {}
    for verdict in rows.current().select_related("confirmed_by"):
        stands.setdefault(verdict.country_id, verdict)
    bases = basis.gather(review_round)
    if review_round.country_id is not None:
        del bases[ALL]
    own = None if user.access.is_manager else user.access.countries(Role.COORDINATOR)
    shown = [one for key, one in bases.items() if own is None or key is ALL or key in own]
    return [_line(one, review_round, user, stands, today) for one in shown]


def _line(
    found: Basis,
    review_round: ReviewRound,
    user: User,
    stands: Mapping[int | None, Verdict],
    today: date,
) -> Line:
    key = found.country.pk if found.country else ALL
    code = found.country.code if found.country else ""
    may = permissions.may_confirm.allows(user, key)
    proposal = proposing.propose(found.counts, rules.of_round(review_round)) if may else None
    stood = stands.get(key)
    return Line(
        where=verdict_words.where(found.country),
        code=code,
        proposed=verdict_words.chip_of(proposal.standing) if proposal else None,
        reasons=tuple(reason_words.sentences(proposal.reasons)) if proposal else (),
        said=_said(stood, today) if stood else None,
        url=address(review_round.pk, code) if may else "",
        is_settled=bool(stood and proposal and stood.proposal == proposal.standing),
    )


def _said(verdict: Verdict, today: date) -> Said:
    return Said(
        chip=verdict_words.chip(verdict, today),
        sentence=verdict_words.holding(verdict, today),
        url=verdict.get_absolute_url(),
        waits=verdict.final_at is None,
    )


def build(review_round: ReviewRound, country: Country | None, user: User, today: date) -> Judging:
    """The page of one panel of a closed round, for who may sign. Raises Refused, NotJudged."""
    key = country.pk if country else ALL
    permissions.may_confirm(user, key)
    found = verdicts.find_panel(review_round, key)
    policy = rules.of_round(review_round)
    proposal: Proposal = proposing.propose(found.counts, policy)
    stood = verdicts.standing_now(review_round.version, key)
    last = verdicts.lasts_until(verdicts.closed_on(review_round, user), policy.months)
    is_split = any(item.relevant < item.n for item in found.counts.items)
    return Judging(
        where=verdict_words.where(country),
        code=country.code if country else CONSORTIUM,
        proposed=verdict_words.chip_of(proposal.standing),
        standing=proposal.standing,
        reasons=tuple(reason_words.sentences(proposal.reasons)),
        table=figure_rows.of(found.counts, policy),
        said=_said(stood, today) if stood else None,
        until=verdict_words.day(last),
        kept_from=_kept_from(user, review_round, key),
        # Where everybody agrees there is no low score to look for; a small panel has no items.
        dissent=_dissent(review_round, key, user) if is_split else (),
        seen={"basis": found.stored(), "stood": stood.pk if stood else 0},
    )


def _kept_from(user: User, review_round: ReviewRound, key: int | None) -> str:
    try:
        signers.check(user, review_round.version, key, review_round)
    except TooClose as error:
        return str(error)
    return ""


def _dissent(review_round: ReviewRound, key: int | None, user: User) -> tuple[str, ...]:
    """Comments that came with a low score, by their own words, where scores may be read."""
    view = visibility.of(user, review_round)
    if not view.scores:
        return ()
    rows = visibility.ratings_for(user, review_round, view).exclude(comment="")
    low = rows.filter(score__lt=figures.RELEVANT)
    if key is not ALL:
        low = low.filter(assignment__country=key)
    found = low.order_by("comment").values_list("criterion__code", "comment")[:_HINTS]
    return tuple(f"{code}: {comment}" for code, comment in found)
