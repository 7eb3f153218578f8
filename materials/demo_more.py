"""What the demo's materials grew by: tags, what is needed where, and later versions.

Each thing is looked for before it is written, so that an older demo gets what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile

from experts.models import Country, User
from materials import demo_files
from materials.domain import tags, uploads
from materials.domain.uploads import VersionFacts
from materials.models import Material, RequiredEdition, Version

# Parts of an e-portfolio and levels by code. Nothing is tagged as a badge: the picture of what the
# materials cover has a gap to show.
TAGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "M01": (("plan", "journal"), ("EntreComp 3",)),
    "M02": (("journal", "artefact"), ("CEFR A1", "CEFR A2")),
    "M03": (("europass_cv", "competence_map"), ("CEFR A2", "DigComp 2")),
    "M04": (("competence_map",), ("CEFR A1",)),
    "M05": (("passport",), ("CEFR A1", "CEFR A2", "CEFR B1")),
    "M06": (("artefact",), ("DigComp 3",)),
    "M07": (("plan",), ("EntreComp 4",)),
    "M08": (("competence_map", "plan"), ("EntreComp 4",)),
    "M09": (("artefact", "journal"), ("CEFR A2",)),
    "M10": (("europass_cv",), ("DigComp 2", "DigComp 3")),
    "M11": (("plan", "artefact"), ("EntreComp 2",)),
    "M12": (("europass_cv",), ("CEFR B2",)),
}
LANGUAGE_OF = {"BG": "bg", "DE": "de", "EL": "el", "IT": "it", "ES": "es", "SE": "sv"}
# Needed in the language of every country, and for people who arrived also in these.
NEEDED = {"M01": (), "M02": ("ar", "fa"), "M03": ("ar",), "M05": ("ar", "uk")}
# Months from the anchor to the day up to which the first version holds; one is over already.
VALID_MONTHS = {"M03": -1, "M06": 10}


@dataclass(frozen=True)
class Added:
    """A version added to a material of the demo, told in months before the anchor."""

    code: str
    months: int
    name: str
    build: Callable[[], bytes]
    language: str = "en"
    what_changed: str = ""
    released: bool = True


ADDED = [
    Added(
        "M04",
        2,
        "picture-cards-2.pdf",
        demo_files.cards,
        what_changed="The cards themselves: eight drawings to cut out, no word needed.",
    ),
]


def seed(anchor: date) -> None:
    """Adds what is missing, told from the day `anchor`."""
    materials = {row.code: row for row in Material.objects.select_related("owner__user")}
    for code, (parts, levels) in TAGS.items():
        material = materials[code]
        if not material.parts and not material.levels:
            at, by = _moment(anchor, 1), _owner(material)
            tags.set_tags(material_id=material.pk, parts=parts, levels=levels, by=by, at=at)
    _need(materials)
    for added in ADDED:
        _add(materials[added.code], added, anchor)
    for code, months in VALID_MONTHS.items():
        first = Version.objects.filter(material=materials[code], number=1, valid_until=None)
        first.update(valid_until=anchor + relativedelta(months=months))


def _need(materials: dict[str, Material]) -> None:
    countries = Country.objects.filter(code__in=LANGUAGE_OF)
    wanted = [
        RequiredEdition(material=materials[code], country=country, language=language)
        for code, more in NEEDED.items()
        for country in countries
        for language in (LANGUAGE_OF[country.code], *more)
    ]
    RequiredEdition.objects.bulk_create(wanted, ignore_conflicts=True)


def _add(material: Material, added: Added, anchor: date) -> Version | None:
    """The new version; None when it is there already."""
    if material.versions.filter(language=added.language, original_name=added.name).exists():
        return None
    by, at = _owner(material), _moment(anchor, added.months)
    facts = VersionFacts(
        language=added.language,
        file=ContentFile(added.build(), added.name),
        what_changed=added.what_changed,
    )
    version = uploads.add_version(material_id=material.pk, facts=facts, by=by, at=at)
    if added.released:
        released_at = at + relativedelta(days=20)
        uploads.release(version_id=version.pk, by=by, at=released_at)
    return version


def _owner(material: Material) -> User:
    user = material.owner.user
    assert user is not None  # the owners of the demo's materials log in
    return user


def _moment(anchor: date, months: int) -> datetime:
    return datetime.combine(anchor - relativedelta(months=months), time(10, 0), tzinfo=UTC)
