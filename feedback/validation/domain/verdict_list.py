"""The list of verdicts: what waits for the reader's signature first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from experts.enums import Role
from experts.models import User
from feedback.validation.domain import verdict_words
from feedback.validation.domain.verdict_words import Chip
from feedback.validation.models import Verdict
from feedback.validation.querysets import VerdictQuerySet

WAITING, HOLDS, ENDED = "waiting", "holds", "ended"
CONSORTIUM = "all"


@dataclass(frozen=True)
class Row:
    """A verdict in the list; `is_mine` where it waits for this person's signature."""

    url: str
    code: str
    title: str
    version: int
    language: str
    country: str
    chip: Chip
    sentence: str
    signed_by: str
    is_mine: bool


def find(user: User, *, state: str = "", standing: str = "", country: str = "") -> VerdictQuerySet:
    """What this person sees, narrowed; what waits for them first, then the newest."""
    found = Verdict.objects.visible_to(user)
    if state == WAITING:
        found = found.waiting()
    elif state == HOLDS:
        found = found.in_force()
    elif state == ENDED:
        found = found.filter(Q(superseded_at__isnull=False) | Q(withdrawn_at__isnull=False))
    if standing:
        found = found.filter(standing=standing)
    if country == CONSORTIUM:
        found = found.filter(country__isnull=True)
    elif country:
        found = found.filter(country__code=country)
    mine = Case(When(to_sign(user), then=Value(0)), default=Value(1), output_field=IntegerField())
    found = found.with_facts().annotate(rank=mine)
    ordered: VerdictQuerySet = found.order_by("rank", "-confirmed_at", "-pk")
    return ordered


def to_sign(user: User) -> Q:
    """What waits for a second signature that this person may give."""
    waits = Q(final_at__isnull=True, superseded_at__isnull=True, withdrawn_at__isnull=True)
    others = waits & ~Q(confirmed_by=user.person)
    if user.access.is_manager:
        return others
    own = user.access.countries(Role.COORDINATOR)
    return others & (Q(country__in=own) | _of_the_consortium(own))


def _of_the_consortium(own: Iterable[int]) -> Q:
    """Of the consortium: where one of these countries took part, or all did."""
    if not own:
        return Q(pk__in=[])
    all_or_own = Q(round__countries__isnull=True) | Q(round__countries__in=own)
    taking_part = Verdict.objects.filter(all_or_own, country__isnull=True)
    return Q(pk__in=taking_part.values("pk"))


def rows(verdicts: Iterable[Any], today: date) -> list[Row]:
    """From rows of `find`."""
    return [
        Row(
            url=verdict.get_absolute_url(),
            code=verdict.version.material.code,
            title=verdict.version.material.title,
            version=verdict.version.number,
            language=verdict.version.get_language_display(),
            country=verdict_words.where(verdict.country),
            chip=verdict_words.chip(verdict, today),
            sentence=verdict_words.holding(verdict, today),
            signed_by=verdict.confirmed_by.name,
            is_mine=verdict.rank == 0,
        )
        for verdict in verdicts
    ]
