"""What the list of practices is narrowed to, its index, and its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from experts.models import Country, Topic, User
from materials.domain.asked import shortened
from practices.domain.practices import adopting
from practices.enums import Maturity
from practices.models import Practice, PracticeVersion
from practices.querysets import PracticeQuerySet

MOST_WORDS = 12
MOST_TAGS = 60
_EXCERPT = 220
_WORD = re.compile(r"[^\W_]+")
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
    tags: list[str]
    adopters: list[str]


@dataclass(frozen=True)
class Entry:
    """A line of the index: a word and on how many practices it stands."""

    word: str
    count: int


@dataclass(frozen=True)
class Index:
    """Topics and tags of all recommended practices, by the alphabet."""

    topics: list[Entry]
    tags: list[Entry]


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


def rows(practices: Iterable[Practice]) -> list[Row]:
    """From rows of `apply`; who adopted them takes one more question."""
    shown = list(practices)
    adopters = adopting.counts([practice.pk for practice in shown])
    return [_row(practice, adopters.get(practice.pk, set())) for practice in shown]


def index(user: User) -> Index:
    """Every topic and tag of recommended practices. One query."""
    found = Practice.objects.visible_to(user).published().order_by()
    topics: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for topic, of_one in found.values_list("topic__name", "tags"):
        if topic:
            topics[topic] += 1
        tags.update(set(of_one))
    return Index(_entries(topics), _entries(Counter(dict(tags.most_common(MOST_TAGS)))))


def at_work(user: User) -> QuerySet[PracticeVersion]:
    """Versions that are written or checked and that this person may open."""
    seen = PracticeVersion.objects.visible_to(user).at_work()
    return seen.select_related("practice__country").order_by("step", "submitted_on", "pk")


def topic_names() -> list[str]:
    """The topics that practices carry, for the filter."""
    carried = Topic.objects.filter(practices__current__isnull=False)
    return list(carried.order_by("name").values_list("name", flat=True).distinct())


def chip(maturity: str) -> Chip:
    """How far a practice has come, as a chip."""
    step = Maturity(maturity)
    kind, icon = LOOKS[step]
    return Chip(kind, icon, str(step.label))


def excerpt(text: str) -> str:
    """The beginning of a text, without its marks of emphasis and lists."""
    plain = " ".join(re.sub(r"[*_#>`]+", "", text).split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT].rsplit(' ', 1)[0]}…"


def _row(practice: Practice, adopters: set[str]) -> Row:
    version = practice.current
    assert version is not None
    return Row(
        title=version.title,
        url=practice.get_absolute_url(),
        country=practice.country.code,
        partner=practice.partner.name if practice.partner else "",
        topic=practice.topic.name if practice.topic else "",
        language=version.language,
        need=excerpt(version.need),
        version=version.number,
        maturity=chip(practice.maturity),
        tags=practice.tags,
        adopters=sorted(adopters),
    )


def _says(word: str) -> Q:
    fields = [Q(**{f"current__{name}__icontains": word}) for name in _SEARCHED]
    beside = [Q(tags__icontains=word), Q(topic__name__icontains=word)]
    return reduce(or_, [*fields, *beside])


def _entries(counts: Counter[str]) -> list[Entry]:
    return [Entry(word, n) for word, n in sorted(counts.items(), key=lambda pair: pair[0].lower())]
