"""*My learning* as a document: sessions, hours, reviews, competences, credentials."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common import competences
from cop_platform.common.learned import Learned
from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Cover,
    Document,
    Note,
    Paragraph,
    Stat,
    Stats,
    Table,
)
from feedback.reports.domain import assembly
from feedback.reports.domain.facts import sha256
from feedback.reports.domain.learning.facts import LearnedFacts, LearningFacts, data
from feedback.validation.domain.proof.participation_facts import said_hours


def counted_from() -> str:
    """What every paper with hours says of them."""
    return _(
        "Attendance is not recorded: hours are counted from accepted invitations and from roles in "
        "sessions that took place. Hours are planned minutes divided by sixty."
    )


def document(facts: LearningFacts, *, language: str) -> Document:
    """The whole document as it stands on its day; pure, but for the words of the language."""
    with translation.override(language):
        title = _("My learning: %(name)s") % {"name": facts.name}
        return Document(
            language=language,
            right_to_left=sayings.is_right_to_left(),
            title=title,
            description=sayings.day(facts.day),
            author=facts.project or title,
            release=facts.day,
            day=facts.day,
            dataset_sha256=sha256(data(facts)),
            cover=_cover(facts),
            chapters=tuple(_chapters(facts)),
            annexes=(),
            labels=assembly.labels(),
            keywords=(_("learning"),),
        )


def _cover(facts: LearningFacts) -> Cover:
    words = _("Here anybody can check the certificate.") if facts.address else ""
    return Cover(
        kind=_("My learning"),
        title=facts.name,
        subtitle=_("Until %(day)s") % {"day": sayings.day(facts.day)},
        project=facts.project,
        facts=(
            (_("Sessions"), sayings.count(len(facts.of(Learned.SESSION)))),
            (_("Hours"), said_hours(_minutes(facts.of(Learned.SESSION)))),
            (_("Reviews"), sayings.count(len(facts.of(Learned.REVIEW)))),
            (_("Credentials"), sayings.count(len(facts.of(Learned.CREDENTIAL)))),
        ),
        check_words=words,
        check_address=facts.address,
    )


def _chapters(facts: LearningFacts) -> Iterator[Chapter]:
    yield Chapter("short", _("In short"), tuple(_short(facts)))
    parts = (
        (Learned.SESSION, _("Sessions")),
        (Learned.REVIEW, _("Reviews")),
        (Learned.CREDENTIAL, _("Credentials")),
    )
    for kind, title in parts:
        if found := facts.of(kind):
            yield Chapter(kind.value, title, (_table(kind, title, found),))
    if trained := facts.trained():
        yield Chapter("competences", _("Competences"), (competence_table(trained),))


def _short(facts: LearningFacts) -> Iterator[Block]:
    sessions = facts.of(Learned.SESSION)
    yield Stats(
        (
            Stat(sayings.count(len(sessions)), _("sessions")),
            Stat(said_hours(_minutes(sessions)), _("hours in sessions")),
            Stat(sayings.count(len(facts.of(Learned.REVIEW))), _("reviews")),
        )
    )
    yield Note(counted_from())
    if not facts.entries:
        yield Paragraph(_("There is nothing yet."))


def _table(kind: Learned, title: str, found: tuple[LearnedFacts, ...]) -> Table:
    timed = kind == Learned.SESSION
    columns = (Column(_("Day"), 2), Column(_("What"), 5), Column(_("Your part"), 3))
    hours = (Column(_("Minutes"), 1.5, Align.END), Column(_("Hours"), 1.5, Align.END))
    return Table(
        key=f"learning-{kind.value}",
        caption=title,
        columns=columns + hours if timed else columns,
        rows=tuple(_row(entry, timed) for entry in found),
    )


def _row(entry: LearnedFacts, timed: bool) -> tuple[Cell, ...]:
    said = (Cell(sayings.short_day(entry.day)), Cell(entry.title), Cell(entry.part))
    if not timed:
        return said
    minutes = entry.minutes or 0
    return (
        *said,
        Cell(sayings.count(minutes), value=minutes),
        Cell(said_hours(minutes), value=minutes / 60),
    )


def competence_table(trained: list[tuple[str, int]]) -> Table:
    """Each competence with how often it was trained."""
    return Table(
        key="learning-competences",
        caption=_("Competences and how often they were trained"),
        columns=(Column(_("Competence"), 5), Column(_("Times"), 1, Align.END)),
        rows=tuple(
            (Cell(competences.said(code)), Cell(sayings.count(number), value=number))
            for code, number in trained
        ),
    )


def _minutes(found: tuple[LearnedFacts, ...]) -> int:
    return sum(entry.minutes or 0 for entry in found)
