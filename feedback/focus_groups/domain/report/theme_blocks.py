"""The part of the chapter on themes, on what was said against each other, and on what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Sign,
    Table,
    Text,
)
from cop_platform.common.reporting.drawings import Theme, ThemeMap
from cop_platform.common.reporting.sections import pointer
from feedback.changes.enums import Decision
from feedback.focus_groups.domain.report import wording
from feedback.focus_groups.domain.report.facts import AskedFacts, HeardFacts, ThemeFacts, WordsFacts
from feedback.focus_groups.domain.report.wording import KEY

# More circles than these cannot be told apart; the table beside the figure has all of them.
_ON_THE_MAP = 12


def blocks(facts: HeardFacts) -> Iterator[Block]:
    if facts.themes:
        yield Heading(_("Themes"))
        yield from themes(facts.themes)
    if facts.groups:
        yield Heading(_("Contradictions and silences"))
        yield from _against(facts)
    if facts.asked:
        yield Heading(_("What participants asked us to change"))
        yield asked(facts.asked)


def themes(
    found: Sequence[ThemeFacts], speaker: Callable[[WordsFacts], str] | None = None
) -> Iterator[Block]:
    """Their reach as a map and a table, and each in words with quotes (`wording.quotes`)."""
    yield Paragraph(
        _(
            "A theme is a pattern that coders found in what was said. It stands in the order of "
            "its reach: the people who raised it, then the groups."
        )
    )
    yield _map(found) if any(theme.people for theme in found) else _table(found, "voices")
    for theme in found:
        if theme.summary or theme.quotes:
            yield Heading(theme.title, 3)
        if theme.summary:
            yield Paragraph(tongues.words(theme.summary))
        yield from wording.quotes(theme.quotes, speaker)


def _map(found: Sequence[ThemeFacts]) -> Figure:
    drawn = [
        Theme(theme.title, theme.groups, theme.people or 0, wording.in_fives(theme.people))
        for theme in found
        if theme.people
    ][:_ON_THE_MAP]
    said = [
        _("%(theme)s, %(people)s people") % {"theme": one.label, "people": one.said}
        for one in drawn
    ]
    return Figure(
        key="voices-map",
        caption=_("Themes by the number of people who raised them"),
        alt=_("Themes by the number of people who raised them: %(themes)s.")
        % {"themes": sayings.listed(said)},
        drawing=ThemeMap(tuple(drawn), _("people")),
        table=_table(found, "voices-map-values"),
    )


def _table(found: Sequence[ThemeFacts], key: str) -> Table:
    return Table(
        key=key,
        caption=_("Themes and their reach"),
        columns=(
            Column(_("Theme"), 5),
            Column(_("Weight"), 2),
            Column(_("Raised by"), 3),
            Column(_("Groups"), 2, Align.END),
            Column(_("People"), 2, Align.END),
        ),
        rows=tuple(_row(theme, n) for n, theme in enumerate(found)),
        note=wording.fives_note(),
    )


def _row(theme: ThemeFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "themes", n)
    return (
        Cell(tongues.words(theme.title)),
        Cell(_("Main theme") if theme.is_major else _("Minor theme")),
        Cell(wording.voices(theme.voices)),
        celling.count(theme.groups, f"{at}/groups"),
        wording.fives(theme.people, f"{at}/people"),
    )


# --- Against each other -----------------------------------------------------------------------


def _against(facts: HeardFacts) -> Iterator[Block]:
    split = [(n, t) for n, t in enumerate(facts.themes) if t.approving and t.opposing]
    silent = list(_silences(facts))
    if split:
        yield Paragraph(_("In these themes some groups approve and others do not."))
        yield _splits(split)
    if silent:
        yield Paragraph(_("Some questions were met with silence:"))
        yield Bullets(tuple(silent))
    if facts.notes:
        yield from _notes(facts)
    if not (split or silent or facts.notes):
        yield Paragraph(_("No group contradicted another one, and no question met with silence."))


def _splits(found: Sequence[tuple[int, ThemeFacts]]) -> Table:
    return Table(
        key="voices-against",
        caption=_("Themes on which groups disagree"),
        columns=(
            Column(_("Theme"), 5),
            Column(_("Groups in favour"), 2, Align.END),
            Column(_("In favour"), 3),
            Column(_("Groups against"), 2, Align.END),
            Column(_("Against"), 3),
        ),
        rows=tuple(
            (
                Cell(tongues.words(theme.title)),
                celling.count(theme.approving, pointer(KEY, "themes", n, "approving")),
                Cell(wording.voices(theme.approving_voices)),
                celling.count(theme.opposing, pointer(KEY, "themes", n, "opposing")),
                Cell(wording.voices(theme.opposing_voices)),
            )
            for n, theme in found
        ),
        note=_(
            "Where one side is of migrants and the other of mentors or experts, ask both again."
        ),
    )


def _silences(facts: HeardFacts) -> Iterator[Text]:
    for guide in facts.guides:
        for question in guide.questions:
            if question.spoke < question.groups:
                yield wording.spoken(question.texts)


def _notes(facts: HeardFacts) -> Iterator[Block]:
    written = [note for note in facts.notes if note.silences]
    if written:
        yield Paragraph(_("Those who led the groups wrote:"))
        yield Bullets(tuple(tongues.words(note.silences) for note in written))


def incidents(facts: HeardFacts) -> Iterator[Block]:
    """What went wrong for people: the number for everybody, the words for the agency."""
    yield Heading(_("Ethics"))
    yield Paragraph(
        _(
            "Taking part and each consent were free, and what was agreed to can be taken back at "
            "any time with a receipt code. Names stand on attendance lists alone, which no answer "
            "leads to."
        )
    )
    if not facts.incidents:
        yield Paragraph(_("No group reports that something went wrong for people."))
        return
    yield Paragraph(
        ngettext(
            "In %(n)s group something went wrong for people; it was written down.",
            "In %(n)s groups something went wrong for people; it was written down.",
            facts.incidents,
        )
        % {"n": sayings.count(facts.incidents)}
    )
    written = [note.incidents for note in facts.notes if note.incidents]
    if written:
        yield Bullets(tuple(tongues.words(words) for words in written))


# --- What was asked ---------------------------------------------------------------------------

_SIGNS = {Decision.ACCEPT: Sign.GOOD, Decision.ADAPT: Sign.GOOD, Decision.DECLINE: Sign.BAD}


def asked(found: Sequence[AskedFacts]) -> Table:
    """Requests with their decisions, under the number of the ledger where it is told."""
    numbered = any(change.number for change in found)
    columns = [
        Column(_("Material"), 2),
        Column(_("What was asked"), 6),
        Column(_("Decision"), 3),
        Column(_("Reason"), 5),
    ]
    if numbered:
        columns.insert(0, Column(_("Ledger"), 2))
    return Table(
        key="voices-asked",
        caption=_("Changes asked for by participants, and what was decided"),
        columns=tuple(columns),
        rows=tuple(_change(change, numbered=numbered) for change in found),
    )


def _change(change: AskedFacts, *, numbered: bool) -> tuple[Cell, ...]:
    decided = str(change.decision.label)
    if change.done_in is not None:
        decided = _("%(decision)s, done in version %(n)s") % {
            "decision": decided,
            "n": sayings.count(change.done_in),
        }
    cells = (
        celling.code(change.material),
        Cell(tongues.words(change.words)),
        Cell(decided, sign=_SIGNS.get(change.decision, Sign.OPEN)),
        Cell(tongues.words(change.reason) if change.reason else sayings.NONE),
    )
    return (celling.code(str(change.number)), *cells) if numbered else cells
