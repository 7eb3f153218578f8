"""What pages show of stories: lists, one story, those beside a material or practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cop_platform.common.panels import Panel
from experts.models import Country, Person, User
from materials.models import GlossaryTerm, Material
from practices.models import Practice, Story

SHOWN_BESIDE = 5


@dataclass(frozen=True)
class StoryFilter:
    """The cleaned fields of the list's filter bar."""

    q: str = ""
    cycle: str = ""
    occasion: str = ""
    country: Country | None = None
    material: Material | None = None


def found(user: User, wanted: StoryFilter) -> QuerySet[Story]:
    """Stories this person reads, the newest first; a search reads title and all words told."""
    stories = Story.objects.visible_to(user)
    for word in wanted.q.split():
        stories = stories.filter(Q(title__icontains=word) | Q(text__icontains=word))
    if wanted.cycle:
        stories = stories.filter(cycle=wanted.cycle)
    if wanted.occasion:
        stories = stories.filter(occasion=wanted.occasion)
    if wanted.country:
        stories = stories.filter(country=wanted.country)
    if wanted.material:
        stories = stories.filter(material=wanted.material)
    return for_rows(stories)


def for_rows(stories: QuerySet[Story]) -> QuerySet[Story]:
    """With what a row of a list says and no more, the newest first."""
    rows = stories.select_related("teller__expert", "country").only(
        *("title", "language", "cycle", "is_named", "told_on", "file", "country__name"),
        *("teller__name", "teller__expert__profession"),
    )
    return rows.annotate(cited=Count("citations")).order_by("-told_on", "-pk")


@dataclass(frozen=True)
class Row:
    """A story in a list, in plain values; `cited` is how often others used it."""

    url: str
    title: str
    language: str
    cycle: str
    said_by: str
    country: str
    told_on: date
    has_clip: bool
    cited: int


def rows(stories: Iterable[Story]) -> list[Row]:
    """From stories `for_rows`; asks nothing."""
    return [
        Row(
            url=story.get_absolute_url(),
            title=story.title,
            language=story.language,
            cycle=story.get_cycle_display(),
            said_by=said_by(story),
            country=story.country.name if story.country else "",
            told_on=story.told_on,
            has_clip=bool(story.file),
            cited=story.cited,  # type: ignore[attr-defined]
        )
        for story in stories
    ]


def said_by(story: Story) -> str:
    """Who told it as others read it: the name only where the teller wants it to stand there."""
    return story.teller.name if story.is_named else role_of(story.teller)


def role_of(person: Person) -> str:
    """The role of a person without the name."""
    expert = getattr(person, "expert", None)
    return expert.get_profession_display() if expert else _("Member of the community")


def word_of(term: GlossaryTerm) -> str:
    """The word of a term, which comes with its words, in the reader's language, else in English."""
    words = {word.language: word.word for word in term.words.all()}
    return words.get(get_language() or "en") or words.get("en") or next(iter(words.values()), "")


def rows_of_material(user: User, material: Material) -> Iterator[QuerySet]:
    """Where `of_material` looks."""
    yield Story.objects.visible_to(user).filter(material=material)


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """Stories linked to a material."""
    yield from _beside(user, Story.objects.filter(material=material), f"material={material.code}")


def of_practice(user: User, practice: Practice) -> Iterator[Panel]:
    """Stories that tell of a practice."""
    yield from _beside(user, Story.objects.filter(practice=practice), f"practice={practice.pk}")


def _beside(user: User, stories: QuerySet[Story], query: str) -> Iterator[Panel]:
    beside = rows(for_rows(stories.filter(pk__in=_seen(user)))[:SHOWN_BESIDE])
    if beside:
        yield Panel("practices/_story_panel.html", {"rows": beside, "query": query})


def _seen(user: User) -> QuerySet:
    return Story.objects.visible_to(user).order_by().values("pk")
