"""What a report says of help given: lines and hours by kind, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Align, Cell, Chapter, Column, Paragraph, Table
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from practices.enums import HelpKind
from practices.models import HelpGiven

KEY = "help"
# Fewer lines than this could be traced to somebody; such kinds are told together.
SMALLEST = 5


@dataclass(frozen=True)
class KindFacts:
    """One kind of help; `kind` is empty for the kinds that are told together."""

    kind: str
    lines: int
    minutes: int


@dataclass(frozen=True)
class HelpFacts:
    """Help given by members of the countries within the period; `few` says: too little to tell."""

    kinds: tuple[KindFacts, ...]
    lines: int
    minutes: int
    few: bool
    newest: str


def collect(scope: Scope) -> HelpFacts:
    """Sums by kind over the countries of the report; one query."""
    lines = HelpGiven.objects.filter(
        person__country__in=scope.country_ids, on__gte=scope.start, on__lte=scope.end
    )
    rows = (
        lines.order_by()
        .values_list("kind")
        .annotate(n=Count("pk"), minutes=Sum("minutes"), newest=Max("on"))
    )
    found = {kind: (n, minutes, newest) for kind, n, minutes, newest in rows}
    counted = [
        KindFacts(kind.value, *found[kind.value][:2]) for kind in HelpKind if kind.value in found
    ]
    newest = max((newest.isoformat() for _n, _minutes, newest in found.values()), default="")
    return told(counted, newest)


def told(kinds: list[KindFacts], newest: str) -> HelpFacts:
    """Without cells smaller than five: the small ones become one, of which nobody can subtract.

    Where the rest together is still too small, the smallest of the others joins it.
    """
    lines, minutes = sum(one.lines for one in kinds), sum(one.minutes for one in kinds)
    if lines < SMALLEST:
        return HelpFacts((), 0, 0, few=bool(lines), newest=newest if lines else "")
    large = [one for one in kinds if one.lines >= SMALLEST]
    small = [one for one in kinds if one.lines < SMALLEST]
    while small and sum(one.lines for one in small) < SMALLEST:
        least = min(large, key=lambda one: one.lines)
        large.remove(least)
        small.append(least)
    if small:
        rest = KindFacts("", sum(o.lines for o in small), sum(o.minutes for o in small))
        large.append(rest)
    return HelpFacts(tuple(large), lines, minutes, few=False, newest=newest)


def title() -> str:
    return _("Help given by kind")


def annexes(facts: HelpFacts, head: Head) -> Iterator[Chapter]:
    """The table by kind; a sentence where there is too little to tell."""
    if facts.few:
        yield Chapter(KEY, title(), (Paragraph(_few()),))
    if facts.kinds:
        yield Chapter(KEY, title(), (Paragraph(_intro()), _table(facts)))


def _few() -> str:
    return _("Fewer than five lines of help were noted in this period: they are not told here.")


def _intro() -> str:
    return _(
        "Members note how they helped colleagues: in which way and how long. These are the sums; "
        "kinds with fewer than five lines stand together, and nobody is named."
    )


def _table(facts: HelpFacts) -> Table:
    rows = [_row(n, one) for n, one in enumerate(facts.kinds)]
    rows.append(
        (
            Cell(_("All kinds")),
            _number(facts.lines, "lines"),
            _hours(facts.minutes, pointer(KEY, "minutes")),
        )
    )
    return Table(
        "help-kinds",
        _("Help given by kind"),
        (
            Column(_("Kind of help"), 3),
            Column(_("Lines (n)"), 1, Align.END),
            Column(_("Hours"), 1, Align.END),
        ),
        tuple(rows),
    )


def _row(place: int, one: KindFacts) -> tuple[Cell, ...]:
    label = str(HelpKind(one.kind).label) if one.kind else _("Other kinds together")
    return (
        Cell(label),
        _number(one.lines, "kinds", place, "lines"),
        _hours(one.minutes, pointer(KEY, "kinds", place, "minutes")),
    )


def _number(value: int, *steps: str | int) -> Cell:
    return Cell(sayings.count(value), value, pointer(KEY, *steps))


def _hours(minutes: int, source: str) -> Cell:
    return Cell(sayings.hours(minutes), source=source)


def headline(facts: HelpFacts, head: Head) -> Iterator[str]:
    """How much help there was."""
    if facts.lines:
        yield ngettext(
            "Members noted %(n)s time that they helped a colleague, %(hours)s hours in all.",
            "Members noted %(n)s times that they helped a colleague, %(hours)s hours in all.",
            facts.lines,
        ) % {"n": sayings.count(facts.lines), "hours": sayings.hours(facts.minutes)}


SECTION = Section(
    key=KEY,
    order=145,
    part=Part.ANNEX,
    title=title,
    facts=HelpFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    annexes=annexes,
    headline=headline,
)
