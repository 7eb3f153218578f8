"""The matrix of a material: which country needs it in which language, and what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from experts import reference
from experts.domain import audit
from experts.models import Country, User
from materials import permissions
from materials.domain.editions import Standing
from materials.enums import MaterialAudience
from materials.models import Material, RequiredEdition, Version

# A cell: a country's id and a language.
Wanted = frozenset[tuple[int, str]]

LANGUAGES: dict[str, Any] = dict(settings.PROJECT_LANGUAGES)
MIGRANTS_LANGUAGE = "ar"


def from_goals(material: Material) -> Wanted:
    """What the project promises: every country its own language, migrants' materials in Arabic."""
    for_migrants = material.audience in {MaterialAudience.MIGRANTS, MaterialAudience.ALL}
    return frozenset(
        (country.pk, language)
        for country in reference.countries()
        for language in [country.language, *([MIGRANTS_LANGUAGE] if for_migrants else [])]
    )


def current(material: Material) -> Wanted:
    """The matrix as it was set; empty where nobody has set one."""
    return frozenset(material.required.values_list("country_id", "language"))


@transaction.atomic
def set_matrix(*, material_id: int, wanted: Wanted, by: User, at: datetime) -> None:
    """Replaces the matrix of a material; one that is the same already is left. Raises Refused."""
    material = Material.objects.select_for_update().get(pk=material_id)
    permissions.may_edit(by, material)
    there = current(material)
    if there == wanted:
        return
    for country_id, language in there - wanted:
        material.required.filter(country_id=country_id, language=language).delete()
    RequiredEdition.objects.bulk_create(
        RequiredEdition(material=material, country_id=country_id, language=language)
        for country_id, language in sorted(wanted - there)
    )
    audit.record(
        deed="required editions set",
        about=material,
        by=by,
        at=at,
        country_id=material.country_id,
        added=len(wanted - there),
        removed=len(there - wanted),
    )


def standing_of(versions: Iterable[Version]) -> Standing:
    """Where one language stands, from its versions of `with_standing`.

    The newest released version decides: what people can use, not what is on its way.
    """
    rows = sorted(versions, key=lambda version: -version.number)
    released = next((v for v in rows if v.released_at is not None), None)
    if released is None and not rows:
        return Standing("bad", "x", _("Missing"))
    if released is None:
        return Standing("quiet", "clock", _("Not released"))
    if released.moved_on_to is not None:  # type: ignore[attr-defined]
        return Standing("warn", "warning", _("Out of date"))
    return Standing("ok", "check", _("Released"))


@dataclass(frozen=True)
class Row:
    """A country with one cell a column: the language, and its state or None where not needed."""

    country: Country
    cells: list[tuple[Any, Standing | None]]


@dataclass(frozen=True)
class Matrix:
    """A table of countries and languages; `done` of `wanted` cells are released and fresh."""

    columns: list[Any]
    rows: list[Row]
    done: int
    wanted: int


def build(required: Iterable[RequiredEdition], versions: Iterable[Version]) -> Matrix:
    """From the required cells, with their countries loaded, and all versions of the material."""
    by_language: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_language[version.language].append(version)
    cells: dict[int, set[str]] = defaultdict(set)
    countries: dict[int, Country] = {}
    for one in required:
        cells[one.country_id].add(one.language)
        countries[one.country_id] = one.country
    wanted = set().union(*cells.values())
    codes = [code for code in LANGUAGES if code in wanted]
    standing = {code: standing_of(by_language[code]) for code in codes}
    rows = [
        Row(country, [(LANGUAGES[c], standing[c] if c in cells[pk] else None) for c in codes])
        for pk, country in sorted(countries.items(), key=lambda item: item[1].code)
    ]
    shown = [cell for row in rows for _language, cell in row.cells if cell is not None]
    done = sum(cell.kind == "ok" for cell in shown)
    return Matrix([LANGUAGES[code] for code in codes], rows, done, len(shown))
