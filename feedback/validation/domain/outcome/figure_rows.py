"""The counts of a verdict as a table of figures, each with its N and its interval, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from feedback.validation import figures
from feedback.validation.domain.judging import basis, proposing
from feedback.validation.domain.judging.proposing import Counts, Item, Judged
from feedback.validation.domain.outcome import words
from feedback.validation.domain.policy.rules import Rules


@dataclass(frozen=True)
class FigureRow:
    """A criterion: how it was judged, its N, and the figures that follow from its counts."""

    code: str
    text: str
    kind: str
    label: str
    sentence: str
    n: int
    relevant: int
    not_applicable: int
    missing: int
    i_cvi: str
    interval: str
    kappa: str


@dataclass(frozen=True)
class FigureTable:
    """All criteria, and the two figures of the scale in one sentence."""

    rows: tuple[FigureRow, ...]
    raters: int
    scale: str


def of(counts: Counts, rules: Rules) -> FigureTable:
    """The table of one panel under its rules; without rows where the panel is too small."""
    judged = [proposing.judge(item, counts.raters, rules) for item in counts.items]
    pairs = [(one.item.relevant, one.n) for one in judged if one.passes is not None]
    ave, ua = figures.s_cvi_ave(pairs), figures.s_cvi_ua(pairs)
    words_of = {"n": ave.n, "ave": words.share(ave), "ua": words.share(ua)}
    scale = _("Over %(n)d criteria, S-CVI/Ave is %(ave)s and S-CVI/UA is %(ua)s.") % words_of
    return FigureTable(tuple(_row(one) for one in judged), counts.raters, scale if judged else "")


def _row(judged: Judged) -> FigureRow:
    item, n = judged.item, judged.n
    kind, label = words.verdict(judged.passes)
    return FigureRow(
        code=item.code,
        text=item.text,
        kind=kind,
        label=label,
        sentence=words.pass_sentence(item.relevant, n, judged.needed),
        n=n,
        relevant=item.relevant,
        not_applicable=item.not_applicable,
        missing=item.missing,
        i_cvi=words.share(figures.i_cvi(item.relevant, n)),
        interval=words.interval(figures.wilson(item.relevant, n)),
        kappa=words.kappa(figures.modified_kappa(item.relevant, n)),
    )


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What changed between two bases as they are stored, in words, one line each."""
    old, new = basis.read(before), basis.read(now)
    names = {
        "raters": _("Experts who answered"),
        "practitioners": _("Practitioners"),
        "lived": _("People with lived experience"),
        "open_changes": _("Important changes not decided yet"),
        "not_done": _("Accepted changes that are not in this version"),
    }
    found = [
        _("%(what)s: %(now)d, before %(before)d.")
        % {"what": label, "now": getattr(new, name), "before": getattr(old, name)}
        for name, label in names.items()
        if getattr(new, name) != getattr(old, name)
    ]
    items = {item.code: item for item in old.items}
    return found + [
        _changed(item, items.get(item.code)) for item in new.items if items.get(item.code) != item
    ]


def _changed(item: Item, before: Item | None) -> str:
    said = {"item": item.code, "relevant": item.relevant, "n": item.n}
    if before is None:
        return _("%(item)s: %(relevant)d of %(n)d relevant, not counted before.") % said
    said |= {"before": before.relevant, "of": before.n}
    return _("%(item)s: %(relevant)d of %(n)d relevant, before %(before)d of %(of)d.") % said
