"""The project's countries and communities, kept in each process for a minute.

A dozen rows that change once a year stand on every list: asking for them again with every page
cost more than the page's own question. A change in this process is seen at once, one in another
process after at most KEPT_SECONDS.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save

from experts.models import CommunityOfPractice, Country

KEPT_SECONDS = 60


@dataclass(frozen=True)
class Host:
    """What lists show of a community: its country, or neither code nor id for the project's."""

    code: str
    country_id: int | None
    scope: str


@dataclass(frozen=True)
class _Kept:
    until: float
    countries: tuple[Country, ...]
    codes: dict[int, str]
    hosts: dict[int, Host]


_kept: list[_Kept] = []


def countries() -> tuple[Country, ...]:
    """Every country of the project, by code."""
    return _current().countries


def country(code: str) -> Country | None:
    """By either spelling, the agencies' (EL) or ISO 3166 (GR), in any case."""
    code = code.upper()
    return next((c for c in countries() if code in {c.code, c.iso_code}), None)


def code(country_id: int | None) -> str:
    """The code of a country by its key; empty for none. Raises KeyError for one that is unknown."""
    if country_id is None:
        return ""
    if country_id not in _current().codes:
        forget()  # taken in by another process within this minute
    return _current().codes[country_id]


def host(cop_id: int) -> Host:
    """A community as lists show it. Raises KeyError for one that does not exist."""
    if cop_id not in _current().hosts:
        forget()  # founded in another process within this minute
    return _current().hosts[cop_id]


def forget(**_signal: Any) -> None:
    """Asks the database again at the next use."""
    _kept.clear()


def watch() -> None:
    """Forgets what is kept whenever a country or community is saved here; in AppConfig.ready."""
    for model in (Country, CommunityOfPractice):
        post_save.connect(forget, sender=model, dispatch_uid=f"reference-{model.__name__}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"reference-{model.__name__}")


def _current() -> _Kept:
    now = time.monotonic()
    if not _kept or _kept[0].until < now:
        _kept[:] = [_ask(now + KEPT_SECONDS)]
    return _kept[0]


def _ask(until: float) -> _Kept:
    found = tuple(Country.objects.order_by("code"))
    codes = {c.pk: c.code for c in found}
    rows = CommunityOfPractice.objects.order_by().values_list("pk", "country_id", "scope")
    hosts = {
        pk: Host(codes.get(country_id, ""), country_id, scope) for pk, country_id, scope in rows
    }
    return _Kept(until, found, codes, hosts)
