"""The catalogue: released editions, narrowed and counted, for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, F, Func, Max, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from materials import verdicts
from materials.domain import search
from materials.enums import MaterialAudience, MaterialType, PortfolioPart
from materials.models import Material, Version
from materials.querysets import MaterialQuerySet, VersionQuerySet

LANGUAGES = dict(settings.PROJECT_LANGUAGES)
# More than this nobody leafs through; the best come first.
MOST_FOUND = 200
KEPT_SECONDS = 60
YES, NO = "yes", "no"
VALID, OVER, NO_END = "valid", "over", "open"


@dataclass(frozen=True)
class Wanted:
    """What the catalogue is narrowed to; "" is everything."""

    q: str = ""
    language: str = ""
    audience: str = ""
    type: str = ""
    level: str = ""
    part: str = ""
    reviewed: str = ""
    valid: str = ""

    @property
    def is_everything(self) -> bool:
        return self == Wanted()


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


def editions(wanted: Wanted, today: date) -> VersionQuerySet:
    """Released versions that fit what is said about editions."""
    versions: VersionQuerySet = Version.objects.released()
    if wanted.language:
        versions = versions.filter(language=wanted.language)
    if wanted.valid:
        versions = versions.filter(_validity(wanted.valid, today))
    if wanted.reviewed == YES:
        versions = versions.filter(verdicts.reviewed())
    if wanted.reviewed == NO:
        versions = versions.exclude(verdicts.reviewed())
    return versions


def materials(wanted: Wanted, today: date) -> MaterialQuerySet:
    """Materials with such an edition, by code; `q` is left to `found`."""
    fitting = editions(wanted, today).filter(material=OuterRef("pk"))
    chosen: MaterialQuerySet = Material.objects.filter(Exists(fitting.order_by()))
    if wanted.audience:
        chosen = chosen.filter(audience=wanted.audience)
    if wanted.type:
        chosen = chosen.filter(type=wanted.type)
    if wanted.level:
        chosen = chosen.filter(levels__contains=[wanted.level])
    if wanted.part:
        chosen = chosen.filter(parts__contains=[wanted.part])
    return chosen.order_by("code")


def found(wanted: Wanted, today: date) -> MaterialQuerySet | list[int]:
    """The materials by code; with a question the keys of the best ones, best first."""
    chosen = materials(wanted, today)
    if not wanted.q:
        return chosen
    rows = search.released(wanted.q, wanted.language).filter(
        version__material__in=chosen.order_by().values("pk"),
        version__in=editions(wanted, today).order_by().values("pk"),
    )
    ranked = search.ranked(rows, wanted.q, wanted.language)
    best = ranked.order_by().values("version__material").annotate(best=Max("rank"))
    keys = best.order_by("-best", "version__material").values_list("version__material", flat=True)
    return list(keys[:MOST_FOUND])


def _validity(value: str, today: date) -> Q:
    return {
        VALID: Q(valid_until__gte=today),
        OVER: Q(valid_until__lt=today),
        NO_END: Q(valid_until__isnull=True),
    }[value]


def facets(wanted: Wanted, hits: MaterialQuerySet | list[int], today: date) -> list[Facet]:
    """What is left to choose, with counts of materials; one query, kept for a minute."""
    counted = _counts(wanted, hits, today)
    return [facet for name in _LABELS if (facet := _facet(name, counted, wanted)).choices]


def _facet(name: str, counted: list[tuple[str, str, int]], wanted: Wanted) -> Facet:
    label_of = _LABELS[name]
    rows = [Choice(label_of(value), n, value) for key, value, n in counted if key == name]
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


def _counts(
    wanted: Wanted, hits: MaterialQuerySet | list[int], today: date
) -> list[tuple[str, str, int]]:
    state = Version.objects.released().order_by().aggregate(n=Count("pk"), at=Max("released_at"))
    text = repr((astuple(wanted), today, state["n"], state["at"]))
    key = f"catalogue:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    kept = cache.get(key)
    if kept is None:
        kept = _count(wanted, hits, today)
        cache.set(key, kept, KEPT_SECONDS)
    return list(kept)


def _count(
    wanted: Wanted, hits: MaterialQuerySet | list[int], today: date
) -> list[tuple[str, str, int]]:
    keys: Any = hits if isinstance(hits, list) else hits.order_by().values("pk")
    rows = Material.objects.filter(pk__in=keys).order_by()
    versions = editions(wanted, today).filter(material__in=keys).order_by()
    validity = Case(
        When(valid_until__isnull=True, then=Value(NO_END)),
        When(valid_until__gte=today, then=Value(VALID)),
        default=Value(OVER),
    )
    seen = Case(When(verdicts.reviewed(), then=Value(YES)), default=Value(NO))
    parts = [
        _grouped(rows, "audience", F("audience"), "pk"),
        _grouped(rows, "type", F("type"), "pk"),
        _grouped(rows, "level", _Unnest("levels"), "pk"),
        _grouped(rows, "part", _Unnest("parts"), "pk"),
        _grouped(versions, "language", F("language"), "material"),
        _grouped(versions, "valid", validity, "material"),
        _grouped(versions, "reviewed", seen, "material"),
    ]
    return [tuple(row) for row in parts[0].union(*parts[1:], all=True)]


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
    return {YES: _("Reviewed by experts"), NO: _("Not validated yet")}.get(value, value)


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
    "reviewed": (YES, NO),
}
