"""The tables of one round: its items, how far the experts agree, and answers of other kinds."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
)
from cop_platform.common.reporting.sections import pointer
from cop_platform.common.reporting.tongues import words
from feedback.reviews.domain import scales
from feedback.reviews.enums import CriterionKind
from feedback.validation.domain.outcome import figures_words
from feedback.validation.domain.policy.rules import Rules
from feedback.validation.domain.report import ratings_figures, ratings_sayings, verdict_sayings
from feedback.validation.domain.report.ratings_facts import (
    AgreementFacts,
    ItemFacts,
    Measured,
    OtherFacts,
    RoundFacts,
)
from feedback.validation.figures import Figure

KEY = "ratings"


def blocks(place: int, row: RoundFacts, rules: Rules) -> Iterator[Block]:
    """One round: its verdict, its figures, or why there are none."""
    heading = _("%(material)s: %(title)s")
    yield Heading(heading % {"material": ratings_sayings.named(row), "title": row.title})
    yield from verdict_sayings.blocks(row.verdicts)
    if not row.verdicts:
        yield Paragraph(_("No verdict rests on this round."))
    if row.withheld:
        yield Note(ratings_sayings.withheld(row))
        return
    if left_out := ratings_sayings.left_out(row):
        yield Note(left_out)
    if row.items:
        yield ratings_figures.distributions(place, row)
        yield _items(place, row)
        yield _scale(place, row, rules)
    yield from _agreement(place, row)
    if row.others:
        yield _others(place, row)
    if row.matrix:
        yield ratings_figures.experts(place, row)


# --- Items ------------------------------------------------------------------------------------


def _items(place: int, row: RoundFacts) -> Table:
    return Table(
        key=f"ratings-{row.round_id}",
        caption=_("%(material)s: figures by criterion") % {"material": ratings_sayings.named(row)},
        columns=(
            Column(_("Criterion"), 4),
            Column(_("N"), 0.6, Align.END),
            Column(_("Mean"), 0.8, Align.END),
            Column(_("Median"), 0.9, Align.END),
            Column(_("I-CVI"), 0.8, Align.END),
            Column(_("95 % interval"), 1.3, Align.END),
            Column(_("Kappa*"), 1.6, Align.END),
            Column(_("Aiken's V"), 0.9, Align.END),
            Column(_("Needed"), 1, Align.END),
            Column(_("Result"), 1.4),
        ),
        rows=tuple(_item(place, n, item) for n, item in enumerate(row.items)),
    )


def _item(place: int, n: int, item: ItemFacts) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", place, "items", n)
    return (
        Cell(_criterion(item.code, item.text)),
        celling.count(item.n, f"{here}/n"),
        celling.number(item.mean, f"{here}/mean"),
        celling.number(item.median, f"{here}/median", 1),
        ratings_sayings.cell(item.i_cvi, f"{here}/i_cvi", tint=True),
        Cell(sayings.interval(item.low, item.high), source=f"{here}/low"),
        ratings_sayings.kappa(item.kappa, f"{here}/kappa"),
        ratings_sayings.cell(item.aiken_v, f"{here}/aiken_v"),
        ratings_sayings.needed(item, here),
        ratings_sayings.passes(item, here),
    )


def _criterion(code: str, text: str) -> Text:
    """A criterion's code, and its question in the language of the rubric."""
    return (Span(code, strong=True), Span(" "), *words(text))


def _scale(place: int, row: RoundFacts, rules: Rules) -> Table:
    """The figures of the whole material with the policy's marks, where it has any."""
    here = pointer(KEY, "rounds", place)
    figures = (
        ("s_cvi_ave", "S-CVI/Ave", row.s_cvi_ave, rules.scale_ave),
        ("s_cvi_ua", "S-CVI/UA", row.s_cvi_ua, rules.scale_ua),
        ("mean_kappa", _("Mean kappa*"), row.mean_kappa, None),
    )
    return Table(
        key=f"scale-{row.round_id}",
        caption=_("%(material)s: figures of the whole material")
        % {"material": ratings_sayings.named(row)},
        columns=(
            Column(pgettext("a statistic", "Figure"), 3),
            Column(_("Value"), 2, Align.END),
            Column(_("Criteria judged"), 1.5, Align.END),
            Column(_("Mark of the policy"), 1.5, Align.END),
        ),
        rows=tuple(
            (
                Cell(name),
                ratings_sayings.marked(found, f"{here}/{path}", mark),
                celling.count(found.n, f"{here}/{path}/n"),
                Cell(sayings.NONE if mark is None else sayings.number(mark / 100)),
            )
            for path, name, found, mark in figures
        ),
    )


# --- Agreement --------------------------------------------------------------------------------


def _agreement(place: int, row: RoundFacts) -> Iterator[Block]:
    if row.relevance is None or row.ratings is None:
        return
    here = pointer(KEY, "rounds", place)
    yield Table(
        key=f"agreement-{row.round_id}",
        caption=_("%(material)s: how far the experts agree")
        % {"material": ratings_sayings.named(row)},
        columns=(
            Column(pgettext("a statistic", "Figure"), 2.6),
            Column(_("Value"), 1.2, Align.END),
            Column(_("N"), 0.6, Align.END),
            Column(_("In plain words"), 4.6),
        ),
        rows=tuple(
            _agreed(name, found, f"{here}/{path}", sentence)
            for name, found, path, sentence in _agreement_rows(row.relevance, row.ratings)
        ),
        note=_("These figures are context. None of them decides whether a criterion passes."),
    )
    why = ratings_sayings.paradox(row.relevance)
    if why:
        yield Note(why)


def _agreement_rows(
    relevance: AgreementFacts, ratings: AgreementFacts
) -> Iterator[tuple[str, Measured, str, str]]:
    """(name, figure, where it stands, what it says): yes and no first, then the ratings."""
    yield (
        _("Per cent agreement, relevant or not"),
        relevance.percent,
        "relevance/percent",
        _percent(relevance.percent),
    )
    yield (
        _("Krippendorff's alpha, relevant or not"),
        relevance.alpha,
        "relevance/alpha",
        _alpha(relevance.alpha),
    )
    yield (
        _("Fleiss' kappa, relevant or not"),
        relevance.fleiss,
        "relevance/fleiss",
        figures_words.fleiss(),
    )
    yield (
        _("Gwet's AC1, relevant or not"),
        relevance.ac1,
        "relevance/ac1",
        figures_words.ac1(),
    )
    yield (
        _("Per cent agreement, ratings of 1 to 4"),
        ratings.percent,
        "ratings/percent",
        _percent(ratings.percent),
    )
    yield (
        _("Krippendorff's alpha, ratings in their order"),
        ratings.alpha,
        "ratings/alpha",
        _alpha(ratings.alpha),
    )


def _percent(found: Measured) -> str:
    return figures_words.percent(Figure(found.value, found.n))


def _alpha(found: Measured) -> str:
    return figures_words.alpha(Figure(found.value, found.n))


def _agreed(name: str, found: Measured, source: str, sentence: str) -> tuple[Cell, ...]:
    if found.value is None:
        return (
            Cell(name),
            Cell(sayings.NONE),
            celling.count(found.n, f"{source}/n"),
            Cell(ratings_sayings.value(found)),
        )
    return (
        Cell(name),
        ratings_sayings.cell(found, source, 3),
        celling.count(found.n, f"{source}/n"),
        Cell(sentence),
    )


# --- Answers of other kinds -------------------------------------------------------------------


def _others(place: int, row: RoundFacts) -> Table:
    return Table(
        key=f"others-{row.round_id}",
        caption=_("%(material)s: answers that are no scale of 1 to 4")
        % {"material": ratings_sayings.named(row)},
        columns=(
            Column(_("Criterion"), 3.4),
            Column(_("Answers"), 3.4),
            Column(_("Not applicable"), 1.1, Align.END),
            Column(_("Lawshe's CVR"), 1.1, Align.END),
        ),
        rows=tuple(_other(place, n, other) for n, other in enumerate(row.others)),
        note=_("They take no part in the figures of content validity."),
    )


def _other(place: int, n: int, other: OtherFacts) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", place, "others", n)
    cvr = ratings_sayings.cell(other.cvr, f"{here}/cvr") if other.cvr else Cell(sayings.NONE)
    return (
        Cell(_criterion(other.code, other.text)),
        Cell(_answers(other), source=f"{here}/tally"),
        celling.count(other.not_applicable, f"{here}/not_applicable"),
        cvr,
    )


def _answers(other: OtherFacts) -> str:
    if other.kind == CriterionKind.TEXT:
        text = ngettext("%(n)s text", "%(n)s texts", other.written)
        return text % {"n": sayings.count(other.written)}
    said = [
        _("%(answer)s: %(n)s") % {"answer": label, "n": sayings.count(count)}
        for label, count in zip(scales.labels(other.kind, other.anchors), other.tally, strict=True)
    ]
    return sayings.listed(said)
