"""What ideas give to a report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from practices.domain.ideas.report import chapter, facts
from practices.domain.ideas.report.facts import IdeaFacts


def gaps(found: IdeaFacts, head: Head) -> Iterator[str]:
    """Where nobody had an idea, and answers that are owed."""
    if not found.ideas:
        yield _("No idea was handed in during this period.")
    if found.answers.late:
        yield ngettext(
            "%(n)s idea still waits for an answer after 30 days.",
            "%(n)s ideas still wait for an answer after 30 days.",
            found.answers.late,
        ) % {"n": sayings.count(found.answers.late)}


def headline(found: IdeaFacts, head: Head) -> Iterator[str]:
    """How many ideas there were, and how many were adopted."""
    if found.ideas:
        yield ngettext(
            "%(n)s idea was handed in, %(adopted)s adopted.",
            "%(n)s ideas were handed in, %(adopted)s adopted.",
            found.ideas,
        ) % {"n": sayings.count(found.ideas), "adopted": sayings.count(found.adopted_ideas)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (("ideas", _("Ideas handed in")), ("ideas_adopted", _("Ideas adopted")))


def indicators(found: IdeaFacts, head: Head) -> Iterator[Indicator]:
    """Ideas that stand alone, and those that were adopted by the end of the period."""
    reached = (
        (found.ideas, pointer(chapter.KEY, "ideas")),
        (found.adopted_ideas, pointer(chapter.KEY, "adopted_ideas")),
    )
    for (key, label), (value, source) in zip(indicator_keys(), reached, strict=True):
        yield Indicator(key, label, value, source)


def easy(found: IdeaFacts, head: Head) -> Iterator[str]:
    """For readers of short sentences."""
    if found.ideas:
        yield ngettext(
            "The experts had %(n)s new idea.", "The experts had %(n)s new ideas.", found.ideas
        ) % {"n": sayings.count(found.ideas)}


def recommendations(found: IdeaFacts, head: Head) -> Iterator[str]:
    """Answers that are owed."""
    if found.answers.late:
        yield _("Answer the ideas that have waited longer than 30 days.")


SECTION = Section(
    key=chapter.KEY,
    order=96,
    part=Part.CHAPTER,
    title=chapter.title,
    facts=IdeaFacts,
    collect=facts.collect,
    newest=lambda found: found.newest,
    chapters=chapter.chapters,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=chapter.stats,
    easy=easy,
    recommendations=recommendations,
)
