"""What stories give to a validation report: how far value went, and some of them in short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Span,
    Stat,
    Stats,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from practices.domain.stories import value_figures
from practices.enums import ValueCycle
from practices.models import Story

KEY = "stories"
MOST_TOLD = 20


@dataclass(frozen=True)
class StoryFacts:
    """A story by its title; who told it is in no report."""

    title: str
    language: str
    country: str
    cycle: str
    day: str


@dataclass(frozen=True)
class StoriesFacts:
    """Counts of all stories of the period, and the newest of them by title."""

    by_cycle: tuple[tuple[str, int], ...]
    told: int
    reached: int
    cited: int
    stories: tuple[StoryFacts, ...]


def collect(scope: Scope) -> StoriesFacts:
    """Stories told in the period by members of these countries."""
    start, end = date.fromisoformat(scope.start), date.fromisoformat(scope.end)
    value = value_figures.of_countries(scope.country_ids, start, end)
    rows = Story.objects.filter(country__in=scope.country_ids, told_on__range=(start, end))
    newest = rows.select_related("country").order_by("-told_on", "-pk")[:MOST_TOLD]
    return StoriesFacts(
        by_cycle=value.by_cycle,
        told=value.told,
        reached=value.reached,
        cited=value.cited,
        stories=tuple(_facts(story) for story in newest),
    )


def _facts(story: Story) -> StoryFacts:
    assert story.country is not None
    return StoryFacts(
        title=story.title,
        language=story.language,
        country=story.country.code,
        cycle=story.cycle,
        day=story.told_on.isoformat(),
    )


def title() -> str:
    return _("Stories: what taking part came to")


def chapters(facts: StoriesFacts, head: Head) -> Iterator[Chapter]:
    """No chapter where nothing was told."""
    if not facts.told:
        return
    blocks = (
        Stats(tuple(stats(facts, head))),
        Paragraph(
            _(
                "Members tell what they learnt by doing, and say how far it went: from a good talk "
                "to work that is done in another way. They judge that themselves."
            )
        ),
        _cycles(facts),
        Heading(_("The newest stories")),
        _titles(facts),
    )
    yield Chapter(KEY, title(), blocks)


def stats(facts: StoriesFacts, head: Head) -> Iterator[Stat]:
    """Stories told, and those that came as far as being applied."""
    if not facts.told:
        return
    said = ngettext("story was told", "stories were told", facts.told)
    yield Stat(sayings.count(facts.told), said, pointer(KEY, "told"))
    yield Stat(sayings.count(facts.reached), _("came to be applied"), pointer(KEY, "reached"))
    yield Stat(sayings.count(facts.cited), _("were used by others"), pointer(KEY, "cited"))


def _cycles(facts: StoriesFacts) -> Table:
    rows = [
        (
            Cell(str(ValueCycle(cycle).label)),
            Cell(sayings.count(n), n, pointer(KEY, "by_cycle", number, 1)),
        )
        for number, (cycle, n) in enumerate(facts.by_cycle)
    ]
    columns = (Column(_("What came of it"), 4), Column(_("Stories"), 1, Align.END))
    return Table("stories-cycles", _("Stories by what came of it"), columns, tuple(rows))


def _titles(facts: StoriesFacts) -> Table:
    rows = [
        (
            Cell((Span(story.title, language=story.language),)),
            Cell(sayings.isolated(story.country)),
            Cell(str(ValueCycle(story.cycle).label)),
        )
        for story in facts.stories
    ]
    columns = (Column(_("Story"), 4), Column(_("Country"), 1), Column(_("What came of it"), 3))
    return Table("stories-titles", _("The newest stories"), columns, tuple(rows))


SECTION = Section(
    key=KEY,
    order=98,
    part=Part.CHAPTER,
    title=title,
    facts=StoriesFacts,
    collect=collect,
    newest=lambda facts: max((story.day for story in facts.stories), default=""),
    chapters=chapters,
    stats=stats,
)
