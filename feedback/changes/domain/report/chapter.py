"""The chapter “you said, we did”."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Sign,
    Span,
    Table,
    Text,
)
from cop_platform.common.reporting.drawings import Fall, Waterfall
from cop_platform.common.reporting.sections import Head, pointer
from feedback.changes.domain.report.facts import Came, ChangeFacts, ChangesFacts

KEY = "improvements"
# The chapter shows the gravest; the annex has them all.
_SHOWN = 25
_HASH = 12
_SIGNS = {Came.DONE: Sign.GOOD, Came.WAITING: Sign.OPEN, Came.OPEN: Sign.OPEN}


def title() -> str:
    return _("You said, we did")


def came(of: Came) -> str:
    """What came of a request, in words."""
    return {
        Came.MERGED: _("Part of another request"),
        Came.OPEN: _("Not decided yet"),
        Came.DECLINED: _("Declined"),
        Came.WAITING: _("Accepted, not done yet"),
        Came.DONE: _("Done"),
    }[of]


def chapters(facts: ChangesFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no change was asked for; the limits say so."""
    if facts.counts.asked:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: ChangesFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "What reviewers and others asked to have changed stands in a ledger. Each request is "
            "decided on with a reason, and what was accepted is done when a version shows it."
        )
    )
    yield _waterfall(facts)
    decided = [
        (n, change)
        for n, change in enumerate(facts.changes)
        if change.came in {Came.DONE, Came.WAITING}
    ]
    if decided:
        yield _table(decided[:_SHOWN], left_out=len(decided) > _SHOWN)
    declined = facts.which(Came.DECLINED)
    yield Heading(_("What was declined, and why"))
    if declined:
        yield _declined(declined)
    else:
        yield Paragraph(_("No request was declined."))
    if facts.counts.critical_open:
        yield Note(_("Critical changes are still to be decided on."), Sign.BAD)


def _waterfall(facts: ChangesFacts) -> Figure:
    counts = facts.counts
    columns = (
        ("asked", _("Asked"), counts.asked, True),
        ("merged", _("Said by several"), -counts.merged, False),
        ("declined", _("Declined"), -counts.declined, False),
        ("open", _("Not decided yet"), -counts.open, False),
        ("accepted", _("Accepted"), counts.accepted, True),
        ("waiting", _("Not done yet"), -counts.waiting, False),
        ("done", _("Done"), counts.done, True),
    )
    said = [
        _("%(label)s: %(n)s") % {"label": label, "n": sayings.count(abs(value))}
        for _key, label, value, _total in columns
    ]
    return Figure(
        key="changes-waterfall",
        caption=_("From what was asked to what was done"),
        alt=_("From what was asked to what was done. %(columns)s.")
        % {"columns": sayings.listed(said)},
        drawing=Waterfall(
            tuple(
                Fall(label, value, sayings.count(value), total=total)
                for _key, label, value, total in columns
            )
        ),
        table=Table(
            key="changes-counts",
            caption=_("Requests by what came of them"),
            columns=(
                Column(_("Requests"), 4),
                Column(pgettext("how many", "Number"), 1, Align.END),
            ),
            rows=tuple(
                (Cell(label), celling.count(abs(value), pointer(KEY, "counts", key)))
                for key, label, value, _total in columns
            ),
        ),
    )


def _table(rows: list[tuple[int, ChangeFacts]], *, left_out: bool) -> Table:
    return Table(
        key="changes-done",
        caption=_("What was asked, and what was done"),
        columns=(
            Column(_("No."), 2),
            Column(_("You said"), 7),
            Column(_("Severity"), 3),
            Column(_("We did"), 7),
            Column(_("Shown in"), 3),
        ),
        rows=tuple(
            (
                number(n, change),
                Cell(asked(change)),
                Cell(str(change.severity.label)),
                Cell(answer(change), sign=_SIGNS.get(change.came, Sign.NONE)),
                Cell(shown_in(change)),
            )
            for n, change in rows
        ),
        note=_("These are the gravest; the annex has all of them.") if left_out else "",
    )


def _declined(rows: list[tuple[int, ChangeFacts]]) -> Table:
    return Table(
        key="changes-declined",
        caption=_("Requests that were declined"),
        columns=(Column(_("No."), 2), Column(_("You said"), 8), Column(_("Why not"), 8)),
        rows=tuple(
            (number(n, change), Cell(asked(change)), Cell(tongues.words(change.reason)))
            for n, change in rows
        ),
    )


def number(n: int, change: ChangeFacts) -> Cell:
    """The number of a request, as a value of the dataset."""
    source = pointer(KEY, "changes", n, "number")
    return Cell(sayings.isolated(str(change.number)), value=change.number, source=source)


def asked(change: ChangeFacts) -> Text:
    """What was asked, in the words that may be read."""
    if not change.words:
        return _("A change that is not worded for the public.")
    return tongues.words(change.words)


def answer(change: ChangeFacts) -> Text:
    """The decision, and its reason in the words of who decided."""
    spoken = tongues.language_of(change.reason)
    return (
        Span(str(change.decision.label), strong=True),
        Span(" · ", soft=True),
        Span(change.reason, language=spoken),
    )


def shown_in(change: ChangeFacts) -> str:
    """The version that shows it, with the beginning of its hash; a dash where none does."""
    if change.done_in is None:
        return sayings.NONE
    return _("%(material)s, version %(version)s, %(hash)s") % {
        "material": sayings.isolated(change.material),
        "version": sayings.count(change.done_in),
        "hash": sayings.isolated(change.evidence[:_HASH]),
    }
