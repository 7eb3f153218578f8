"""What the list of practices is narrowed to, its index, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import CharField, Count, F, Func, Q, QuerySet

from cop_platform.common.addresses import numbered
from cop_platform.common.prepared import Prepared, at_once
from experts import reference
from experts.models import Country, Topic, User
from materials.domain.asked import shortened
from practices.domain.practices import adopting
from practices.enums import Maturity
from practices.models import Practice, PracticeVersion
from practices.querysets import PracticeQuerySet

MOST_WORDS = 12
MOST_TAGS = 60
_EXCERPT = 220
# Of a long text no more is looked at: its marks of emphasis are far fewer than its words.
_LOOKED_AT = 4 * _EXCERPT
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[*_#>`]+")
_SEARCHED = (
    *("title", "place", "need", "steps", "resources", "result", "evidence", "lessons"),
    *("conditions", "adaptable"),
)
# How a chip of each step looks.
LOOKS = {
    Maturity.INNOVATION: ("quiet", "plus"),
    Maturity.PROMISING: ("info", "up"),
    Maturity.GOOD: ("ok", "check"),
    Maturity.INSTITUTIONALISED: ("ok", "home"),
}


@dataclass(frozen=True)
class PracticeFilter:
    """The cleaned fields of the filter bar; `retired` shows those instead of the others."""

    q: str = ""
    country: Country | None = None
    topic: str = ""
    tag: str = ""
    maturity: str = ""
    language: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Chip:
    """Plain values of a chip."""

    kind: str
    icon: str
    label: str


@dataclass(frozen=True)
class Row:
    """A practice in the list; `adopters` are codes of countries."""

    title: str
    url: str
    country: str
    partner: str
    topic: str
    language: str
    need: str
    version: int
    maturity: Chip
    tags: tuple[str, ...]
    adopters: tuple[str, ...]


class _Shown(NamedTuple):
    """What is read of a practice for its row."""

    pk: int
    country_id: int
    partner: str | None
    topic: str | None
    maturity: str
    tags: list[str]
    title: str
    language: str
    number: int
    need: str


@dataclass(frozen=True)
class Entry:
    """A line of the index: a word and on how many practices it stands."""

    word: str
    count: int


@dataclass(frozen=True)
class Index:
    """Topics and tags of all recommended practices, by the alphabet."""

    topics: tuple[Entry, ...]
    tags: tuple[Entry, ...]


def apply(practices: PracticeQuerySet, wanted: PracticeFilter) -> PracticeQuerySet:
    """Published ones, narrowed, with what a row shows; the newest first."""
    found = practices.filter(current__isnull=False, retired_on__isnull=not wanted.retired)
    for word in _WORD.findall(wanted.q.lower())[:MOST_WORDS]:
        found = found.filter(_says(shortened(word)))
    if wanted.country:
        found = found.filter(country=wanted.country)
    if wanted.topic:
        found = found.filter(topic__name=wanted.topic)
    if wanted.tag:
        found = found.filter(tags__contains=[wanted.tag])
    if wanted.maturity:
        found = found.filter(maturity=wanted.maturity)
    if wanted.language:
        found = found.filter(current__language=wanted.language)
    shown = found.select_related("country", "partner", "topic", "current")
    return shown.order_by("-current__published_on", "-pk")


def rows(practices: QuerySet[Practice]) -> list[Row]:
    """From `apply` or a page of it: no more is read than is shown. Two questions."""
    read = practices.values_list(
        *("pk", "country_id", "partner__name", "topic__name", "maturity", "tags"),
        *("current__title", "current__language", "current__number", "current__need"),
    )
    shown = [_Shown(*values) for values in read]
    adopters = adopting.counts([practice.pk for practice in shown])
    return [_row(practice, adopters.get(practice.pk, set())) for practice in shown]


def _topics() -> QuerySet:
    """Topics of recommended practices, which every member reads, with how many carry each."""
    carried = Practice.objects.published().filter(topic__isnull=False)
    return carried.order_by("topic__name").values_list("topic__name").annotate(n=Count("pk"))


def _tags() -> QuerySet:
    """Their tags, those that stand on most of them first."""
    each = Func(F("tags"), function="unnest", output_field=CharField())
    tagged = Practice.objects.published().annotate(tag=each).values_list("tag")
    return tagged.annotate(n=Count("pk", distinct=True)).order_by("-n", "tag")[:MOST_TAGS]


_TOPICS, _TAGS = Prepared(_topics), Prepared(_tags)


def index() -> Index:
    """Every topic and the tags of recommended practices, which all members read. One query."""
    topics, tags = at_once([_TOPICS.asked(), _TAGS.asked()])
    return Index(_entries(topics), _entries(tags))


def at_work(user: User) -> QuerySet[PracticeVersion]:
    """Versions that are written or checked and that this person may open."""
    seen = PracticeVersion.objects.visible_to(user).at_work().select_related("practice__country")
    shown = seen.only("title", "number", "step", "practice__country__code")
    return shown.order_by("step", "submitted_on", "pk")


_CARRIED = Prepared(
    lambda: (
        Topic.objects.filter(practices__current__isnull=False)
        .order_by("name")
        .values_list("name")
        .distinct()
    )
)


def topic_names() -> list[str]:
    """The topics that practices carry, for the filter."""
    return [name for (name,) in _CARRIED.all()]


def chip(maturity: str) -> Chip:
    """How far a practice has come, as a chip."""
    step = Maturity(maturity)
    kind, icon = LOOKS[step]
    return Chip(kind, icon, str(step.label))


def excerpt(text: str) -> str:
    """The beginning of a text, without its marks of emphasis and lists."""
    plain = " ".join(_MARKS.sub("", text[:_LOOKED_AT]).split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT].rsplit(' ', 1)[0]}…"


def _row(practice: _Shown, adopters: set[str]) -> Row:
    return Row(
        title=practice.title,
        url=numbered("practice_detail", practice.pk),
        country=reference.code(practice.country_id),
        partner=practice.partner or "",
        topic=practice.topic or "",
        language=practice.language,
        need=excerpt(practice.need),
        version=practice.number,
        maturity=chip(practice.maturity),
        tags=tuple(practice.tags),
        adopters=tuple(sorted(adopters)),
    )


def _says(word: str) -> Q:
    fields = [Q(**{f"current__{name}__icontains": word}) for name in _SEARCHED]
    beside = [Q(tags__icontains=word), Q(topic__name__icontains=word)]
    return reduce(or_, [*fields, *beside])


def _entries(counts: Iterable[tuple[str, int]]) -> tuple[Entry, ...]:
    found = (Entry(word, n) for word, n in counts)
    return tuple(sorted(found, key=lambda entry: entry.word.lower()))
