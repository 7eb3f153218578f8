"""The tables of the materials: each exact version, its fingerprint, its verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Paragraph,
    Span,
    Table,
    Text,
)
from cop_platform.common.reporting.sections import Head, pointer
from cop_platform.common.reporting.tongues import words
from feedback.validation.domain.report import verdict_sayings
from feedback.validation.domain.report.materials_reading import (
    MaterialFacts,
    MaterialsFacts,
)
from feedback.validation.domain.report.verdict_facts import VerdictFacts, current
from materials.enums import Licence, MaterialType

KEY = "materials"


def blocks(facts: MaterialsFacts, head: Head) -> Iterator[Block]:
    """What is listed, then each version, its fingerprint and its verdicts."""
    yield Paragraph(_opening(facts))
    yield _table(facts, head)
    yield _fingerprints(facts)
    if any(current(row.verdicts) for row in facts.versions):
        yield _verdicts(facts)


def _opening(facts: MaterialsFacts) -> str:
    codes = {row.code for row in facts.versions}
    languages = sorted({sayings.language(row.language) for row in facts.versions})
    text = ngettext(
        "%(n)s material is listed, in these languages: %(languages)s. A verdict holds for one "
        "exact version: for the bytes whose fingerprint stands below.",
        "%(n)s materials are listed, in these languages: %(languages)s. A verdict holds for one "
        "exact version: for the bytes whose fingerprint stands below.",
        len(codes),
    )
    return text % {"n": sayings.count(len(codes)), "languages": sayings.listed(languages)}


def _table(facts: MaterialsFacts, head: Head) -> Table:
    return Table(
        key="materials",
        caption=_("Materials, by code and language"),
        columns=(
            Column(_("Code"), 0.9),
            Column(_("Title"), 3),
            Column(_("Type"), 1.3),
            Column(_("Language"), 1.4),
            Column(_("Version"), 1, Align.END),
            Column(_("Extent"), 1.5, Align.END),
            Column(_("Asked"), 0.9, Align.END),
            Column(_("Sent"), 0.9, Align.END),
            Column(_("Verdict"), 2.4),
        ),
        rows=tuple(_row(n, row, head) for n, row in enumerate(facts.versions)),
        note=_(
            "“Asked” and “Sent” count reviews of this version: those that were asked for and not "
            "declined, and those that were handed in."
        ),
    )


def _row(n: int, row: MaterialFacts, head: Head) -> tuple[Cell, ...]:
    return (
        Cell(row.code),
        Cell(words(row.title)),
        Cell(str(MaterialType(row.type).label)),
        Cell(_language(row)),
        celling.count(row.version, pointer(KEY, "versions", n, "version")),
        _extent(n, row),
        celling.count(row.asked, pointer(KEY, "versions", n, "asked")),
        celling.count(row.submitted, pointer(KEY, "versions", n, "submitted")),
        verdict_sayings.summary(row.verdicts, head),
    )


def _language(row: MaterialFacts) -> str:
    language = sayings.language(row.language)
    if row.translates is None:
        return language
    said = {"language": language, "version": sayings.count(row.translates)}
    return _("%(language)s, of version %(version)s") % said


def _extent(n: int, row: MaterialFacts) -> Cell:
    if row.pages:
        text = ngettext("%(n)s page", "%(n)s pages", row.pages)
        said = text % {"n": sayings.count(row.pages)}
        return Cell(said, value=row.pages, source=pointer(KEY, "versions", n, "pages"))
    if row.seconds:
        text = _("%(n)s min") % {"n": sayings.count(max(1, round(row.seconds / 60)))}
        return Cell(text, source=pointer(KEY, "versions", n, "seconds"))
    return Cell(sayings.NONE)


def _fingerprints(facts: MaterialsFacts) -> Table:
    return Table(
        key="fingerprints",
        caption=_("Fingerprints (SHA-256) and licences of the versions"),
        columns=(
            Column(_("Code"), 0.6),
            Column(_("Version"), 0.7, Align.END),
            Column(_("Fingerprint"), 7.4),
            Column(_("Licence"), 1.6),
        ),
        rows=tuple(
            (
                Cell(row.code),
                celling.count(row.version, pointer(KEY, "versions", n, "version")),
                Cell(_code(row.sha256), source=pointer(KEY, "versions", n, "sha256")),
                Cell(licence(row.licence)),
            )
            for n, row in enumerate(facts.versions)
        ),
        note=_("Of a link, the fingerprint is that of its address."),
    )


def licence(code: str) -> str:
    """A licence by its name; as it is written where it is none of ours."""
    return str(Licence(code).label) if code in Licence.values else code


def _code(text: str) -> Text:
    return (Span(text, code=True),)


def _verdicts(facts: MaterialsFacts) -> Table:
    rows = [
        _verdict_row(row, verdict, pointer(KEY, "versions", n, "verdicts", place))
        for n, row in enumerate(facts.versions)
        for place, verdict in enumerate(row.verdicts)
        if verdict in current(row.verdicts)
    ]
    return Table(
        key="verdicts",
        caption=_("Verdicts: since when, until when, and by whom confirmed"),
        columns=(
            Column(_("Material"), 1.7),
            Column(_("Of"), 1.4),
            Column(_("Verdict"), 2.3),
            Column(_("In force since"), 1.5),
            Column(_("Valid until"), 1.5),
            Column(_("Confirmed by"), 1.6),
            Column(_("Second signature"), 1.6),
        ),
        rows=tuple(rows),
    )


def _verdict_row(row: MaterialFacts, verdict: VerdictFacts, source: str) -> tuple[Cell, ...]:
    named = _("%(code)s, version %(n)s") % {"code": row.code, "n": sayings.count(row.version)}
    return (
        Cell(named),
        Cell(verdict_sayings.where(verdict)),
        Cell(
            verdict_sayings.standing(verdict),
            source=f"{source}/standing",
            sign=verdict_sayings.sign(verdict),
        ),
        celling.day(verdict.in_force_on, f"{source}/in_force_on"),
        celling.day(verdict.valid_until, f"{source}/valid_until"),
        Cell(verdict_sayings.role(verdict.confirmed_by), source=f"{source}/confirmed_by"),
        Cell(verdict_sayings.role(verdict.second_by), source=f"{source}/second_by"),
    )
