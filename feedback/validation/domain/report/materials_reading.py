"""Reads which materials a report is about, in which versions, and what was said of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cop_platform.common.reporting.sections import Scope
from feedback.reviews.domain.report import asked
from feedback.validation.domain.report import verdict_facts
from feedback.validation.domain.report.verdict_facts import VerdictFacts
from materials.models import RequiredEdition, Version


@dataclass(frozen=True)
class MaterialFacts:
    """One version. `asked` is 0 where these countries' panels were not asked about it.

    `translates` is the number of the version it is a language edition of. `is_link`: the hash is
    that of an address.
    """

    code: str
    title: str
    type: str
    language: str
    version: int
    translates: int | None
    sha256: str
    is_link: bool
    licence: str
    pages: int | None
    seconds: int | None
    uploaded_on: str
    released_on: str
    asked: int
    submitted: int
    verdicts: tuple[VerdictFacts, ...]


@dataclass(frozen=True)
class MaterialsFacts:
    """The versions by code, language and number."""

    versions: tuple[MaterialFacts, ...]


def collect(scope: Scope) -> MaterialsFacts:
    """The versions the countries were asked about, and the newest of every other material.

    The public edition names what was not asked about only where it is these countries' own, wanted
    in them, or released.
    """
    rounds = asked.rounds(scope)
    version_of = {one.pk: one.version_id for one in rounds}
    counts: dict[str, Counter[int]] = {"asked": Counter(), "submitted": Counter()}
    for seat in asked.seats(scope, rounds):
        counts["asked"][version_of[seat.round_id]] += not seat.declined
        counts["submitted"][version_of[seat.round_id]] += seat.submitted
    versions = _versions(scope, set(version_of.values()))
    verdicts = verdict_facts.read(scope, [version.pk for version in versions])
    rows = [_row(scope, version, counts, verdicts.get(version.pk, ())) for version in versions]
    return MaterialsFacts(tuple(sorted(rows, key=lambda r: (r.code, r.language, r.version))))


def _versions(scope: Scope, asked_about: set[int]) -> list[Version]:
    known = Version.objects.filter(uploaded_at__lte=scope.until).select_related(
        "material", "source"
    )
    if scope.materials is not None:
        known = known.filter(material__in=scope.materials)
    if not scope.for_agency:
        known = known.filter(_public(scope) | Q(pk__in=asked_about))
    newest: dict[int, Version] = {}
    found: dict[int, list[Version]] = defaultdict(list)
    for version in known.order_by("material__code", "number"):
        newest[version.material_id] = version
        if version.pk in asked_about:
            found[version.material_id].append(version)
    return [version for pk, last in newest.items() for version in found.get(pk) or [last]]


def _public(scope: Scope) -> Q:
    wanted = RequiredEdition.objects.filter(
        material=OuterRef("material"), country__in=scope.country_ids
    )
    own = Q(material__country__isnull=True) | Q(material__country__in=scope.country_ids)
    return own | Q(Exists(wanted.order_by())) | Q(released_at__lte=scope.until)


def _row(
    scope: Scope,
    version: Version,
    counts: Mapping[str, Counter[int]],
    verdicts: Sequence[VerdictFacts],
) -> MaterialFacts:
    released = version.released_at
    return MaterialFacts(
        code=version.material.code,
        title=version.material.title,
        type=version.material.type,
        language=version.language,
        version=version.number,
        translates=version.source.number if version.source else None,
        sha256=version.sha256,
        is_link=bool(version.link),
        licence=version.licence or version.material.licence,
        pages=version.pages,
        seconds=version.seconds,
        uploaded_on=asked.day_of(version.uploaded_at, scope),
        released_on=asked.day_of(released, scope) if released and released <= scope.until else "",
        asked=counts["asked"][version.pk],
        submitted=counts["submitted"][version.pk],
        verdicts=tuple(map(verdict_facts.without_figures, verdicts)),
    )


def newest(facts: MaterialsFacts) -> str:
    """The day of the newest upload or verdict."""
    return max(_days(facts.versions), default="")


def _days(versions: Iterable[MaterialFacts]) -> Iterable[str]:
    for row in versions:
        yield row.uploaded_on
        yield row.released_on
        for verdict in row.verdicts:
            yield verdict.confirmed_on
            yield verdict.in_force_on
