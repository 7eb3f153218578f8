"""Reads how validation was done: the policies, rubrics and terms that rounds were opened with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cop_platform.common.reporting.sections import Scope
from feedback.reviews.domain.report import asked
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.report import ratings_reading, verdict_facts
from feedback.validation.domain.report.ratings_facts import PolicyFacts
from feedback.validation.domain.report.verdict_facts import SIGNED, VerdictFacts
from feedback.validation.models import Wave


@dataclass(frozen=True)
class PolicyUse:
    """A frozen policy, how many rounds were opened under it, and on which day the first was."""

    policy: PolicyFacts
    rounds: int
    first_opened_on: str


@dataclass(frozen=True)
class RubricUse:
    """A frozen revision of a rubric, and how many rounds asked by it."""

    name: str
    revision: int
    frozen_on: str
    criteria: int
    rounds: int


@dataclass(frozen=True)
class TermsUse:
    """The terms some rounds share: who is hidden, and who had to be on the panel."""

    blindness: str
    accepts_first: bool
    panel_size: int
    practitioners: int
    lived: int
    rounds: int


@dataclass(frozen=True)
class Signatures:
    """Verdicts that are or were in force; how many differ, were signed twice or taken over."""

    verdicts: int
    differing: int
    twice: int
    inherited: int


@dataclass(frozen=True)
class MethodFacts:
    """How the rounds of this report were led. `waves` counts those that went on as a Delphi."""

    rounds: int
    policies: tuple[PolicyUse, ...]
    rubrics: tuple[RubricUse, ...]
    terms: tuple[TermsUse, ...]
    waves: int
    signatures: Signatures
    newest: str


def collect(scope: Scope) -> MethodFacts:
    """Everything the rounds were opened with."""
    found = asked.rounds(scope)
    waves = Wave.objects.filter(
        round__in=[one.pk for one in found], opened_at__lte=scope.until
    ).order_by()
    verdicts = verdict_facts.read(scope, {one.version_id for one in found})
    return MethodFacts(
        rounds=len(found),
        policies=_policies(scope, found),
        rubrics=_rubrics(scope, found),
        terms=_terms(found),
        waves=waves.values("round_id").distinct().count(),
        signatures=_signatures(verdict for some in verdicts.values() for verdict in some),
        newest=max((asked.day_of(one.opened_at, scope) for one in found), default=""),
    )


def _policies(scope: Scope, found: Sequence[ReviewRound]) -> tuple[PolicyUse, ...]:
    known = ratings_reading.policies(scope, found)
    opened: dict[int, list[str]] = {policy.number: [] for policy in known}
    for one in found:
        opened[ratings_reading.policy_number(one)].append(asked.day_of(one.opened_at, scope))
    return tuple(
        PolicyUse(policy, len(opened[policy.number]), min(opened[policy.number]))
        for policy in known
    )


def _rubrics(scope: Scope, found: Sequence[ReviewRound]) -> tuple[RubricUse, ...]:
    used = Counter(one.rubric_id for one in found)
    rubrics = {one.rubric_id: one.rubric for one in found}
    sizes = ratings_reading.rubric_sizes(rubrics)
    uses = [
        RubricUse(
            name=rubric.name,
            revision=rubric.revision,
            frozen_on=asked.day_of(rubric.frozen_at, scope),
            criteria=sizes[pk],
            rounds=used[pk],
        )
        for pk, rubric in rubrics.items()
    ]
    return tuple(sorted(uses, key=lambda use: (use.name, use.revision)))


def _terms(found: Iterable[ReviewRound]) -> tuple[TermsUse, ...]:
    counts = Counter(
        (
            one.blindness,
            one.accept_first,
            one.panel_size,
            one.quota_practitioners,
            one.quota_lived,
        )
        for one in found
    )
    return tuple(TermsUse(*terms, rounds=counts[terms]) for terms in sorted(counts))


def _signatures(verdicts: Iterable[VerdictFacts]) -> Signatures:
    signed = [verdict for verdict in verdicts if verdict.state in SIGNED]
    return Signatures(
        verdicts=len(signed),
        differing=sum(verdict.standing != verdict.proposal for verdict in signed),
        twice=sum(bool(verdict.second_by) for verdict in signed),
        inherited=sum(verdict.inherited for verdict in signed),
    )
