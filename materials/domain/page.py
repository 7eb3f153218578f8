"""Everything the pages of materials show, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from cop_platform.common.prepared import KeysSlot, Prepared
from experts.models import User
from materials import permissions
from materials.domain import editions, matrix
from materials.domain.editions import Standing
from materials.enums import Licence, MaterialAudience, MaterialType, PortfolioPart
from materials.models import Erratum, Material, Version

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)
_LICENCES = dict(Licence.choices)
_ROWS = Prepared(
    lambda: (
        Material.objects.filter(pk__in=KeysSlot("materials"))
        .with_standing()
        .select_related("country")
        .only("code", "title", "type", "audience", "country__code")
    )
)


@dataclass(frozen=True)
class Card:
    """A material in a list; `newest` and `released` are version numbers, 0 for none.

    Plain values: two cards are equal when they look alike, so that one drawn once need not be
    drawn again. What they are called follows the reader's language when the card is drawn.
    """

    code: str
    title: str
    url: str
    type: str
    audience: str
    country: str
    language_codes: tuple[str, ...]
    newest: int
    released: int

    @property
    def type_label(self) -> Any:
        return MaterialType(self.type).label

    @property
    def audience_label(self) -> Any:
        return MaterialAudience(self.audience).label

    @property
    def languages(self) -> list[Any]:
        return [_LANGUAGES[code] for code in self.language_codes]


def cards(keys: Iterable[int]) -> list[Card]:
    """Of these materials, in the order of their codes; one query."""
    return [
        Card(
            code=row.code,
            title=row.title,
            url=row.get_absolute_url(),
            type=row.type,
            audience=row.audience,
            country=row.country.code if row.country else "",
            language_codes=tuple(sorted(row.languages)),
            newest=row.newest or 0,
            released=row.newest_released or 0,
        )
        for row in _ROWS.all(materials=list(keys))
    ]


@dataclass(frozen=True)
class VersionLine:
    """A version on its material's page; everybody sees that it exists, some may open it.

    `freshness` is how a translation stands to its source, `supersession` names what replaces it,
    `erratum` is there where it only mends another; `licence` is the edition's own or the
    material's. `beside` is the version it may be read next to, 0 for none.
    """

    version: Version
    readable: bool
    may_release: bool
    freshness: Standing | None
    supersession: Standing | None
    erratum: Erratum | None
    licence: Any
    beside: int


@dataclass(frozen=True)
class Original:
    """A source version with its translations beneath it."""

    line: VersionLine
    editions: list[VersionLine]


@dataclass(frozen=True)
class MaterialPage:
    lines: list[VersionLine]
    originals: list[Original]
    languages: list[Any]
    released: int
    may_edit: bool
    may_judge: bool
    matrix: matrix.Matrix
    tags: list[Any]

    @property
    def readable(self) -> VersionLine | None:
        """The newest version this reader may open: an original before its translations."""
        lines = [*(original.line for original in self.originals), *self.lines]
        return next((line for line in lines if line.readable), None)


def build(material: Material, user: User) -> MaterialPage:
    """The newest version first; needs three queries."""
    may_edit = permissions.may_edit.allows(user, material)
    found = material.versions.with_standing().newest_first()
    versions = list(found.select_related("uploaded_by", "erratum__corrects"))
    readable = set(material.versions.visible_to(user).values_list("pk", flat=True))
    lines = {v.pk: _line(v, material, readable, may_edit) for v in versions}
    originals = [
        Original(lines[source.pk], [lines[edition.pk] for edition in below])
        for source, below in editions.by_source(versions)
    ]
    return MaterialPage(
        lines=list(lines.values()),
        originals=originals,
        languages=[_LANGUAGES[code] for code in sorted({v.language for v in versions})],
        tags=[*(PortfolioPart(part).label for part in material.parts), *material.levels],
        released=sum(v.released_at is not None for v in versions),
        may_edit=may_edit,
        may_judge=permissions.may_judge_erratum.allows(user, material),
        matrix=matrix.build(material.required.select_related("country"), versions),
    )


def _line(version: Version, material: Material, readable: set[int], may_edit: bool) -> VersionLine:
    both = version.pk in readable and version.source_id in readable
    return VersionLine(
        version=version,
        readable=version.pk in readable,
        may_release=may_edit and version.released_at is None,
        freshness=editions.freshness(version),
        supersession=editions.supersession(version),
        erratum=getattr(version, "erratum", None),
        licence=_LICENCES[version.licence or material.licence],
        beside=version.source_id or 0 if both else 0,
    )
