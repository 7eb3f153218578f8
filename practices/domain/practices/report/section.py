"""What good practices give to a validation report."""

from __future__ import annotations

from collections.abc import Iterator

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
    Stat,
    Stats,
    Table,
)
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from practices.domain.practices.report import reading
from practices.domain.practices.report.facts import AdoptionFacts, PracticeFacts, PracticesFacts
from practices.enums import Maturity

KEY = "practices"


def title() -> str:
    return _("Good practices")


def chapters(facts: PracticesFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nothing was published, given or taken; the limits say so."""
    if facts.practices or facts.adoptions:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def stats(facts: PracticesFacts, head: Head) -> Iterator[Stat]:
    """The number of practices and of adoptions."""
    yield from _numbers(facts)


def _numbers(facts: PracticesFacts) -> Iterator[Stat]:
    totals = facts.totals
    if totals.practices:
        label = ngettext("good practice", "good practices", totals.practices)
        at = pointer(KEY, "totals", "practices")
        yield Stat(sayings.count(totals.practices), label, at)
    if totals.adoptions:
        label = ngettext("adoption by a partner", "adoptions by partners", totals.adoptions)
        at = pointer(KEY, "totals", "adoptions")
        yield Stat(sayings.count(totals.adoptions), label, at)


def gaps(facts: PracticesFacts, head: Head) -> Iterator[str]:
    """What there is nothing of."""
    if not facts.totals.practices:
        yield _("No good practice was published.")
    if not facts.totals.adoptions:
        yield _("No practice was given to or taken from another partner in this period.")


def headline(facts: PracticesFacts, head: Head) -> Iterator[str]:
    """How many there are, and whether others use them."""
    totals = facts.totals
    if totals.practices:
        yield ngettext(
            "%(n)s good practice passed both checks; partners adopted practices %(m)s times.",
            "%(n)s good practices passed both checks; partners adopted practices %(m)s times.",
            totals.practices,
        ) % {"n": sayings.count(totals.practices), "m": sayings.count(totals.adoptions)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (("practices", _("Good practices")), ("adoptions", _("Adoptions of practices")))


def indicators(facts: PracticesFacts, head: Head) -> Iterator[Indicator]:
    """Recommended practices, and adoptions within the period."""
    found = {"practices": facts.totals.practices, "adoptions": facts.totals.adoptions}
    for key, label in indicator_keys():
        yield Indicator(key, label, found[key], pointer(KEY, "totals", key))


def recount(facts: PracticesFacts) -> Iterator[str]:
    """The totals against the rows they count."""
    totals = facts.totals
    if totals.practices != len(facts.practices):
        yield _("The number of good practices does not agree with their list.")
    if totals.adoptions != len(facts.adoptions):
        yield _("The number of adoptions does not agree with their list.")


def _blocks(facts: PracticesFacts) -> Iterator[Block]:
    yield Stats(tuple(_numbers(facts)))
    yield Paragraph(
        _(
            "A practice counts when two people who did not write it checked it: a coordinator "
            "screened it, a colleague tried to repeat it from the card. An adoption is its use by "
            "a partner other than the one it comes from."
        )
    )
    if facts.practices:
        yield _by_maturity(facts)
        yield _list(facts)
    if facts.adoptions:
        yield _adoptions(facts)


def _by_maturity(facts: PracticesFacts) -> Paragraph:
    parts = [
        _("%(label)s: %(n)s") % {"label": step.label, "n": sayings.count(facts.of_maturity(step))}
        for step in Maturity
        if facts.of_maturity(step)
    ]
    return Paragraph(_("By maturity: %(parts)s.") % {"parts": sayings.listed(parts)})


def _list(facts: PracticesFacts) -> Table:
    return Table(
        key="practices-list",
        caption=_("Good practices"),
        columns=(
            Column(_("Practice"), 5),
            Column(_("Country"), 2),
            Column(_("Maturity"), 2),
            Column(_("Version"), 1, Align.END),
            Column(_("Published"), 2),
            Column(_("Adopted in"), 2),
        ),
        rows=tuple(_practice(one, n) for n, one in enumerate(facts.practices)),
    )


def _practice(one: PracticeFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "practices", n)
    adopters = [sayings.country(code) for code in one.adopters]
    return (
        Cell(one.title),
        Cell(sayings.country(one.country)),
        Cell(str(one.maturity.label)),
        celling.count(one.version, f"{at}/version"),
        celling.day(one.published),
        Cell(sayings.listed(adopters) if adopters else sayings.NONE),
    )


def _adoptions(facts: PracticesFacts) -> Table:
    totals = facts.totals
    return Table(
        key="practices-adoptions",
        caption=_("Practices given and taken in this period"),
        columns=(
            Column(_("Practice"), 5),
            Column(_("From"), 2),
            Column(_("Adopted in"), 2),
            Column(_("Use"), 2),
            Column(_("Changed"), 1),
            Column(_("Since"), 2),
        ),
        rows=tuple(_adoption(one) for one in facts.adoptions),
        note=_("Given to others: %(given)s. Taken from others: %(taken)s.")
        % {"given": sayings.count(totals.given), "taken": sayings.count(totals.taken)},
    )


def _adoption(one: AdoptionFacts) -> tuple[Cell, ...]:
    return (
        Cell(one.title),
        Cell(sayings.country(one.giver)),
        Cell(sayings.country(one.taker)),
        Cell(str(one.use.label)),
        Cell(_("yes") if one.is_changed else _("no")),
        celling.day(one.day),
    )


SECTION = Section(
    key=KEY,
    order=92,
    part=Part.CHAPTER,
    title=title,
    facts=PracticesFacts,
    collect=reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    recount=recount,
)
