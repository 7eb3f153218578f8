"""The quantitative results: every figure with its N and its interval, and what it decides."""

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
    Note,
    Stat,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Section, pointer
from feedback.validation.domain.report import (
    ratings_figures,
    ratings_sayings,
    ratings_sheets,
    ratings_tables,
    recounting,
    verdict_sayings,
)
from feedback.validation.domain.report.ratings_facts import RatingsFacts, RoundFacts
from feedback.validation.domain.report.ratings_reading import collect

KEY = "ratings"


def title() -> str:
    return _("Quantitative results")


def chapters(facts: RatingsFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no round was held; then the gaps say so."""
    if facts.rounds:
        yield Chapter(KEY, title(), tuple(_blocks(facts, head)))


def _blocks(facts: RatingsFacts, head: Head) -> Iterator[Block]:
    yield Note(
        _(
            "How to read this: an expert who rates a criterion 3 or 4 calls it relevant. I-CVI is "
            "the share of experts who do. A criterion passes when enough experts do, counted in "
            "whole numbers by the pass marks that were frozen before the round. Figures of "
            "agreement stand beside it and decide nothing."
        )
    )
    yield _overview(facts, head)
    with_figures = ratings_figures.shown(facts)
    if len(with_figures) > 1:
        yield ratings_figures.forest(facts)
    yield from ratings_figures.heat_maps(facts)
    for place, row in enumerate(facts.rounds):
        yield from ratings_tables.blocks(place, row, facts.policy(row.policy).rules)


def _overview(facts: RatingsFacts, head: Head) -> Table:
    return Table(
        key="ratings-overview",
        caption=_("All rounds: figures of the whole material, and the verdict"),
        columns=(
            Column(_("Material"), 2.6),
            Column(_("Reviews counted"), 1, Align.END),
            Column(_("Criteria passed"), 1.2, Align.END),
            Column(_("S-CVI/Ave"), 1.1, Align.END),
            Column(_("S-CVI/UA"), 1.1, Align.END),
            Column(_("Verdict"), 2.6),
        ),
        rows=tuple(_overview_row(n, row, head) for n, row in enumerate(facts.rounds)),
    )


def _overview_row(n: int, row: RoundFacts, head: Head) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", n)
    reviews = celling.count(row.counted, f"{here}/counted")
    if row.withheld:
        none = Cell(_("withheld"))
        figures = (none, none, none)
    else:
        figures = (
            Cell(ratings_sayings.passed(row), source=f"{here}/items"),
            ratings_sayings.cell(row.s_cvi_ave, f"{here}/s_cvi_ave", tint=True),
            ratings_sayings.cell(row.s_cvi_ua, f"{here}/s_cvi_ua"),
        )
    verdict = verdict_sayings.summary(row.verdicts, head)
    return (Cell(ratings_sayings.named(row)), reviews, *figures, verdict)


# --- What else a report wants -----------------------------------------------------------------


def _judged(facts: RatingsFacts) -> tuple[int, int]:
    """How many criteria pass, of how many that could be judged, over all rounds."""
    judged = [i.passes for row in facts.rounds for i in row.items if i.passes is not None]
    return sum(judged), len(judged)


def headline(facts: RatingsFacts, head: Head) -> Iterator[str]:
    passed, judged = _judged(facts)
    if judged:
        yield ngettext(
            "%(good)s of %(n)s criterion that could be judged passes, over all materials.",
            "%(good)s of %(n)s criteria that could be judged pass, over all materials.",
            judged,
        ) % {"good": sayings.count(passed), "n": sayings.count(judged)}


def strengths(facts: RatingsFacts, head: Head) -> Iterator[str]:
    """The criteria that every expert called relevant wherever they were asked."""
    found: dict[str, list[bool]] = {}
    for row in facts.rounds:
        for item in row.items:
            if item.passes is not None:
                found.setdefault(item.text, []).append(item.relevant == item.n)
    # Once is no pattern, unless there was one round alone.
    least = min(2, len(ratings_figures.shown(facts)))
    everywhere = [(len(s), text) for text, s in found.items() if all(s) and len(s) >= least]
    for times, text in sorted(everywhere, key=lambda one: (-one[0], one[1])):
        yield ngettext(
            "Every expert agrees, in %(n)s round: “%(criterion)s”",
            "Every expert agrees, in all %(n)s rounds: “%(criterion)s”",
            times,
        ) % {"n": sayings.count(times), "criterion": text}


def gaps(facts: RatingsFacts, head: Head) -> Iterator[str]:
    if not facts.rounds:
        yield _("No review round was held, so there are no figures.")
        return
    withheld = [row for row in facts.rounds if row.withheld]
    if withheld:
        said = [ratings_sayings.named(row) for row in withheld]
        yield ngettext(
            "The figures of %(n)s round are withheld because its panel is too small or still "
            "answers: %(list)s.",
            "The figures of %(n)s rounds are withheld because their panels are too small or still "
            "answer: %(list)s.",
            len(withheld),
        ) % {"n": sayings.count(len(withheld)), "list": "; ".join(said)}
    unjudged = sum(item.passes is None for row in facts.rounds for item in row.items)
    if unjudged:
        yield ngettext(
            "%(n)s criterion could not be judged: too few experts rated it.",
            "%(n)s criteria could not be judged: too few experts rated them.",
            unjudged,
        ) % {"n": sayings.count(unjudged)}


def recommendations(facts: RatingsFacts, head: Head) -> Iterator[str]:
    """The criteria that fail in most rounds, to be worked on first."""
    failing: dict[str, list[str]] = {}
    for row in facts.rounds:
        for item in row.items:
            if item.passes is False:
                failing.setdefault(item.text, []).append(row.code)
    worst = sorted(failing.items(), key=lambda one: (-len(set(one[1])), one[0]))
    for text, codes in worst[:3]:
        yield _("Work on “%(criterion)s” first; it does not pass in: %(codes)s.") % {
            "criterion": text,
            "codes": sayings.listed(sorted(set(codes))),
        }


def stats(facts: RatingsFacts, head: Head) -> Iterator[Stat]:
    passed, judged = _judged(facts)
    if judged:
        source = pointer(KEY, "rounds")
        yield Stat(sayings.share(passed, judged), _("of criteria pass"), source)


SECTION = Section(
    key=KEY,
    order=60,
    part=Part.CHAPTER,
    title=title,
    facts=RatingsFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    sheets=ratings_sheets.sheets,
    gaps=gaps,
    headline=headline,
    strengths=strengths,
    recommendations=recommendations,
    stats=stats,
    recount=recounting.recount,
)
