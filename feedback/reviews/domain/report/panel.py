"""The panel in words: how many were asked and what became of it, and who the experts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Paragraph,
    Sign,
    Stat,
    Table,
)
from cop_platform.common.reporting.drawings import Flow, Step
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, Sheet, pointer
from feedback.reviews.domain.report import panel_people
from feedback.reviews.domain.report.panel_facts import PanelFacts, RoundTally, Tally
from feedback.reviews.domain.report.panel_reading import collect

KEY = "panel"
_NAMES = ("asked", "accepted", "declined", "replaced", "submitted", "used")


def title() -> str:
    return _("The panel")


def chapters(facts: PanelFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nobody was asked; then the gaps say so."""
    if facts.rounds:
        yield Chapter(KEY, title(), tuple(_blocks(facts, head)))


def _blocks(facts: PanelFacts, head: Head) -> Iterator[Block]:
    yield from (Paragraph(sentence) for sentence in sample(facts, head))
    yield Paragraph(
        _(
            "Every expert answers on their own and under a code; until the independent phase is "
            "over nobody reads what others wrote. Makers of a material never rate it."
        )
    )
    yield _flow(facts.whole)
    yield _by_year(facts)
    yield _by_round(facts)
    yield Heading(_("Who the experts are"))
    yield from panel_people.blocks(facts.profile)
    yield Heading(_("Conflicts of interest"))
    yield from _conflicts(facts)


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


def _flow(whole: Tally) -> Figure:
    steps = _steps(whole)
    values = {name: getattr(whole, name) for name in _NAMES}
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


def _number_columns() -> tuple[Column, ...]:
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
    return tuple(celling.count(getattr(tally, name), pointer(KEY, *path, name)) for name in _NAMES)


def _by_year(facts: PanelFacts) -> Table:
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
        columns=(Column(_("Year"), 1), Column(_("Rounds"), 1, Align.END), *_number_columns()),
        rows=tuple(rows),
        note=_("“Passed on” means that a review was late and somebody else was asked instead."),
    )


def _by_round(facts: PanelFacts) -> Table:
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
            *_number_columns(),
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


def _conflicts(facts: PanelFacts) -> Iterator[Block]:
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


# --- What else a report wants -----------------------------------------------------------------


def sample(facts: PanelFacts, head: Head) -> Sequence[str]:
    """The sample in one line."""
    if not facts.rounds:
        return ()
    size, whole = facts.profile.size, facts.whole
    words = {
        "people": sayings.people(size),
        "submitted": sayings.count(whole.submitted),
        "asked": sayings.count(whole.asked),
        "rounds": sayings.count(len(facts.rounds)),
    }
    if size is None:
        text = ngettext(
            "Fewer than five experts handed in %(submitted)s of %(asked)s reviews that were asked "
            "for, in %(rounds)s round.",
            "Fewer than five experts handed in %(submitted)s of %(asked)s reviews that were asked "
            "for, in %(rounds)s rounds.",
            len(facts.rounds),
        )
    else:
        text = ngettext(
            "%(people)s experts handed in %(submitted)s of %(asked)s reviews that were asked for, "
            "in %(rounds)s round.",
            "%(people)s experts handed in %(submitted)s of %(asked)s reviews that were asked for, "
            "in %(rounds)s rounds.",
            len(facts.rounds),
        )
    return (text % words,)


def gaps(facts: PanelFacts, head: Head) -> Iterator[str]:
    if not facts.rounds:
        yield _("No expert was asked to review a material.")
        return
    if not facts.whole.submitted:
        yield _("No review was handed in.")
    elif facts.profile.size is None:
        yield _("The panel has fewer than five experts: what they do is not broken down.")
    unused = facts.whole.submitted - facts.whole.used
    if unused:
        yield ngettext(
            "%(n)s review is in a panel that is too small or still answers; no figure counts it.",
            "%(n)s reviews are in panels that are too small or still answer; no figure counts "
            "them.",
            unused,
        ) % {"n": sayings.count(unused)}
    open_rounds = sum(not row.closed_on for row in facts.rounds)
    if open_rounds:
        yield ngettext(
            "%(n)s round was still open when the period ended.",
            "%(n)s rounds were still open when the period ended.",
            open_rounds,
        ) % {"n": sayings.count(open_rounds)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (("reviews", _("Reviews handed in")), ("experts", _("Experts in the panel")))


def indicators(facts: PanelFacts, head: Head) -> Iterator[Indicator]:
    """Experts only from five on: fewer are not told apart."""
    source = pointer(KEY, "whole", "submitted")
    labels = dict(indicator_keys())
    yield Indicator("reviews", labels["reviews"], facts.whole.submitted, source)
    if facts.profile.size is not None:
        source = pointer(KEY, "profile", "size")
        yield Indicator("experts", labels["experts"], facts.profile.size, source)


def stats(facts: PanelFacts, head: Head) -> Iterator[Stat]:
    if facts.whole.submitted:
        submitted = sayings.count(facts.whole.submitted)
        yield Stat(submitted, _("reviews handed in"), pointer(KEY, "whole", "submitted"))


def easy(facts: PanelFacts, head: Head) -> Iterator[str]:
    if facts.profile.size:
        text = ngettext(
            "%(n)s expert read our materials.",
            "%(n)s experts read our materials.",
            facts.profile.size,
        )
        yield text % {"n": sayings.count(facts.profile.size)}


def sheets(facts: PanelFacts, head: Head) -> Iterator[Sheet]:
    """Rounds with their tasks, as they are counted."""
    columns = (
        (_("Material"), 10.0),
        (_("Version"), 9.0),
        (_("Language"), 10.0),
        (_("Round"), 8.0),
        (_("Opened"), 12.0),
        (_("Closed"), 12.0),
        *((column.label, 11.0) for column in _number_columns()),
    )
    yield Sheet(
        name=_("Panel"),
        columns=columns,
        rows=[
            [
                row.code,
                row.version,
                row.language,
                row.round_id,
                row.opened_on,
                row.closed_on,
                *(getattr(row.tally, name) for name in _NAMES),
            ]
            for row in facts.rounds
        ],
    )


SECTION = Section(
    key=KEY,
    order=50,
    part=Part.CHAPTER,
    title=title,
    facts=PanelFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    sheets=sheets,
    gaps=gaps,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    sample=sample,
    easy=easy,
)
