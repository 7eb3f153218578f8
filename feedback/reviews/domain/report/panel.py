"""The panel in words: how many were asked and what became of it, and who the experts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Chapter,
    Heading,
    Paragraph,
    Stat,
)
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, Sheet, pointer
from feedback.reviews.domain.report import panel_people, panel_tables
from feedback.reviews.domain.report.panel_facts import PanelFacts
from feedback.reviews.domain.report.panel_reading import collect
from feedback.reviews.domain.report.panel_tables import KEY, NAMES, number_columns


def title() -> str:
    return _("The panel")


def chapters(facts: PanelFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nobody was asked; then the gaps say so."""
    if facts.rounds:
        yield Chapter(KEY, title(), tuple(_blocks(facts, head)))


def _blocks(facts: PanelFacts, head: Head) -> Iterator[Block]:
    yield from (Paragraph(sentence) for sentence in sample(facts, head))
    yield Paragraph(
        _(
            "Every expert answers on their own and under a code; until the independent phase is "
            "over nobody reads what others wrote. Makers of a material never rate it."
        )
    )
    yield panel_tables.flow(facts.whole)
    yield panel_tables.by_year(facts)
    yield panel_tables.by_round(facts)
    yield Heading(_("Who the experts are"))
    yield from panel_people.blocks(facts.profile)
    yield Heading(_("Conflicts of interest"))
    yield from panel_tables.conflicts(facts)


# --- What else a report wants -----------------------------------------------------------------


def sample(facts: PanelFacts, head: Head) -> Sequence[str]:
    """The sample in one line."""
    if not facts.rounds:
        return ()
    size, whole = facts.profile.size, facts.whole
    words = {
        "people": sayings.people(size),
        "submitted": sayings.count(whole.submitted),
        "asked": sayings.count(whole.asked),
        "rounds": sayings.count(len(facts.rounds)),
    }
    if size is None:
        text = ngettext(
            "Fewer than five experts handed in %(submitted)s of %(asked)s reviews that were asked "
            "for, in %(rounds)s round.",
            "Fewer than five experts handed in %(submitted)s of %(asked)s reviews that were asked "
            "for, in %(rounds)s rounds.",
            len(facts.rounds),
        )
    else:
        text = ngettext(
            "%(people)s experts handed in %(submitted)s of %(asked)s reviews that were asked for, "
            "in %(rounds)s round.",
            "%(people)s experts handed in %(submitted)s of %(asked)s reviews that were asked for, "
            "in %(rounds)s rounds.",
            len(facts.rounds),
        )
    return (text % words,)


def gaps(facts: PanelFacts, head: Head) -> Iterator[str]:
    if not facts.rounds:
        yield _("No expert was asked to review a material.")
        return
    if not facts.whole.submitted:
        yield _("No review was handed in.")
    elif facts.profile.size is None:
        yield _("The panel has fewer than five experts: what they do is not broken down.")
    unused = facts.whole.submitted - facts.whole.used
    if unused:
        yield ngettext(
            "%(n)s review is in a panel that is too small or still answers; no figure counts it.",
            "%(n)s reviews are in panels that are too small or still answer; no figure counts "
            "them.",
            unused,
        ) % {"n": sayings.count(unused)}
    open_rounds = sum(not row.closed_on for row in facts.rounds)
    if open_rounds:
        yield ngettext(
            "%(n)s round was still open when the period ended.",
            "%(n)s rounds were still open when the period ended.",
            open_rounds,
        ) % {"n": sayings.count(open_rounds)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (("reviews", _("Reviews handed in")), ("experts", _("Experts in the panel")))


def indicators(facts: PanelFacts, head: Head) -> Iterator[Indicator]:
    """Experts only from five on: fewer are not told apart."""
    source = pointer(KEY, "whole", "submitted")
    labels = dict(indicator_keys())
    yield Indicator("reviews", labels["reviews"], facts.whole.submitted, source)
    if facts.profile.size is not None:
        source = pointer(KEY, "profile", "size")
        yield Indicator("experts", labels["experts"], facts.profile.size, source)


def stats(facts: PanelFacts, head: Head) -> Iterator[Stat]:
    if facts.whole.submitted:
        submitted = sayings.count(facts.whole.submitted)
        yield Stat(submitted, _("reviews handed in"), pointer(KEY, "whole", "submitted"))


def easy(facts: PanelFacts, head: Head) -> Iterator[str]:
    if facts.profile.size:
        text = ngettext(
            "%(n)s expert read our materials.",
            "%(n)s experts read our materials.",
            facts.profile.size,
        )
        yield text % {"n": sayings.count(facts.profile.size)}


def sheets(facts: PanelFacts, head: Head) -> Iterator[Sheet]:
    """Rounds with their tasks, as they are counted."""
    columns = (
        (_("Material"), 10.0),
        (_("Version"), 9.0),
        (_("Language"), 10.0),
        (_("Round"), 8.0),
        (_("Opened"), 12.0),
        (_("Closed"), 12.0),
        *((column.label, 11.0) for column in number_columns()),
    )
    yield Sheet(
        name=_("Panel"),
        columns=columns,
        rows=[
            [
                row.code,
                row.version,
                row.language,
                row.round_id,
                row.opened_on,
                row.closed_on,
                *(getattr(row.tally, name) for name in NAMES),
            ]
            for row in facts.rounds
        ],
    )


SECTION = Section(
    key=KEY,
    order=50,
    part=Part.CHAPTER,
    title=title,
    facts=PanelFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    sheets=sheets,
    gaps=gaps,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    sample=sample,
    easy=easy,
)
