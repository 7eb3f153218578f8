"""The chapter on what reviewers said: themes by reach, their words, and where panels divide."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Table,
)
from cop_platform.common.reporting.drawings import Theme, ThemeMap
from cop_platform.common.reporting.sections import Head, Part, Section, pointer
from feedback.reviews.domain.report import theme_reading
from feedback.reviews.domain.report.theme_facts import (
    SaidFacts,
    SplitFacts,
    ThemeFacts,
    ThemesFacts,
    Tone,
)

KEY = "themes"
# More circles than these cannot be told apart; the table beside the figure has all of them.
_ON_THE_MAP = 12
_QUOTED = 10
_DIVIDED = 15
# From so many answers on, a question that so large a share of them calls met is a strength.
_ENOUGH, _STRONG = 5, 0.85


def title() -> str:
    return _("What the experts said")


def tone(of: Tone) -> str:
    """How remarks are meant, in a word."""
    return {
        Tone.REMARK: pgettext("what remarks are", "Remarks"),
        Tone.IDEA: pgettext("what remarks are", "Ideas"),
        Tone.PRAISE: pgettext("what remarks are", "Praise"),
    }[of]


def label(theme: ThemeFacts) -> str:
    """A theme in as few words as stand in a figure."""
    if not theme.code:
        return _("No question: %(tone)s") % {"tone": tone(theme.tone)}
    return _("%(code)s: %(tone)s") % {"code": theme.code, "tone": tone(theme.tone)}


def chapters(facts: ThemesFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no remark may be told; the limits say so."""
    if facts.themes or facts.splits:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: ThemesFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Every remark belongs to the question it was written to and to what its writer meant "
            "it as: both together make a theme. Themes stand in the order of their reach, which "
            "is the number of different people who raised them."
        )
    )
    yield Note(
        _(
            "Here experts speak. What mentors and migrants said has a chapter of its own; where it "
            "is missing, nobody of them was heard in this period."
        )
    )
    if any(theme.people for theme in facts.themes):
        yield _map(facts)
    elif facts.themes:
        yield _table(facts, "themes")
    quoted = [theme for theme in facts.themes if theme.quotes][:_QUOTED]
    if quoted:
        yield Heading(_("In their own words"))
        for theme in quoted:
            yield from _words(theme)
    yield Heading(_("Where panels were divided"))
    if not facts.splits:
        yield Paragraph(_("No panel was divided over a question."))
        return
    yield Paragraph(
        _(
            "In these panels at least a quarter answered “fully”, and at least a quarter “no” or "
            "“partly”. The most evenly divided stand first."
        )
    )
    yield _splits(facts)


def _map(facts: ThemesFacts) -> Figure:
    told = [theme for theme in facts.themes if theme.people][:_ON_THE_MAP]
    drawn = [
        Theme(label(theme), theme.panels, theme.people or 0, sayings.people(theme.people))
        for theme in told
    ]
    said = [
        _("%(theme)s, %(people)s people") % {"theme": one.label, "people": one.said}
        for one in drawn
    ]
    return Figure(
        key="themes-map",
        caption=_("Themes by the number of people who raised them"),
        alt=_("Themes by the number of people who raised them: %(themes)s.")
        % {"themes": sayings.listed(said)},
        drawing=ThemeMap(tuple(drawn), _("people")),
        table=_table(facts, "themes-map-values"),
    )


def _table(facts: ThemesFacts, key: str) -> Table:
    return Table(
        key=key,
        caption=_("Themes and their reach"),
        columns=(
            Column(_("No.")),
            Column(_("Question"), 6),
            Column(_("Meant as"), 2),
            Column(_("Panels"), 2, Align.END),
            Column(_("People"), 2, Align.END),
            Column(_("Remarks"), 2, Align.END),
        ),
        rows=tuple(_row(theme, n) for n, theme in enumerate(facts.themes)),
        note=_("A panel is the experts of one country in one review round."),
    )


def _row(theme: ThemeFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "themes", n)
    return (
        celling.code(theme.code) if theme.code else Cell(sayings.NONE),
        Cell(tongues.words(theme.question)) if theme.code else Cell(_("No question was named")),
        Cell(tone(theme.tone)),
        celling.count(theme.panels, f"{at}/panels"),
        celling.people(theme.people, f"{at}/people"),
        celling.count(theme.remarks, f"{at}/remarks"),
    )


def _words(theme: ThemeFacts) -> Iterator[Block]:
    yield Heading(label(theme), 3)
    if theme.question:
        yield Paragraph(tongues.words(theme.question))
    for quote in theme.quotes:
        yield Quote(quote.text, quote.language, said_by=_said_by(quote))


def _said_by(quote: SaidFacts) -> str:
    material = sayings.isolated(quote.material)
    if quote.page is None:
        return _("An expert on %(material)s") % {"material": material}
    return _("An expert on %(material)s, page %(page)s") % {
        "material": material,
        "page": sayings.count(quote.page),
    }


def _splits(facts: ThemesFacts) -> Table:
    shown = facts.splits[:_DIVIDED]
    more = len(facts.splits) - len(shown)
    return Table(
        key="themes-divided",
        caption=_("Questions that divided a panel"),
        columns=(
            Column(_("Material"), 2),
            Column(_("No.")),
            Column(_("Question"), 6),
            Column(_("Fully"), 2, Align.END),
            Column(_("No or partly"), 2, Align.END),
            Column(_("Answers"), 2, Align.END),
        ),
        rows=tuple(_split(split, n) for n, split in enumerate(shown)),
        note=ngettext(
            "%(n)s further panel was divided less evenly.",
            "%(n)s further panels were divided less evenly.",
            more,
        )
        % {"n": sayings.count(more)}
        if more
        else "",
    )


def _split(split: SplitFacts, n: int) -> tuple[Cell, ...]:
    at = pointer(KEY, "splits", n)
    return (
        celling.code(f"{split.material} v{split.version}"),
        celling.code(split.code),
        Cell(tongues.words(split.question)),
        celling.count(split.fully, f"{at}/fully"),
        celling.count(split.lacking, f"{at}/lacking"),
        celling.count(split.answers, f"{at}/answers"),
    )


# --- What it comes to -------------------------------------------------------------------------


def gaps(facts: ThemesFacts, head: Head) -> Iterator[str]:
    """Whose remarks are not told."""
    if not facts.themes:
        yield _("No remark of an expert can be told.")
    if facts.running:
        yield ngettext(
            "The remarks of %(n)s round are left out: reviews were still written in it.",
            "The remarks of %(n)s rounds are left out: reviews were still written in them.",
            facts.running,
        ) % {"n": sayings.count(facts.running)}
    if facts.small:
        yield ngettext(
            "The remarks of %(n)s round are left out: so few experts sent a review that they could "
            "be recognised.",
            "The remarks of %(n)s rounds are left out: so few experts sent a review that they "
            "could be recognised.",
            facts.small,
        ) % {"n": sayings.count(facts.small)}


def headline(facts: ThemesFacts, head: Head) -> Iterator[str]:
    """The theme of the farthest reach."""
    told = [theme for theme in facts.themes if theme.people and theme.tone == Tone.REMARK]
    for theme in told[:1]:
        if theme.code:
            yield _("Most people wrote about %(code)s “%(question)s”: %(people)s of them.") % {
                "code": sayings.isolated(theme.code),
                "question": theme.question,
                "people": sayings.people(theme.people),
            }


def strengths(facts: ThemesFacts, head: Head) -> Iterator[str]:
    """What at least five people praised; then questions that most answers call met."""
    for theme in facts.themes:
        if theme.tone == Tone.PRAISE and theme.people and theme.code:
            yield _("%(people)s experts praised what they read for “%(question)s”") % {
                "people": sayings.people(theme.people),
                "question": theme.question,
            }
    good = [one for one in facts.questions if one.answers >= _ENOUGH]
    for one in sorted(good, key=lambda one: (-one.relevant / one.answers, one.code)):
        if one.relevant / one.answers >= _STRONG:
            yield _("%(share)s of all answers say mostly or fully: “%(question)s”") % {
                "share": sayings.share(one.relevant, one.answers),
                "question": one.question,
            }


def recommendations(facts: ThemesFacts, head: Head) -> Iterator[str]:
    """To talk with the panel that is divided most evenly."""
    for split in facts.splits[:1]:
        yield _(
            "Talk with the panel about %(code)s of %(material)s: its members disagree strongly."
        ) % {"code": sayings.isolated(split.code), "material": sayings.isolated(split.material)}


SECTION = Section(
    key=KEY,
    order=70,
    part=Part.CHAPTER,
    title=title,
    facts=ThemesFacts,
    collect=theme_reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    gaps=gaps,
    headline=headline,
    strengths=strengths,
    recommendations=recommendations,
)
