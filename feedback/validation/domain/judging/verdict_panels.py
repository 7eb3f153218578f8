"""What is said of a version, for pages of materials: the registry's answer, and panels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date
from typing import Any

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.domain import clock
from experts.models import User
from feedback.validation.domain.judging import verdict_words
from feedback.validation.models import Verdict
from materials.models import Material
from materials.verdicts import Validity

_GOOD = Prepared(
    lambda: (
        Verdict.objects.good(Slot("on"))
        .filter(version__in=KeysSlot("versions"))
        .order_by("version_id", "country_id")
        .values_list("version_id", "country__code", "final_at", "valid_until")
    )
)


def validity(versions: Collection[int], on: date) -> dict[int, Validity]:
    """What may be relied on, by version: since the newest signature, until the first end."""
    found: dict[int, Validity] = {}
    for version, code, final_at, until in _GOOD.all(versions=list(versions), on=on):
        since = final_at.astimezone(UTC).date()
        known = found.get(version, Validity(since, until))
        ends = [end for end in (known.until, until) if end is not None]
        own = {code} if code else set()
        found[version] = Validity(
            since=max(known.since, since),
            until=min(ends, default=None),
            countries=tuple(sorted({*known.countries} | own)),
            everywhere=known.everywhere or not code,
        )
    return found


def of_rows(rows: Iterable[Verdict], today: date) -> Panel:
    """What is said of a version now, country by country, out of all that was ever said of it."""
    now = [row for row in rows if row.superseded_at is None and row.withdrawn_at is None]
    lines = [_line(verdict, today) for verdict in now]
    lines.sort(key=lambda line: str(line["code"]))
    return Panel("feedback/_verdict_panel.html", {"lines": lines})


def rows_of_material(user: User, material: Material) -> Iterator[QuerySet[Verdict]]:
    """Verdicts on any version."""
    yield Verdict.objects.visible_to(user).in_force().filter(version__material=material)


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """What holds of each version, the newest first; versions without a verdict are not named."""
    today = clock.today_of(user)
    [rows] = rows_of_material(user, material)
    found = rows.select_related("country", "version").order_by("-version__number", "country__code")
    lines = [_line(verdict, today) | {"version": verdict.version} for verdict in found]
    if lines:
        yield Panel("feedback/_verdict_panel.html", {"lines": lines, "of_material": True})


def _line(verdict: Verdict, today: date) -> dict[str, Any]:
    return {
        "where": verdict_words.where(verdict.country),
        "code": verdict.country.code if verdict.country else "",
        "chip": verdict_words.chip(verdict, today),
        "sentence": verdict_words.holding(verdict, today),
        "url": verdict.get_absolute_url(),
    }
