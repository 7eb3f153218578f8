"""The chapter on sessions: how many of which kind, when, and what is known of attendance."""

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
    Figure,
    Note,
    Paragraph,
    Stat,
    Stats,
    Table,
    plain,
)
from cop_platform.common.reporting.drawings import Columns, Event, Timeline
from cop_platform.common.reporting.sections import Head, pointer
from sessions.domain.report.facts import KindTotal, RecordFacts, SessionFacts
from sessions.enums import Kind

KEY = "sessions"


def title() -> str:
    return _("Sessions")


def chapters(facts: SessionFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no session took place; the limits say so."""
    if not facts.meetings:
        return
    yield Chapter(KEY, title(), tuple(_blocks(facts, head)))


def stats(facts: SessionFacts, head: Head) -> Iterator[Stat]:
    """The number of sessions and their hours."""
    whole = facts.whole
    if not whole.sessions:
        return
    yield Stat(
        sayings.count(whole.sessions),
        ngettext("session took place", "sessions took place", whole.sessions),
        pointer(KEY, "whole", "sessions"),
    )
    yield Stat(sayings.hours(whole.minutes), _("hours together"), pointer(KEY, "whole", "minutes"))


def attendance() -> str:
    """What stands for attendance, as long as nobody's presence is recorded."""
    return _(
        "Attendance is what people answered to their invitation, not who was seen in the room."
    )


def _blocks(facts: SessionFacts, head: Head) -> Iterator[Block]:
    yield Stats(tuple(stats(facts, head)))
    yield Paragraph(
        _(
            "A session counts when it ended within the period and was not cancelled. One that "
            "several countries held together counts once."
        )
    )
    if facts.cancelled:
        yield Paragraph(
            ngettext(
                "%(n)s further session was cancelled.",
                "%(n)s further sessions were cancelled.",
                facts.cancelled,
            )
            % {"n": sayings.count(facts.cancelled)}
        )
    yield _kinds(facts)
    yield Note(attendance())
    if facts.whole.invited:
        yield Paragraph(
            _("Of %(invited)s invitations that are told, %(share)s were answered with yes.")
            % {
                "invited": sayings.count(facts.whole.invited),
                "share": sayings.share(facts.whole.yes, facts.whole.invited),
            }
        )
    yield _months(facts)
    if any(row.record for row in facts.meetings):
        yield _timeline(facts, head)


def _kinds(facts: SessionFacts) -> Table:
    rows = [_kind(total, pointer(KEY, "kinds", n)) for n, total in enumerate(facts.kinds)]
    small = facts.whole.sessions - facts.whole.told
    note = ngettext(
        "The answers of %(n)s session are left out: so few people gave one of them that they "
        "could be recognised.",
        "The answers of %(n)s sessions are left out: so few people gave one of them that they "
        "could be recognised.",
        small,
    ) % {"n": sayings.count(small)}
    return Table(
        key="sessions-kinds",
        caption=_("Sessions by kind"),
        columns=(
            Column(_("Kind"), 4),
            Column(_("Sessions"), 2, Align.END),
            Column(_("Hours"), 2, Align.END),
            Column(_("Invitations"), 2, Align.END),
            Column(_("Said yes"), 2, Align.END),
        ),
        rows=(*rows, _kind(facts.whole, pointer(KEY, "whole"))),
        note=note if small else "",
    )


def _kind(total: KindTotal, at: str) -> tuple[Cell, ...]:
    answers = (
        (celling.count(total.invited, f"{at}/invited"), celling.count(total.yes, f"{at}/yes"))
        if total.told
        else (Cell(sayings.NONE), Cell(sayings.NONE))
    )
    return (
        Cell(str(total.kind.label) if total.kind else _("All kinds")),
        celling.count(total.sessions, f"{at}/sessions"),
        celling.hours(total.minutes, f"{at}/minutes"),
        *answers,
    )


def _months(facts: SessionFacts) -> Figure:
    said = [
        (
            sayings.month_on_axis(row.month, is_first=n == 0),
            row.sessions,
            sayings.count(row.sessions),
        )
        for n, row in enumerate(facts.months)
    ]
    held = [
        _("%(label)s: %(n)s")
        % {"label": sayings.month(row.month), "n": sayings.count(row.sessions)}
        for row in facts.months
        if row.sessions
    ]
    return Figure(
        key="sessions-months",
        caption=_("Sessions by month"),
        alt=_("Sessions by month. %(months)s; in all other months of the period none.")
        % {"months": sayings.listed(held)},
        drawing=Columns(tuple(said)),
        table=Table(
            key="sessions-months-values",
            caption=_("Sessions by month"),
            columns=(Column(_("Month"), 3), Column(_("Sessions"), 1, Align.END)),
            rows=tuple(
                (
                    Cell(sayings.month(row.month)),
                    celling.count(row.sessions, pointer(KEY, "months", n, "sessions")),
                )
                for n, row in enumerate(facts.months)
            ),
        ),
    )


def _timeline(facts: SessionFacts, head: Head) -> Figure:
    """Every session on its day, one line a kind."""
    records = [(row.kind, row.record) for row in facts.meetings if row.record]
    lanes = [kind for kind in Kind if any(kind == found for found, _record in records)]
    table = Table(
        key="sessions-days-values",
        caption=_("Days of the sessions"),
        columns=(Column(_("Kind"), 2), Column(_("Days"), 4)),
        rows=tuple((Cell(str(kind.label)), Cell(_days(kind, records))) for kind in lanes),
    )
    return Figure(
        key="sessions-days",
        caption=_("Sessions over the period, by kind"),
        alt=" ".join(f"{plain(kind.text)}: {plain(days.text)}." for kind, days in table.rows),
        drawing=Timeline(
            start=head.start,
            end=head.end,
            said_start=sayings.short_day(head.start),
            said_end=sayings.short_day(head.end),
            lanes=tuple(str(kind.label) for kind in lanes),
            events=tuple(_event(kind, record, head) for kind, record in records),
        ),
        table=table,
    )


def _event(kind: Kind, record: RecordFacts, head: Head) -> Event:
    # By its own clock a session may begin on the day before the period.
    day = min(max(record.start[:10], head.start), head.end)
    return Event(day, sayings.short_day(record.start), record.title, str(kind.label))


def _days(kind: Kind, records: list[tuple[Kind, RecordFacts]]) -> str:
    return sayings.listed([sayings.short_day(r.start) for found, r in records if found == kind])
