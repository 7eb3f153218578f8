"""Verdicts as a report knows them: what was said, how it stood at the period's end, by which role.

Nobody is named: who confirmed and who signed second are roles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Q

from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from experts.enums import Role
from experts.models import Membership, Person
from feedback.reviews.domain.report import asked
from feedback.validation.models import Verdict

ReasonFacts = dict[str, str | int | None]


class State(StrEnum):
    """How a verdict stood on the last day of the period."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    WAITING = "waiting"
    REFUSED = "refused"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


# What everybody may learn of: it was signed as the policy asks.
SIGNED = frozenset({State.IN_FORCE, State.EXPIRED, State.REPLACED, State.WITHDRAWN})


@dataclass(frozen=True)
class VerdictFacts:
    """One verdict. `country` is an ISO 3166 code, "" for the consortium; days are ISO or "".

    `reasons` are codes with their numbers; those with figures are left out where figures are not
    shown. What people wrote stands in the agency's edition alone.
    """

    country: str
    round_id: int | None
    policy: int
    standing: str
    proposal: str
    state: State
    confirmed_on: str
    confirmed_by: str
    second_by: str
    in_force_on: str
    valid_until: str
    inherited: bool
    reasons: tuple[ReasonFacts, ...]
    override_reason: str
    minority_opinion: str
    withdrawal_reason: str


def read(scope: Scope, version_ids: Iterable[int]) -> Mapping[int, tuple[VerdictFacts, ...]]:
    """The verdicts on these versions in the report's countries and of the consortium.

    By version; of each country the newest first, and before those that were replaced the one that
    holds. Two queries, and one more for the agency's edition.
    """
    rows = list(
        Verdict.objects.filter(
            Q(country__in=scope.country_ids) | Q(country__isnull=True),
            version__in=list(version_ids),
            confirmed_at__lte=scope.until,
        )
        .select_related("country", "policy")
        .order_by("version_id", "country__code", "-confirmed_at", "-pk")
    )
    roles = _roles(rows)
    names = _names(rows) if scope.for_agency else []
    found: dict[int, list[VerdictFacts]] = defaultdict(list)
    for row in rows:
        facts = _facts(scope, row, roles, names)
        if scope.for_agency or facts.state in SIGNED:
            found[row.version_id].append(facts)
    return {pk: tuple(sorted(some, key=_rank)) for pk, some in found.items()}


def of_round(verdicts: Iterable[VerdictFacts], round_id: int) -> tuple[VerdictFacts, ...]:
    """Those that rest on a round."""
    return tuple(verdict for verdict in verdicts if verdict.round_id == round_id)


def current(verdicts: Iterable[VerdictFacts]) -> tuple[VerdictFacts, ...]:
    """What holds, or waits to: the others are history."""
    past = {State.REPLACED, State.REFUSED}
    return tuple(verdict for verdict in verdicts if verdict.state not in past)


def _rank(verdict: VerdictFacts) -> tuple[str, bool]:
    return verdict.country, verdict.state in {State.REPLACED, State.REFUSED}


def _names(rows: list[Verdict]) -> list[str]:
    texts = any(r.override_reason or r.minority_opinion or r.withdrawal_reason for r in rows)
    return list(Person.objects.values_list("name", flat=True)) if texts else []


def _roles(rows: Iterable[Verdict]) -> Mapping[int, set[str]]:
    """Which of the signing roles these people hold or held."""
    people = {row.confirmed_by_id for row in rows} | {row.second_by_id for row in rows}
    held = Membership.objects.filter(
        person__in=people - {None}, role__in=[Role.PROJECT_MANAGER, Role.COORDINATOR]
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person, role in held.order_by().values_list("person_id", "role"):
        found[person].add(role)
    return found


def _role(person: int | None, row: Verdict, roles: Mapping[int, set[str]]) -> str:
    """The role somebody signed in: a country's coordinator before the project manager."""
    if person is None:
        return ""
    held = roles.get(person, set())
    wanted = [Role.COORDINATOR, Role.PROJECT_MANAGER]
    ordered = wanted if row.country_id else wanted[::-1]
    return next((str(role.value) for role in ordered if role in held), "")


def _facts(
    scope: Scope, row: Verdict, roles: Mapping[int, set[str]], names: list[str]
) -> VerdictFacts:
    state = _state(scope, row)
    signed = row.final_at is not None and row.final_at <= scope.until
    said = (
        [row.override_reason, row.minority_opinion, row.withdrawal_reason]
        if scope.for_agency
        else ["", "", ""]
    )
    override, minority, withdrawal = (without_names(text, names) for text in said)
    return VerdictFacts(
        country=row.country.iso_code if row.country else "",
        round_id=row.round_id,
        policy=row.policy.number,
        standing=row.standing,
        proposal=row.proposal,
        state=state,
        confirmed_on=asked.day_of(row.confirmed_at, scope),
        confirmed_by=_role(row.confirmed_by_id, row, roles),
        second_by=_role(row.second_by_id, row, roles) if signed else "",
        in_force_on=asked.day_of(row.final_at, scope) if signed else "",
        valid_until=row.valid_until.isoformat() if row.valid_until and signed else "",
        inherited=row.inherits_id is not None,
        reasons=_reasons(row),
        override_reason=override,
        minority_opinion=minority,
        withdrawal_reason=withdrawal if state in {State.WITHDRAWN, State.REFUSED} else "",
    )


def _state(scope: Scope, row: Verdict) -> State:
    signed, replaced, withdrawn = (
        moment is not None and moment <= scope.until
        for moment in (row.final_at, row.superseded_at, row.withdrawn_at)
    )
    if withdrawn:
        return State.WITHDRAWN if signed else State.REFUSED
    if replaced:
        return State.REPLACED if signed else State.REFUSED
    if not signed:
        return State.WAITING
    last: date | None = row.valid_until
    return State.EXPIRED if last and last < asked.last_day(scope) else State.IN_FORCE


def _reasons(row: Verdict) -> tuple[ReasonFacts, ...]:
    """Plain codes and numbers; none with figures where the counts would tell of a few people."""
    found = [
        {key: value for key, value in reason.items() if isinstance(value, str | int | None)}
        for reason in row.reasons or ()
    ]
    hidden = bool((row.basis or {}).get("is_hidden"))
    return _quiet(found) if hidden else tuple(found)


def without_figures(verdict: VerdictFacts) -> VerdictFacts:
    """The verdict with the reasons alone that tell of no answer."""
    return replace(verdict, reasons=_quiet(verdict.reasons))


def _quiet(reasons: Iterable[ReasonFacts]) -> tuple[ReasonFacts, ...]:
    return tuple(r for r in reasons if "item" not in r and "hundredths" not in r)
