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


def indicators(facts: SessionFacts, head: Head) -> Iterator[Indicator]:
    """Sessions, those in which materials were talked about, and whole hours."""
    whole = facts.whole
    yield Indicator(
        "sessions", _("Sessions"), whole.sessions, pointer("sessions", "whole", "sessions")
    )
    yield _of_kind(facts, Kind.FEEDBACK, "feedback_sessions", _("Feedback sessions"))
    yield _of_kind(facts, Kind.FOCUS_GROUP, "focus_groups", _("Focus groups"))
    yield Indicator(
        "session_hours",
        _("Hours of sessions"),
        facts.hours,
        pointer("sessions", "hours"),
    )


def _of_kind(facts: SessionFacts, kind: Kind, key: str, label: str) -> Indicator:
    place = next((n for n, total in enumerate(facts.kinds) if total.kind == kind), None)
    kinds = pointer("sessions", "kinds")
    source = kinds if place is None else f"{kinds}/{place}/sessions"
    return Indicator(key, label, facts.of_kind(kind), source)


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
    stats=chapter.stats,
    easy=easy,
    recommendations=recommendations,
    annex_order=130,
)
