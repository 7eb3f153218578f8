"""Materials as the catalogue shows them: a line in the list, and a page of editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from cop_platform.common.prepared import KeysSlot, Prepared
from materials import verdicts
from materials.domain import snippets
from materials.domain.catalogue import LANGUAGES
from materials.domain.names import download_name
from materials.enums import Licence, MaterialAudience, MaterialType, PortfolioPart
from materials.models import Material, Version

RIGHT_TO_LEFT = {"ar", "fa"}
ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
_MATERIALS = Prepared(
    lambda: (
        Material.objects.filter(pk__in=KeysSlot("materials"))
        .order_by()
        .only("code", "title", "type", "audience", "levels", "summary")
    )
)
_RELEASED = Prepared(
    lambda: (
        Version.objects.released()
        .filter(material__in=KeysSlot("materials"))
        .order_by("-number")
        .only("material_id", "language", "valid_until")
        .with_newer_original()
    )
)


@dataclass(frozen=True)
class Entry:
    """A line of the list; `reviewed_on` is the newest day a panel's round closed, `validity` what
    holds of a newest version.

    `versions_behind` is each translation (its language) whose original has moved on, with the
    number that is released now.

    Plain values: two lines are equal when they look alike, so that one drawn once need not be
    drawn again. What they are called follows the reader's language when the line is drawn.
    """

    code: str
    title: str
    type: str
    audience: str
    levels: tuple[str, ...]
    summary: str
    language_codes: tuple[str, ...]
    reviewed_on: date | None
    validity: verdicts.Validity | None
    expired: bool
    versions_behind: tuple[tuple[str, int], ...]
    snippet: tuple[snippets.Piece, ...]

    @property
    def type_label(self) -> Any:
        return MaterialType(self.type).label

    @property
    def audience_label(self) -> Any:
        return MaterialAudience(self.audience).label

    @property
    def languages(self) -> list[Any]:
        return [LANGUAGES[code] for code in self.language_codes]

    @property
    def behind(self) -> list[tuple[Any, int]]:
        return [(LANGUAGES[code], number) for code, number in self.versions_behind]


def entries(keys: Collection[int], *, asked: str, today: date) -> list[Entry]:
    """In the order given. Four queries, whatever the number; one more for a question."""
    found = {material.pk: material for material in _MATERIALS.all(materials=list(keys))}
    materials = [found[key] for key in keys if key in found]
    by_material: dict[int, list[Version]] = defaultdict(list)
    for version in _RELEASED.all(materials=list(found)):
        by_material[version.material_id].append(version)
    released = [v.pk for rows in by_material.values() for v in rows]
    days = verdicts.reviewed_days(released)
    valid = verdicts.validity(released, today)
    cuts = _snippets(materials, by_material, asked) if asked else {}
    return [
        _entry(material, by_material[material.pk], days, valid, cuts.get(material.pk, ()), today)
        for material in materials
        if by_material[material.pk]
    ]


def _entry(
    material: Material,
    versions: list[Any],
    days: dict[int, date],
    valid: dict[int, verdicts.Validity],
    snippet: tuple[snippets.Piece, ...],
    today: date,
) -> Entry:
    current = _current(versions)
    return Entry(
        code=material.code,
        title=material.title,
        type=material.type,
        audience=material.audience,
        levels=tuple(material.levels),
        summary=material.summary,
        language_codes=tuple(code for code in LANGUAGES if code in current),
        reviewed_on=max((days[v.pk] for v in versions if v.pk in days), default=None),
        # Of the newest versions only: what follows a validated one is another file.
        validity=next((valid[v.pk] for v in current.values() if v.pk in valid), None),
        expired=all(v.valid_until and v.valid_until < today for v in current.values()),
        versions_behind=tuple(
            (code, current[code].newer_original)
            for code in LANGUAGES
            if code in current and current[code].newer_original
        ),
        snippet=snippet,
    )


def _current(versions: list[Any]) -> dict[str, Any]:
    """The newest released version of each language; versions come newest first."""
    found: dict[str, Version] = {}
    for version in versions:
        found.setdefault(version.language, version)
    return found


def _snippets(
    materials: Collection[Material], by_material: dict[int, list[Version]], asked: str
) -> dict[int, tuple[snippets.Piece, ...]]:
    """From the summary, else from the pages of released versions."""
    found: dict[int, tuple[snippets.Piece, ...]] = {}
    for material in materials:
        languages = {version.language for version in by_material[material.pk]}
        cuts = (snippets.cut(material.summary, asked, code) for code in sorted(languages))
        found[material.pk] = next((cut for cut in cuts if cut), ())
    open_ones = [
        (version.pk, version.language)
        for pk, versions in by_material.items()
        if not found.get(pk)
        for version in versions
    ]
    on_pages = snippets.of_pages(open_ones, asked)
    for pk, versions in by_material.items():
        if not found.get(pk):
            found[pk] = next((on_pages[v.pk] for v in versions if v.pk in on_pages), ())
    return found


@dataclass(frozen=True)
class Edition:
    """A released version on its material's page.

    `newer_original` is the number of the version its source has become, 0 for none.
    """

    version: Version
    language: Any
    direction: str
    licence: str
    licence_address: str
    file_name: str
    reviewed_on: date | None
    validity: verdicts.Validity | None
    expired: bool
    translated_from: int
    newer_original: int


@dataclass(frozen=True)
class EntryPage:
    """`editions` is the newest one a language, `earlier` what they follow."""

    material: Material
    editions: tuple[Edition, ...]
    earlier: tuple[Edition, ...]
    downloads: int
    parts: tuple[Any, ...]


def page(material: Material, *, today: date) -> EntryPage | None:
    """None when nothing of the material is released. Four queries."""
    released = material.versions.released().newest_first().select_related("source")
    versions = list(released.with_newer_original())
    if not versions:
        return None
    keys = [version.pk for version in versions]
    days, valid = verdicts.reviewed_days(keys), verdicts.validity(keys, today)
    counted = material.versions.released().aggregate(n=Sum("downloads__count"))["n"]
    current = {version.pk for version in _current(versions).values()}
    shown = [_edition(version, material, days, valid, today) for version in versions]
    order = list(LANGUAGES)
    shown.sort(key=lambda one: order.index(one.version.language))
    return EntryPage(
        material=material,
        editions=tuple(one for one in shown if one.version.pk in current),
        earlier=tuple(one for one in shown if one.version.pk not in current),
        downloads=counted or 0,
        parts=tuple(PortfolioPart(part).label for part in material.parts),
    )


def _edition(
    version: Any,
    material: Material,
    days: dict[int, date],
    valid: dict[int, verdicts.Validity],
    today: date,
) -> Edition:
    version.material = material
    licence = version.licence or material.licence
    return Edition(
        version=version,
        language=LANGUAGES[version.language],
        direction="rtl" if version.language in RIGHT_TO_LEFT else "ltr",
        licence=str(Licence(licence).label),
        licence_address=ADDRESSES.get(Licence(licence), ""),
        file_name="" if version.link else download_name(version),
        reviewed_on=days.get(version.pk),
        validity=valid.get(version.pk),
        expired=bool(version.valid_until and version.valid_until < today),
        translated_from=version.source.number if version.source else 0,
        newer_original=version.newer_original or 0,
    )
