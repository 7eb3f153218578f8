"""The tables of the panel: from invited to used, by year, by round, and what stood in the way."""

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
    Figure,
    Paragraph,
    Sign,
    Table,
)
from cop_platform.common.reporting.drawings import Flow, Step
from cop_platform.common.reporting.sections import pointer
from feedback.reviews.domain.report import panel_people
from feedback.reviews.domain.report.panel_facts import PanelFacts, RoundTally, Tally

KEY = "panel"
NAMES = ("asked", "accepted", "declined", "replaced", "submitted", "used")


# --- From invited to used ---------------------------------------------------------------------


def _steps(whole: Tally) -> list[tuple[str, str, str]]:
    """(name of the number, its label, why the others are not in the next station)."""
    silent = whole.asked - whole.declined - whole.accepted
    declined = ngettext("%(n)s declined", "%(n)s declined", whole.declined)
    waiting = ngettext("%(n)s gave no answer", "%(n)s gave no answer", silent)
    open_ones = whole.accepted - whole.submitted
    not_in = ngettext("%(n)s not handed in", "%(n)s not handed in", open_ones)
    withheld = whole.submitted - whole.used
    small = ngettext(
        "%(n)s in a panel that is too small or still answers",
        "%(n)s in panels that are too small or still answer",
        withheld,
    )
    return [
        ("asked", _("Invited"), _lost((declined, whole.declined), (waiting, silent))),
        ("accepted", _("Accepted"), _lost((not_in, open_ones))),
        ("submitted", _("Completed"), _lost((small, withheld))),
        ("used", _("Used"), ""),
    ]


def _lost(*reasons: tuple[str, int]) -> str:
    found = [sentence % {"n": sayings.count(n)} for sentence, n in reasons if n]
    return sayings.listed(found) if found else ""


def flow(whole: Tally) -> Figure:
    """From station to station, in reviews."""
    steps = _steps(whole)
    values = {name: getattr(whole, name) for name in NAMES}
    said = {name: sayings.count(value) for name, value in values.items()}
    drawn = [Step(label, values[name], said[name], lost) for name, label, lost in steps]
    return Figure(
        key="panel-flow",
        caption=_("From invitation to figures, in reviews"),
        alt=_(
            "Of %(asked)s reviews that were asked for, %(accepted)s were accepted, %(submitted)s "
            "were completed and %(used)s were used for figures."
        )
        % said,
        drawing=Flow(tuple(drawn)),
        table=Table(
            key="panel-flow",
            caption=_("From invitation to figures, in reviews"),
            columns=(
                Column(_("Station"), 2),
                Column(_("Reviews"), 1, Align.END),
                Column(_("Why others are not in the next station"), 4),
            ),
            rows=tuple(
                (
                    Cell(label),
                    celling.count(values[name], pointer(KEY, "whole", name)),
                    Cell(lost or sayings.NONE),
                )
                for name, label, lost in steps
            ),
        ),
    )


def number_columns() -> tuple[Column, ...]:
    """The headings of `NAMES`."""
    labels = (
        _("Invited"),
        _("Accepted"),
        _("Declined"),
        _("Passed on"),
        _("Submitted"),
        _("Used"),
    )
    return tuple(Column(label, 1, Align.END) for label in labels)


def _numbers(tally: Tally, *path: str | int) -> tuple[Cell, ...]:
    return tuple(celling.count(getattr(tally, name), pointer(KEY, *path, name)) for name in NAMES)


def by_year(facts: PanelFacts) -> Table:
    """What funders ask for every year: invited and submitted."""
    rows = [
        (
            Cell(row.year),
            celling.count(row.rounds, pointer(KEY, "by_year", n, "rounds")),
            *_numbers(row.tally, "by_year", n, "tally"),
        )
        for n, row in enumerate(facts.by_year)
    ]
    return Table(
        key="panel-years",
        caption=_("Reviews invited and submitted, by the year in which a round was opened"),
        columns=(Column(_("Year"), 1), Column(_("Rounds"), 1, Align.END), *number_columns()),
        rows=tuple(rows),
        note=_("“Passed on” means that a review was late and somebody else was asked instead."),
    )


def by_round(facts: PanelFacts) -> Table:
    """The same, round by round."""
    rows = [
        (
            Cell(_named(row)),
            celling.day(row.opened_on, pointer(KEY, "rounds", n, "opened_on")),
            _closed(row, pointer(KEY, "rounds", n, "closed_on")),
            *_numbers(row.tally, "rounds", n, "tally"),
        )
        for n, row in enumerate(facts.rounds)
    ]
    return Table(
        key="panel-rounds",
        caption=_("Reviews invited and submitted, by round"),
        columns=(
            Column(_("Material"), 2.8),
            Column(_("Opened"), 2.4),
            Column(_("Closed"), 2.4),
            *number_columns(),
        ),
        rows=tuple(rows),
    )


def _named(row: RoundTally) -> str:
    said = {"code": row.code, "version": sayings.count(row.version)}
    return _("%(code)s v%(version)s") % said


def _closed(row: RoundTally, source: str) -> Cell:
    if row.closed_on:
        return celling.day(row.closed_on, source)
    return Cell(_("still open"), source=source, sign=Sign.OPEN)


# --- Conflicts --------------------------------------------------------------------------------


def conflicts(facts: PanelFacts) -> Iterator[Block]:
    """How many were declared and waived; why, where the edition has it."""
    found = facts.conflicts
    if not found.declared:
        yield Paragraph(_("No conflict of interest was declared."))
        return
    yield Paragraph(
        ngettext(
            "%(n)s conflict of interest was declared; %(waived)s was waived, with a reason that "
            "was written down. Who has a conflict that is not waived is not asked to rate that "
            "material.",
            "%(n)s conflicts of interest were declared; %(waived)s were waived, with a reason that "
            "was written down. Who has a conflict that is not waived is not asked to rate that "
            "material.",
            found.declared,
        )
        % {"n": sayings.count(found.declared), "waived": sayings.count(found.waived)}
    )
    if found.texts:
        yield panel_people.conflict_texts(found.texts)
