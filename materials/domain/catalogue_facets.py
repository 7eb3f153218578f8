"""What is left to choose in the catalogue, with numbers of materials."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, CharField, Count, F, Func, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from cop_platform.common.prepared import Prepared
from materials import verdicts
from materials.domain.catalogue import (
    LANGUAGES,
    NEW,
    NO,
    NO_END,
    OLD,
    OVER,
    VALID,
    YES,
    Found,
    Wanted,
    a_year_before,
    editions,
)
from materials.enums import MaterialAudience, MaterialType, PortfolioPart
from materials.models import Material, Version

KEPT_SECONDS = 60
_NEWEST_RELEASE = Prepared(
    lambda: Version.objects.released().order_by("-released_at").values_list("released_at")[:1]
)


@dataclass(frozen=True)
class Choice:
    """One value of a facet with how many materials have it."""

    label: str
    count: int
    value: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str
    chosen_label: str


@dataclass(frozen=True)
class Counted:
    """How many materials fit, and rows of (facet, value, number of materials)."""

    total: int
    rows: tuple[tuple[str, str, int], ...]


def facets(counted: Counted, wanted: Wanted) -> list[Facet]:
    """In the reader's language, without those that leave nothing to choose."""
    return [facet for name in _LABELS if (facet := _facet(name, counted, wanted)).choices]


def _facet(name: str, counted: Counted, wanted: Wanted) -> Facet:
    label_of = _LABELS[name]
    rows = [Choice(label_of(value), n, value) for key, value, n in counted.rows if key == name]
    order: dict[str, int] = {value: n for n, value in enumerate(_ORDER.get(name, ()))}
    rows.sort(key=lambda row: (order.get(row.value, 99), row.label))
    chosen = getattr(wanted, name)
    return Facet(
        name=name,
        label=str(_names()[name]),
        choices=tuple(rows),
        chosen=chosen,
        chosen_label=label_of(chosen) if chosen else "",
    )


def count(wanted: Wanted, found: Found, today: date) -> Counted:
    """Numbers of a minute ago at most, and from after the newest release; two queries, or one."""
    text = repr((astuple(wanted), today, _NEWEST_RELEASE.all()))
    key = f"catalogue:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    kept: Counted | None = cache.get(key)
    if kept is None:
        kept = _count(wanted, found, today)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _count(wanted: Wanted, found: Found, today: date) -> Counted:
    keys: Any = found.keys if isinstance(found.keys, list) else found.keys.order_by()
    total = len(keys) if isinstance(keys, list) else keys.count()
    rows = Material.objects.filter(pk__in=keys).order_by()
    versions = editions(wanted, today).filter(material__in=keys).order_by()
    validity = Case(
        When(valid_until__isnull=True, then=Value(NO_END)),
        When(valid_until__gte=today, then=Value(VALID)),
        default=Value(OVER),
    )
    seen = Case(
        When(verdicts.reviewed(a_year_before(today)), then=Value(NEW)),
        When(verdicts.reviewed(), then=Value(OLD)),
        default=Value(NO),
    )
    parts = [
        _grouped(rows, "audience", F("audience"), "pk"),
        _grouped(rows, "type", F("type"), "pk"),
        _grouped(rows, "level", _Unnest("levels"), "pk"),
        _grouped(rows, "part", _Unnest("parts"), "pk"),
        _grouped(versions, "language", F("language"), "material"),
        _grouped(versions, "valid", validity, "material"),
        _grouped(versions, "reviewed", seen, "material"),
    ]
    return Counted(total, tuple(parts[0].union(*parts[1:], all=True)))


class _Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = CharField()


def _grouped(rows: Any, name: str, value: Any, counted: str) -> Any:
    """Rows of (facet, value, number of materials)."""
    named = rows.annotate(facet=Value(name), value=Cast(value, CharField()))
    grouped = named.values("facet", "value").annotate(n=Count(counted, distinct=True))
    return grouped.values_list("facet", "value", "n")


def _names() -> dict[str, str]:
    return {
        "language": _("Language"),
        "audience": _("Written for"),
        "type": _("Type"),
        "part": _("Part of an e-portfolio"),
        "level": _("Level"),
        "reviewed": _("Review"),
        "valid": _("Validity"),
    }


def _of(choices: Any) -> Callable[[str], str]:
    return lambda value: str(dict(choices).get(value, value))


def _review_label(value: str) -> str:
    labels = {
        YES: _("Reviewed by experts"),
        NEW: _("Reviewed in the last 12 months"),
        OLD: _("Reviewed before that"),
        NO: _("Not validated yet"),
    }
    return labels.get(value, value)


def _validity_label(value: str) -> str:
    labels = {VALID: _("Valid, with an end"), OVER: _("Expired"), NO_END: _("Without an end")}
    return labels.get(value, value)


_LABELS: dict[str, Callable[[str], str]] = {
    "language": _of(settings.PROJECT_LANGUAGES),
    "audience": _of(MaterialAudience.choices),
    "type": _of(MaterialType.choices),
    "part": _of(PortfolioPart.choices),
    "level": str,
    "reviewed": _review_label,
    "valid": _validity_label,
}
_ORDER: dict[str, tuple[str, ...]] = {
    "language": tuple(LANGUAGES),
    "part": tuple(PortfolioPart.values),
    "valid": (VALID, NO_END, OVER),
    "reviewed": (NEW, OLD, NO),
}
