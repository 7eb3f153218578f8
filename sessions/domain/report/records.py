"""The annex of session records, and the same as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Table,
    Text,
)
from cop_platform.common.reporting.sections import Formula, Head, Profile, Sheet, pointer
from sessions.domain.report.chapter import KEY, attendance
from sessions.domain.report.facts import MeetingFacts, RecordFacts, SessionFacts, StepFacts


def annexes(facts: SessionFacts, head: Head) -> Iterator[Chapter]:
    """One row a session; for the agency also each agenda and who took which part."""
    if not facts.meetings:
        return
    blocks: list[Block] = [Paragraph(attendance()), _list(facts, head)]
    for row in facts.meetings:
        if row.record:
            blocks += _record(row, row.record)
    yield Chapter("session_records", _("Session records"), tuple(blocks))


def _list(facts: SessionFacts, head: Head) -> Table:
    for_agency = head.profile == Profile.AGENCY
    about = Column(_("Session"), 6) if for_agency else Column(_("Form"), 4)
    return Table(
        key="sessions-list",
        caption=_("Sessions that took place"),
        columns=(
            Column(_("Day") if for_agency else _("Month"), 3),
            about,
            Column(_("Kind"), 4),
            Column(_("Minutes"), 2, Align.END),
            Column(_("Invited"), 2, Align.END),
            Column(_("Said yes"), 2, Align.END),
        ),
        rows=tuple(_row(row, n) for n, row in enumerate(facts.meetings)),
        note=_("A dash stands where so few gave an answer that they could be recognised."),
    )


def _row(row: MeetingFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "meetings", n)
    record = row.record
    yes = celling.count(row.yes, f"{at}/yes") if row.yes is not None else Cell(sayings.NONE)
    return (
        Cell(sayings.short_day(record.start) if record else sayings.month(row.month)),
        Cell(tongues.words(record.title)) if record else Cell(str(row.mode.label)),
        Cell(str(row.kind.label)),
        celling.count(row.minutes, f"{at}/minutes"),
        celling.people(row.invited, f"{at}/invited"),
        yes,
    )


def _record(row: MeetingFacts, record: RecordFacts) -> Iterator[Block]:
    yield Heading(record.title)
    yield Paragraph(_when(row, record))
    yield Bullets(tuple(_details(record)))


def _when(row: MeetingFacts, record: RecordFacts) -> str:
    return _("%(kind)s on %(day)s at %(clock)s (%(zone)s); %(mode)s.") % {
        "kind": row.kind.label,
        "day": sayings.day(record.start),
        "clock": sayings.isolated(record.start[11:16]),
        "zone": sayings.isolated(record.zone),
        "mode": row.mode.label,
    }


def _details(record: RecordFacts) -> Iterator[Text]:
    if record.hosts:
        yield _("Held by the communities of: %(countries)s") % {
            "countries": sayings.listed([sayings.country(code) for code in record.hosts])
        }
    if record.duties:
        yield _("Parts somebody took: %(duties)s") % {
            "duties": sayings.listed([str(duty.label) for duty in record.duties])
        }
    if record.languages:
        yield _("Languages: %(languages)s") % {
            "languages": sayings.listed([sayings.language(code) for code in record.languages])
        }
    if record.topic:
        yield _("Topic of the charter: %(topic)s") % {"topic": record.topic}
    if record.materials:
        yield _("Materials on the table: %(codes)s") % {
            "codes": sayings.listed([sayings.isolated(code) for code in record.materials])
        }
    if record.steps:
        yield _("Agenda: %(steps)s") % {"steps": "; ".join(_step(s) for s in record.steps)}


def _step(step: StepFacts) -> str:
    return ngettext("%(step)s (%(n)s minute)", "%(step)s (%(n)s minutes)", step.minutes) % {
        "step": step.title,
        "n": sayings.count(step.minutes),
    }


def sheets(facts: SessionFacts, head: Head) -> Iterator[Sheet]:
    """One row a session, hours and shares as formulas, and the totals under them."""
    if not facts.meetings:
        return
    for_agency = head.profile == Profile.AGENCY
    columns = [
        (_("Day") if for_agency else _("Month"), 12.0),
        (_("Session"), 40.0),
        (_("Kind"), 22.0),
        (_("Form"), 22.0),
        (_("Countries"), 14.0),
        (_("Minutes"), 10.0),
        (_("Hours"), 10.0),
        (_("Invited"), 10.0),
        (_("Said yes"), 10.0),
        (_("Share"), 10.0),
    ]
    rows = [*[_sheet_row(row) for row in facts.meetings], _sum(facts)]
    yield Sheet(_("Sessions"), tuple(columns), rows)


def _sheet_row(row: MeetingFacts) -> list[str | int | float | Formula | None]:
    record = row.record
    return [
        record.start[:10] if record else row.month,
        record.title if record else "",
        str(row.kind.label),
        str(row.mode.label),
        ", ".join(row.countries),
        row.minutes,
        Formula("=F{row}/60", row.minutes / 60),
        row.invited if row.yes is not None else None,
        row.yes,
        Formula('=IF(N(H{row})>0,I{row}/H{row},"")', _share(row.invited, row.yes)),
    ]


def _sum(facts: SessionFacts) -> list[str | int | float | Formula | None]:
    whole, last = facts.whole, len(facts.meetings) + 1
    return [
        _("All kinds"),
        "",
        "",
        "",
        "",
        Formula(f"=SUM(F2:F{last})", whole.minutes),
        Formula(f"=SUM(G2:G{last})", whole.minutes / 60),
        Formula(f"=SUM(H2:H{last})", whole.invited),
        Formula(f"=SUM(I2:I{last})", whole.yes),
        Formula('=IF(N(H{row})>0,I{row}/H{row},"")', _share(whole.invited, whole.yes)),
    ]


def _share(invited: int | None, yes: int | None) -> float | str:
    return yes / invited if invited and yes is not None else ""
