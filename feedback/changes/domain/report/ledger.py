"""The annex with every request, and the same as sheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Block,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Span,
    Table,
    Text,
)
from cop_platform.common.reporting.sections import Formula, Head, Profile, Sheet
from feedback.changes import sources
from feedback.changes.domain.report import chapter
from feedback.changes.domain.report.facts import Came, ChangeFacts, ChangesFacts

_Cells = list[str | int | float | Formula | None]


def annexes(facts: ChangesFacts, head: Head) -> Iterator[Chapter]:
    """Every request with its words, its decision and its evidence."""
    if not facts.changes:
        return
    blocks: list[Block] = []
    if head.profile == Profile.PUBLIC:
        blocks.append(
            Paragraph(
                _(
                    "This edition has the requests that were decided on, in the words that were "
                    "written for everybody."
                )
            )
        )
    blocks.append(_table(facts))
    yield Chapter("change_ledger", _("Ledger of changes"), tuple(blocks))


def _table(facts: ChangesFacts) -> Table:
    return Table(
        key="changes-ledger",
        caption=_("All requests"),
        columns=(
            Column(_("No."), 2),
            Column(_("Material"), 2),
            Column(_("Asked"), 8),
            Column(_("Severity"), 2),
            Column(_("Decision and reason"), 7),
            Column(_("Shown in"), 3),
        ),
        rows=tuple(_row(change, n) for n, change in enumerate(facts.changes)),
    )


def _row(change: ChangeFacts, n: int) -> tuple[Cell, ...]:
    return (
        chapter.number(n, change),
        celling.code(f"{change.material} v{change.version}"),
        Cell(_asked(change)),
        Cell(str(change.severity.label)),
        Cell(_decision(change)),
        Cell(chapter.shown_in(change)),
    )


def _asked(change: ChangeFacts) -> Text:
    """The words, then where they come from and on which day, where that is told."""
    words = change.asked or change.words
    if not words:
        return chapter.asked(change)
    told = [source_of(change)] if change.source else []
    told += [sayings.short_day(change.raised_on)] if change.raised_on else []
    after = (Span(f" ({', '.join(told)})", soft=True),) if told else ()
    return (Span(words, language=tongues.language_of(words)), *after)


def source_of(change: ChangeFacts) -> str:
    """What kind of comment it was made of."""
    return sources.label(change.source) or _("Typed in")


def _decision(change: ChangeFacts) -> Text:
    if change.came == Came.MERGED:
        return _("Part of request %(number)s.") % {"number": sayings.isolated(str(change.part_of))}
    return chapter.answer(change) if change.reason else str(change.decision.label)


def sheets(facts: ChangesFacts, head: Head) -> Iterator[Sheet]:
    """One row a request; and how many came to what, counted by formulas."""
    if not facts.changes:
        return
    name = _("Changes")
    columns = (
        (_("No."), 8.0),
        (_("Country"), 9.0),
        (_("Material"), 10.0),
        (_("Version"), 9.0),
        (_("Source"), 20.0),
        (_("Severity"), 12.0),
        (_("Asked on"), 12.0),
        (_("Asked"), 60.0),
        (_("Came to"), 24.0),
        (_("Decision"), 24.0),
        (_("Reason"), 50.0),
        (_("Decided on"), 12.0),
        (_("Done in version"), 14.0),
        (_("Evidence (SHA-256)"), 40.0),
        (_("Part of"), 9.0),
    )
    yield Sheet(name, columns, [_sheet_row(change) for change in facts.changes])
    last = len(facts.changes) + 1
    place = f"'{name.replace(chr(39), chr(39) * 2)}'!I$2:I${last}"
    rows: list[_Cells] = [
        [chapter.came(came), Formula(f"=COUNTIF({place},A{{row}})", len(facts.which(came)))]
        for came in Came
    ]
    yield Sheet(_("Changes, counted"), ((_("Came to"), 28.0), (_("Requests"), 12.0)), rows)


def _sheet_row(change: ChangeFacts) -> _Cells:
    return [
        change.number,
        change.country,
        change.material,
        change.version,
        source_of(change) if change.source or change.asked else "",
        str(change.severity.label),
        change.raised_on,
        change.asked or change.words,
        chapter.came(change.came),
        str(change.decision.label),
        change.reason,
        change.decided_on,
        change.done_in,
        change.evidence,
        change.part_of,
    ]
