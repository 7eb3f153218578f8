"""The list of verdicts: what waits for the reader's signature first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, Q, Value, When

from experts.enums import Role
from experts.models import Country, User
from feedback.validation.domain.judging import verdict_words
from feedback.validation.domain.judging.verdict_words import Chip
from feedback.validation.models import Verdict
from feedback.validation.querysets import WAITS, VerdictQuerySet

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
    countries = None if user.access.is_manager else user.access.countries(Role.COORDINATOR)
    return signed_by(user.person, countries)


def signed_by(person: Any, countries: Any) -> Q:
    """What waits for a second signature of a person who coordinates these countries; None is all.

    Both may be slots.
    """
    others = WAITS & ~Q(confirmed_by=person)
    if countries is None:
        return others
    # Of the consortium: where one of these countries took part, or all did.
    all_or_own = Q(round__countries__isnull=True) | Q(round__countries__in=countries)
    taking_part = Verdict.objects.filter(all_or_own, country__isnull=True)
    of_all = Q(pk__in=taking_part.order_by().values("pk"))
    # Who coordinates nothing takes part in nothing, also where all countries do.
    anywhere = Exists(Country.objects.filter(pk__in=countries))
    return others & (Q(country__in=countries) | (of_all & Q(anywhere)))


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
