"""Annex: versions that were released although a verdict was missing, and who decided so, as a role.

The reasons stand in the agency's edition alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from cop_platform.common.reporting.tongues import words
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person
from feedback.reviews.domain.report import asked
from feedback.validation.models import ReleaseWaiver

KEY = "waivers"


@dataclass(frozen=True)
class WaiverFacts:
    """One waiver; `country` is an ISO 3166 code, "" for all that are missing."""

    code: str
    version: int
    language: str
    country: str
    signed_on: str
    taken_back_on: str
    reason: str


@dataclass(frozen=True)
class WaiversFacts:
    """All waivers by material and day."""

    waivers: tuple[WaiverFacts, ...]


def collect(scope: Scope) -> WaiversFacts:
    """Waivers that were signed by the period's end, for these countries or for all.

    The public edition has those of versions that are released.
    """
    found = ReleaseWaiver.objects.filter(
        Q(country__in=scope.country_ids) | Q(country__isnull=True), signed_at__lte=scope.until
    )
    if scope.materials is not None:
        found = found.filter(version__material__in=scope.materials)
    if not scope.for_agency:
        found = found.filter(version__released_at__lte=scope.until)
    rows = list(
        found.select_related("version__material", "country").order_by(
            "version__material__code", "version__number", "signed_at", "pk"
        )
    )
    names: list[str] = []
    if rows and scope.for_agency:
        names = list(Person.objects.values_list("name", flat=True))
    return WaiversFacts(tuple(_facts(scope, row, names) for row in rows))


def _facts(scope: Scope, row: ReleaseWaiver, names: list[str]) -> WaiverFacts:
    back = row.taken_back_at
    return WaiverFacts(
        code=row.version.material.code,
        version=row.version.number,
        language=row.version.language,
        country=row.country.iso_code if row.country else "",
        signed_on=asked.day_of(row.signed_at, scope),
        taken_back_on=asked.day_of(back, scope) if back and back <= scope.until else "",
        reason=without_names(row.reason, names) if scope.for_agency else "",
    )


def title() -> str:
    return _("Waivers")


def annexes(facts: WaiversFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nothing was waived."""
    if facts.waivers:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: WaiversFacts) -> Iterator[Block]:
    with_reasons = any(row.reason for row in facts.waivers)
    yield Paragraph(
        _(
            "A version may be released although a verdict is missing in a country, where a person "
            "with the right to do so signs a waiver and gives a reason."
        )
    )
    columns = [
        Column(_("Material"), 1),
        Column(_("Version"), 0.9, Align.END),
        Column(_("Country"), 1.6),
        Column(_("Signed"), 1.4),
        Column(_("Taken back"), 1.4),
    ]
    if with_reasons:
        columns.append(Column(_("Reason"), 4))
    yield Table(
        key="waivers",
        caption=_("Releases without a verdict in every country"),
        columns=tuple(columns),
        rows=tuple(_row(n, row, with_reasons=with_reasons) for n, row in enumerate(facts.waivers)),
    )


def _row(n: int, row: WaiverFacts, *, with_reasons: bool) -> tuple[Cell, ...]:
    here = pointer(KEY, "waivers", n)
    where = sayings.country(row.country) if row.country else _("all that are missing")
    cells = (
        Cell(row.code),
        celling.count(row.version, f"{here}/version"),
        Cell(where),
        celling.day(row.signed_on, f"{here}/signed_on"),
        celling.day(row.taken_back_on, f"{here}/taken_back_on"),
    )
    return (*cells, Cell(words(row.reason))) if with_reasons else cells


def gaps(facts: WaiversFacts, head: Head) -> Iterator[str]:
    held = {(row.code, row.version) for row in facts.waivers if not row.taken_back_on}
    if held:
        yield ngettext(
            "%(n)s version was released under a waiver, without a verdict in every country.",
            "%(n)s versions were released under a waiver, without a verdict in every country.",
            len(held),
        ) % {"n": sayings.count(len(held))}


SECTION = Section(
    key=KEY,
    order=155,
    part=Part.ANNEX,
    title=title,
    facts=WaiversFacts,
    collect=collect,
    newest=lambda facts: max((row.signed_on for row in facts.waivers), default=""),
    annexes=annexes,
    gaps=gaps,
)
