"""What the demo's materials grew by: tags, what is needed where, and later versions.

Each thing is looked for before it is written, so that an older demo gets what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile

from experts.models import Country, User
from materials import demo_files, demo_film, demo_slides
from materials.domain import tags, uploads
from materials.domain.uploads import VersionFacts
from materials.enums import MP4, TrackKind
from materials.models import Material, RequiredEdition, TextTrack, Version

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
    # Of which version number it is the translation, and by whom; 0 for an original.
    source: int = 0
    translator: str = ""


ADDED = [
    Added(
        "M04",
        2,
        "picture-cards-2.pdf",
        partial(demo_files.cards, "en"),
        what_changed="The cards themselves: eight drawings to cut out, no word needed.",
    ),
    # Of what came before the cards, so that a stale edition is seen beside fresh ones.
    Added(
        "M04",
        3,
        "bildkarten.pdf",
        partial(demo_files.cards_guide, "de"),
        language="de",
        what_changed="Translated from version 1.",
        source=1,
        translator="Anke Brandt",
    ),
    *(
        Added(
            "M04",
            1,
            f"picture-cards-2.{language}.pdf",
            partial(demo_files.cards, language),
            language=language,
            what_changed="Translated from version 2.",
            source=2,
            translator=translator,
        )
        for language, translator in (("el", "Eleni Vlachou"), ("ar", "Samir Haddad"))
    ),
    *(
        Added(
            "M02",
            months,
            f"learner-workbook.{language}.pdf",
            partial(demo_files.workbook, language),
            language=language,
            what_changed="Translated from version 1.",
            released=released,
            source=1,
            translator=translator,
        )
        for months, language, released, translator in (
            (5, "de", True, "Anke Brandt"),
            (5, "el", True, "Eleni Vlachou"),
            (4, "es", True, "Pilar Ortega"),
            (2, "bg", False, "Milena Ruseva"),
        )
    ),
    Added(
        "M08",
        2,
        "steps-of-prior-learning.pptx",
        demo_slides.deck,
        what_changed="The slides for the two hours, with room for notes.",
    ),
    Added(
        "M09",
        1,
        "portfolio-afternoon.mp4",
        demo_film.film,
        what_changed="The film itself, half a minute without sound, with captions.",
    ),
]
# What the film's captions say, a line for each of its pictures.
CAPTIONS = {
    "en": ("One o'clock: an empty folder.", "A photo of good work.", "A word in two languages.",
           "A letter from a neighbour.", "What I want to learn.", "Four o'clock: my portfolio."),
    "el": ("Μία η ώρα: ένας άδειος φάκελος.", "Μια φωτογραφία από καλή δουλειά.",
           "Μια λέξη σε δύο γλώσσες.", "Ένα γράμμα από γείτονα.", "Τι θέλω να μάθω.",
           "Τέσσερις η ώρα: το χαρτοφυλάκιό μου."),
    "ar": ("الواحدة: ملف فارغ.", "صورة لعمل جيد.", "كلمة بلغتين.", "رسالة من جار.",
           "ما أريد أن أتعلمه.", "الرابعة: ملف إنجازي."),
}  # fmt: skip


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
    _caption(materials["M09"], anchor)
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
        source_id=material.versions.get(number=added.source).pk if added.source else None,
        translator=added.translator,
    )
    version = uploads.add_version(material_id=material.pk, facts=facts, by=by, at=at)
    if added.released:
        released_at = at + relativedelta(days=20)
        uploads.note_release(version_id=version.pk, by=by, at=released_at)
    return version


def _caption(material: Material, anchor: date) -> None:
    film = material.versions.filter(media_type=MP4.media_type).latest("number")
    for language, lines in CAPTIONS.items():
        TextTrack.objects.get_or_create(
            version=film,
            kind=TrackKind.CAPTIONS,
            language=language,
            defaults={
                "text": _webvtt(lines),
                "uploaded_by": material.owner,
                "uploaded_at": _moment(anchor, 1),
            },
        )


def _webvtt(lines: tuple[str, ...]) -> str:
    step = demo_film.SECONDS
    cues = [
        f"00:{n * step:02d}.000 --> 00:{(n + 1) * step:02d}.000\n{line}"
        for n, line in enumerate(lines)
    ]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _owner(material: Material) -> User:
    user = material.owner.user
    assert user is not None  # the owners of the demo's materials log in
    return user


def _moment(anchor: date, months: int) -> datetime:
    return datetime.combine(anchor - relativedelta(months=months), time(10, 0), tzinfo=UTC)
