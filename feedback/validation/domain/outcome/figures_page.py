"""The figures of a table that somebody brought along, ready to show: each with N and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.validation.domain.outcome import figures_words, words
from feedback.validation.domain.outcome.rating_files import RatingFile
from feedback.validation.figures import SCALE_MARK, Figure, Interval, Level
from feedback.validation.figures.appropriateness import NINE
from feedback.validation.figures.whole import Agreement, ItemFigures, Whole

# More rows than anybody reads; the downloaded document has them all.
SHOWN = 300
_NONE = "\N{EN DASH}"


@dataclass(frozen=True)
class Row:
    """A figure: its name, its value and interval as written, its N, and what it says."""

    name: str
    value: str
    interval: str
    n: int
    sentence: str


@dataclass(frozen=True)
class ItemRow:
    """An item of the table."""

    label: str
    n: int
    sentence: str
    state: str
    state_label: str
    i_cvi: str
    wilson: str
    exact: str
    kappa: str
    aiken_v: str
    aiken_v_interval: str
    cvr: str
    spread: str
    accord: str
    classic: str
    by_ipras: str


@dataclass(frozen=True)
class Block:
    """A table of figures with its heading; `note` explains what looks like a contradiction."""

    key: str
    title: str
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def has_intervals(self) -> bool:
        """Whether a column for them is worth its place."""
        return any(row.interval for row in self.rows)


@dataclass(frozen=True)
class Page:
    """The result. `relevant` says which ratings count; `hidden` items are in the document only."""

    standing: str
    relevant: str
    is_nine: bool
    items: tuple[ItemRow, ...]
    hidden: int
    blocks: tuple[Block, ...]


def build(file: RatingFile, found: Whole) -> Page:
    """The page of a file's figures."""
    rows = zip(file.labels[:SHOWN], found.items[:SHOWN], strict=True)
    return Page(
        standing=_standing(found),
        relevant=_relevant(found),
        is_nine=found.scale == NINE,
        items=tuple(_item(str(label), item) for label, item in rows),
        hidden=max(0, len(found.items) - SHOWN),
        blocks=_blocks(found),
    )


def _standing(found: Whole) -> str:
    judged = [item for item in found.items if item.passes is not None]
    passed = sum(item.passes is True for item in judged)
    experts = ngettext("%(n)d expert", "%(n)d experts", found.experts) % {"n": found.experts}
    if not judged:
        return _("%(experts)s: too few for a pass mark.") % {"experts": experts}
    return ngettext(
        "%(experts)s: %(passed)d of %(n)d item passes.",
        "%(experts)s: %(passed)d of %(n)d items pass.",
        len(judged),
    ) % {"experts": experts, "passed": passed, "n": len(judged)}


def _relevant(found: Whole) -> str:
    return _(
        "“Relevant” means a rating from %(cut)d on: above the middle of the scale from %(low)d to "
        "%(high)d."
    ) % {
        "cut": found.scale.relevant_from,
        "low": found.scale.low,
        "high": found.scale.high,
    }


def _item(label: str, item: ItemFigures) -> ItemRow:
    state, state_label = words.verdict(item.passes)
    return ItemRow(
        label=label,
        n=item.n,
        sentence=words.pass_sentence(item.relevant, item.n, item.needed),
        state=state,
        state_label=state_label,
        i_cvi=words.share(item.i_cvi),
        wilson=words.interval(item.wilson),
        exact=words.interval(item.clopper_pearson),
        kappa=words.kappa(item.kappa),
        aiken_v=words.share(item.aiken_v),
        aiken_v_interval=words.interval(item.aiken_v_interval) if item.aiken_v.value else "",
        cvr=_cvr(item),
        spread=_spread(item),
        accord=figures_words.accord(item.judged.accord),
        classic=figures_words.reading(item.judged.classic),
        by_ipras=figures_words.reading(item.judged.by_ipras),
    )


def _cvr(item: ItemFigures) -> str:
    if item.cvr.value is None:
        return words.reason(item.cvr.reason)
    value = f"{item.cvr.value:.2f}"
    if item.cvr_critical.value is None:
        return _("%(value)s; no count of so few is beyond chance") % {"value": value}
    return _("%(value)s; beyond chance from %(count)d on") % {
        "value": value,
        "count": item.cvr_critical.value,
    }


def _spread(item: ItemFigures) -> str:
    if item.deviation.value is None or item.mean.value is None:
        return words.score(item.median)
    return _("%(median)s; mean %(mean)s, spread %(deviation)s") % {
        "median": words.score(item.median),
        "mean": f"{item.mean.value:.2f}",
        "deviation": f"{item.deviation.value:.2f}",
    }


def _blocks(found: Whole) -> tuple[Block, ...]:
    return (
        Block("scale", _("The whole scale"), _scale(found)),
        Block(
            "yes-no",
            _("Agreement on relevant or not"),
            agreement_rows(found.dichotomised),
            figures_words.paradox(found.dichotomised),
        ),
        Block(
            "raw",
            _("Agreement on the ratings as given"),
            agreement_rows(found.raw),
            figures_words.paradox(found.raw),
        ),
        Block("correlation", _("Correlation and order"), _correlation(found)),
    )


def _scale(found: Whole) -> tuple[Row, ...]:
    ave = _(
        "On average %(n)s of 100 experts call an item relevant; the usual mark is %(mark)s."
    ) % {
        "n": figures_words.hundred(found.s_cvi_ave.value),
        "mark": f"{SCALE_MARK:.2f}",
    }
    ua = _("Of 100 items %(n)s were called relevant by every expert.") % {
        "n": figures_words.hundred(found.s_cvi_ua.value)
    }
    kappa = _("How far the experts agree on “relevant” beyond chance, averaged over the items.")
    return (
        _row("S-CVI/Ave", found.s_cvi_ave, ave),
        _row("S-CVI/UA", found.s_cvi_ua, ua),
        _row(_("Mean modified kappa"), found.mean_kappa, kappa),
    )


def agreement_rows(found: Agreement) -> tuple[Row, ...]:
    """Every figure of agreement, with what it says."""
    alphas = (
        _row(
            str(figures_words.LEVELS[level]),
            found.alpha[level],
            figures_words.alpha(found.alpha[level]),
            found.alpha_intervals[level],
        )
        for level in Level
    )
    return (
        _row(_("Per cent agreement"), found.percent, figures_words.percent(found.percent)),
        *alphas,
        _row(_("Fleiss' kappa"), found.fleiss, figures_words.fleiss()),
        _row(_("Cohen's kappa"), found.cohen, figures_words.cohen()),
        _row(_("Gwet's AC1"), found.ac1, figures_words.ac1()),
        _row(_("Gwet's AC2"), found.ac2, figures_words.ac2()),
    )


def _correlation(found: Whole) -> tuple[Row, ...]:
    icc = (
        _row(f"ICC({form})", one.figure, str(figures_words.FORMS[form]), one.interval)
        for form, one in found.icc.items()
    )
    order = figures_words.concordance(found.kendall.p)
    return (*icc, _row(_("Kendall's W"), found.kendall.w, order))


def _row(name: str, figure: Figure, sentence: str, interval: Interval | None = None) -> Row:
    if figure.value is None:
        return Row(name, _NONE, "", figure.n, words.reason(figure.reason))
    ends = words.interval(interval) if interval else ""
    return Row(name, f"{figure.value:.3f}", ends, figure.n, sentence)
