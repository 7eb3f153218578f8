"""The part of the chapter on the groups themselves: where, who, how people came, what was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.cells import REST
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
)
from cop_platform.common.reporting.drawings import Flow, Step
from cop_platform.common.reporting.sections import Head, Profile, pointer
from feedback.focus_groups.domain.report import wording
from feedback.focus_groups.domain.report.facts import (
    BandFacts,
    FlowFacts,
    GroupFacts,
    GuideFacts,
    HeardFacts,
    QuestionFacts,
)
from feedback.focus_groups.domain.report.wording import KEY
from feedback.focus_groups.enums import AgeBand, Gender, Recruited


def blocks(facts: HeardFacts, head: Head) -> Iterator[Block]:
    """Nothing where no group was held."""
    if not facts.groups:
        return
    yield Heading(_("The groups"))
    yield _sessions(facts, head)
    if facts.flows:
        yield Heading(_("How people came to the groups"))
        yield from _flows(facts.flows)
    bands = [*facts.ages, *facts.genders, *facts.tongues]
    if bands:
        yield Heading(_("Who took part"))
        yield Paragraph(
            _(
                "Nobody was asked for origin, nationality, status, religion or health. Age, gender "
                "and language were told freely, and groups of fewer than five people are left out."
            )
        )
        yield _bands(facts)
    yield Heading(_("What was asked, and who answered"))
    for n, guide in enumerate(facts.guides):
        yield from _guide(guide, n)


def _sessions(facts: HeardFacts, head: Head) -> Table:
    for_agency = head.profile == Profile.AGENCY
    return Table(
        key="focus-groups-sessions",
        caption=_("Focus groups"),
        columns=(
            Column(_("Day") if for_agency else _("Month"), 3),
            Column(_("Country"), 2),
            Column(_("Heard"), 2),
            Column(_("Form"), 3),
            Column(_("Languages"), 4),
            Column(_("Interpreter"), 2),
            Column(_("Minutes"), 2, Align.END),
            Column(_("People"), 2, Align.END),
            Column(_("Shown"), 3),
        ),
        rows=tuple(_session(group, n) for n, group in enumerate(facts.groups)),
        note=_("A group counts from the day on which it was closed."),
    )


def _session(group: GroupFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "groups", n)
    yes, no = (
        pgettext("was there an interpreter", "Yes"),
        pgettext("was there an interpreter", "No"),
    )
    return (
        Cell(sayings.short_day(group.day) if group.day else sayings.month(group.month)),
        celling.code(group.country),
        Cell(str(group.voice.label)),
        Cell(str(group.mode.label)),
        Cell(sayings.listed([sayings.language(code) for code in group.languages])),
        Cell(yes if group.is_interpreted else no),
        celling.count(group.minutes, f"{at}/minutes"),
        celling.people(group.people, f"{at}/people"),
        Cell((Span(", ".join(group.versions) or sayings.NONE, code=True),)),
    )


# --- The way to the group ---------------------------------------------------------------------


def _flows(flows: Sequence[FlowFacts]) -> Iterator[Block]:
    if len(flows) == 1 and all(_steps(flows[0])):
        yield _flow(flows[0])
    else:
        yield _flow_table(flows, "focus-groups-flow")


def _steps(flow: FlowFacts) -> tuple[int | None, int | None, int | None]:
    return flow.approached, flow.agreed, flow.came


def _flow(flow: FlowFacts) -> Figure:
    said = [
        (str(step.label), people or 0)
        for step, people in zip(
            (Recruited.APPROACHED, Recruited.AGREED, Recruited.CAME), _steps(flow), strict=True
        )
    ]
    return Figure(
        key="focus-groups-flow",
        caption=_("From being asked to taking part"),
        alt=_("From being asked to taking part: %(steps)s.")
        % {
            "steps": sayings.listed(
                [
                    _("%(label)s: %(n)s") % {"label": label, "n": wording.in_fives(people)}
                    for label, people in said
                ]
            )
        },
        drawing=Flow(
            tuple(Step(label, people, wording.in_fives(people)) for label, people in said)
        ),
        table=_flow_table([flow], "focus-groups-flow-values"),
    )


def _flow_table(flows: Sequence[FlowFacts], key: str) -> Table:
    return Table(
        key=key,
        caption=_("From being asked to taking part, by country"),
        columns=(
            Column(_("Country"), 2),
            Column(_("Groups"), 2, Align.END),
            *[Column(str(step.label), 2, Align.END) for step in Recruited],
        ),
        rows=tuple(_flow_row(flow, n) for n, flow in enumerate(flows)),
        note=wording.fives_note(),
    )


def _flow_row(flow: FlowFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "flows", n)
    return (
        celling.code(flow.country),
        celling.count(flow.groups, f"{at}/groups"),
        *[wording.fives(getattr(flow, step.value), f"{at}/{step.value}") for step in Recruited],
    )


# --- Who took part ----------------------------------------------------------------------------


def _bands(facts: HeardFacts) -> Table:
    rows = [
        *_of(_("Age"), facts.ages, "ages"),
        *_of(_("Gender"), facts.genders, "genders"),
        *_of(_("Language spoken"), facts.tongues, "tongues"),
    ]
    return Table(
        key="focus-groups-people",
        caption=_("People who took part, by what they told"),
        columns=(Column(_("What"), 2), Column(_("Told"), 3), Column(_("People"), 2, Align.END)),
        rows=tuple(rows),
        note=wording.fives_note(),
    )


def _of(label: str, bands: Sequence[BandFacts], field: str) -> Iterator[tuple[Cell, ...]]:
    for n, band in enumerate(bands):
        yield (
            Cell(label),
            Cell(band_label(field, band.code)),
            wording.fives(band.people, pointer(KEY, field, n, "people")),
        )


def band_label(field: str, code: str) -> str:
    """A coarse band in words; `field` is the name it has in the facts."""
    if code == REST:
        return _("All others together")
    if not code:
        return pgettext("a detail a participant keeps to themselves", "Not said")
    if field == "tongues":
        return sayings.language(code)
    return str((AgeBand if field == "ages" else Gender)(code).label)


# --- The questions ----------------------------------------------------------------------------


def _guide(guide: GuideFacts, n: int) -> Iterator[Block]:
    yield Heading(str(guide.voice.label), 3)
    yield Table(
        key=f"focus-groups-guide-{n + 1}",
        caption=_("%(guide)s, revision %(n)s: groups in which each question was answered")
        % {"guide": guide.name, "n": sayings.count(guide.revision)},
        columns=(
            Column(_("Question"), 6),
            Column(_("Asked in groups"), 2, Align.END),
            Column(_("Answered in groups"), 2, Align.END),
        ),
        rows=tuple(
            _question(question, pointer(KEY, "guides", n, "questions", place))
            for place, question in enumerate(guide.questions)
        ),
    )
    for question in guide.questions:
        if question.quotes:
            yield Paragraph(wording.spoken(question.texts))
            yield from wording.quotes(question.quotes)


def _question(question: QuestionFacts, at: str) -> tuple[Cell, ...]:
    return (
        Cell(wording.spoken(question.texts)),
        celling.count(question.groups, f"{at}/groups"),
        celling.count(question.spoke, f"{at}/spoke"),
    )


def held(facts: HeardFacts) -> str:
    """How many groups there were, and how many people they heard."""
    return ngettext(
        "In %(n)s focus group %(people)s people were heard.",
        "In %(n)s focus groups %(people)s people were heard.",
        facts.held,
    ) % {"n": sayings.count(facts.held), "people": sayings.count(facts.heard)}
