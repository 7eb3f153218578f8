"""The catalogue: released editions, narrowed and counted, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from materials import verdicts
from materials.domain import search
from materials.models import Material, Version
from materials.querysets import MaterialQuerySet, VersionQuerySet

LANGUAGES = dict(settings.PROJECT_LANGUAGES)
# More than this nobody leafs through; the best come first.
MOST_FOUND = 200
# Reviewed at all; when the newest round closed; and not at all.
YES, NEW, OLD, NO = "yes", "year", "earlier", "no"
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


def editions(wanted: Wanted, today: date) -> VersionQuerySet:
    """Released versions that fit what is said about editions."""
    versions: VersionQuerySet = Version.objects.released()
    if wanted.language:
        versions = versions.filter(language=wanted.language)
    if wanted.valid:
        versions = versions.filter(_validity(wanted.valid, today))
    if wanted.reviewed:
        versions = versions.filter(_review(wanted.reviewed, today))
    return versions


def materials(wanted: Wanted, today: date) -> MaterialQuerySet:
    """Materials with such an edition, by code; `q` is left to `find`."""
    fitting = editions(wanted, today).filter(material=OuterRef("pk"))
    chosen: MaterialQuerySet = Material.objects.filter(Exists(fitting.order_by()))
    return chosen.filter(**_about(wanted)).order_by("code")


@dataclass(frozen=True)
class Found:
    """Keys of the materials, by code; of a search the best ones, best first.

    `has_more` where a search found more than are kept.
    """

    keys: QuerySet | list[int]
    has_more: bool = False


def find(wanted: Wanted, today: date) -> Found:
    """A question is asked at once, the rest when it is needed."""
    if not wanted.q:
        return Found(materials(wanted, today).values_list("pk", flat=True))
    rows = search.released(wanted.q, wanted.language)
    if wanted.valid or wanted.reviewed:
        rows = rows.filter(version__in=editions(wanted, today).order_by().values("pk"))
    if about := _about(wanted):
        rows = rows.filter(**{f"version__material__{name}": said for name, said in about.items()})
    most = search.best(rows, wanted.q, wanted.language, most=MOST_FOUND + 1)
    return Found(most[:MOST_FOUND], has_more=len(most) > MOST_FOUND)


def _about(wanted: Wanted) -> dict[str, object]:
    """What is said about materials themselves, as the filters of Material."""
    said = {
        "audience": wanted.audience,
        "type": wanted.type,
        "levels__contains": wanted.level and [wanted.level],
        "parts__contains": wanted.part and [wanted.part],
    }
    return {name: value for name, value in said.items() if value}


def a_year_before(today: date) -> date:
    """From this day on a review counts as one of the last twelve months."""
    return today - relativedelta(years=1)


def _review(value: str, today: date) -> Q:
    ever, lately = verdicts.reviewed(), verdicts.reviewed(a_year_before(today))
    return {YES: ever, NEW: lately, OLD: ever & ~lately, NO: ~ever}[value]


def _validity(value: str, today: date) -> Q:
    return {
        VALID: Q(valid_until__gte=today),
        OVER: Q(valid_until__lt=today),
        NO_END: Q(valid_until__isnull=True),
    }[value]
