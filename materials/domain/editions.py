"""Language editions: translations of exact versions, and whether their source has moved on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from materials.models import Material, Version


class NotASource(NotPossible):
    """The version named as the source cannot be the source of this edition."""


def check_source(*, material_id: int, source_id: int | None, language: str) -> None:
    """Raises NotASource unless `source_id` is an original of this material in another language.

    A translation of a translation is refused: nobody could say what it is fresh against.
    """
    if source_id is None:
        return
    source = Version.objects.filter(pk=source_id, material_id=material_id).first()
    if source is None:
        raise NotASource(_("Choose a version of this material as the source."))
    if source.source_id is not None:
        raise NotASource(_("This version is a translation itself. Choose the version it is of."))
    if source.language == language:
        raise NotASource(_("The source is in this language already. Choose the other language."))


def possible_sources(material: Material) -> list[Version]:
    """The versions an edition can be the translation of, the newest first."""
    return list(material.versions.filter(source__isnull=True).newest_first())


@dataclass(frozen=True)
class Standing:
    """A state as a chip shows it, kind, icon and word, and beside it what explains it."""

    kind: str
    icon: str
    label: str
    detail: str = ""


def freshness(version: Version) -> Standing | None:
    """How a version of `with_standing` stands to its source; None for an original."""
    if version.source_id is None:
        return None
    moved_on_to: int | None = version.moved_on_to  # type: ignore[attr-defined]
    if moved_on_to is None:
        return Standing("ok", "check", _("Up to date"))
    detail = _("The source is at version %(number)d.") % {"number": moved_on_to}
    return Standing("warn", "warning", _("Out of date"), detail)


def supersession(version: Version) -> Standing | None:
    """The chip of a version of `with_standing` that a later one in its language replaces."""
    number: int | None = version.superseded_by  # type: ignore[attr-defined]
    if number is None:
        return None
    return Standing("quiet", "clock", _("Superseded by version %(number)d") % {"number": number})


def by_source(versions: Iterable[Version]) -> list[tuple[Version, list[Version]]]:
    """Originals in the order given, each with its editions by language, the newest first."""
    rows = list(versions)
    found: dict[int, list[Version]] = {v.pk: [] for v in rows if v.source_id is None}
    for version in rows:
        if version.source_id in found:
            found[version.source_id].append(version)
    for editions in found.values():
        editions.sort(key=lambda edition: (edition.language, -edition.number))
    return [(v, found[v.pk]) for v in rows if v.source_id is None]


def pair(version: Version, other: Version) -> bool:
    """Whether two versions may be read side by side: two of one material."""
    return version.material_id == other.material_id and version.pk != other.pk
