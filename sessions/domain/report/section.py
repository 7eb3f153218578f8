"""What sessions give to a validation report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from sessions.domain.report import chapter, reading, records
from sessions.domain.report.facts import SessionFacts
from sessions.enums import Kind


def gaps(facts: SessionFacts, head: Head) -> Iterator[str]:
    """Kinds of sessions that did not take place, and what is not recorded of the others."""
    if not facts.meetings:
        yield _("No session took place in this period.")
    if not facts.of_kind(Kind.FOCUS_GROUP):
        yield _("No focus group was held in this period.")
    if not facts.of_kind(Kind.FEEDBACK):
        yield _("No feedback session was held in this period.")
    if facts.meetings:
        yield _(
            "No minutes and no attendance lists are kept yet: attendance is what people answered "
            "to the invitation, not who was seen in the room."
        )


def headline(facts: SessionFacts, head: Head) -> Iterator[str]:
    """How many sessions there were."""
    whole = facts.whole
    if not whole.sessions:
        return
    yield ngettext(
        "%(n)s session took place, %(hours)s hours in all.",
        "%(n)s sessions took place, %(hours)s hours in all.",
        whole.sessions,
    ) % {"n": sayings.count(whole.sessions), "hours": sayings.hours(whole.minutes)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (
        ("sessions", _("Sessions")),
        ("feedback_sessions", _("Feedback sessions")),
        ("focus_groups", _("Focus groups")),
        ("session_hours", _("Hours of sessions")),
    )


def indicators(facts: SessionFacts, head: Head) -> Iterator[Indicator]:
    """Sessions, those in which materials were talked about, and whole hours."""
    found = {
        "sessions": (facts.whole.sessions, pointer("sessions", "whole", "sessions")),
        "feedback_sessions": _of_kind(facts, Kind.FEEDBACK),
        "focus_groups": _of_kind(facts, Kind.FOCUS_GROUP),
        "session_hours": (facts.hours, pointer("sessions", "hours")),
    }
    for key, label in indicator_keys():
        yield Indicator(key, label, *found[key])


def _of_kind(facts: SessionFacts, kind: Kind) -> tuple[int, str]:
    """How many there were, and where the dataset says so."""
    place = next((n for n, total in enumerate(facts.kinds) if total.kind == kind), None)
    kinds = pointer("sessions", "kinds")
    return facts.of_kind(kind), kinds if place is None else f"{kinds}/{place}/sessions"


def easy(facts: SessionFacts, head: Head) -> Iterator[str]:
    """For readers of short sentences."""
    whole = facts.whole
    if whole.sessions:
        yield ngettext(
            "The experts met %(n)s time.", "The experts met %(n)s times.", whole.sessions
        ) % {"n": sayings.count(whole.sessions)}


def recommendations(facts: SessionFacts, head: Head) -> Iterator[str]:
    """Meetings with those for whom the materials are, where there were none."""
    if not facts.of_kind(Kind.FOCUS_GROUP):
        yield _(
            "Hold a focus group with mentors and one with migrants: only experts were heard so far."
        )
    if facts.meetings and not facts.of_kind(Kind.FEEDBACK):
        yield _("Hold a feedback session on the materials that had to change.")


SECTION = Section(
    key=chapter.KEY,
    order=25,
    part=Part.CHAPTER,
    title=chapter.title,
    facts=SessionFacts,
    collect=reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapter.chapters,
    annexes=records.annexes,
    sheets=records.sheets,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=chapter.stats,
    easy=easy,
    recommendations=recommendations,
    annex_order=130,
)
