"""The verification page of a verdict: what was found, by how many, by which rules, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reviews.domain.rounds import PANEL
from feedback.validation import figures
from feedback.validation.domain.judging import verdict_words
from feedback.validation.domain.outcome import words
from feedback.validation.domain.proof import badge, credentials, endorsing, public
from feedback.validation.domain.proof.endorsing import Endorsements
from feedback.validation.domain.proof.public import Match, State
from feedback.validation.models import Credential, Verdict


@dataclass(frozen=True)
class Line:
    """A criterion: its text, "6 of 7 say relevant", and its I-CVI."""

    text: str
    counts: str
    i_cvi: str


@dataclass(frozen=True)
class Page:
    """Everything the page shows; `lines` are empty where figures are withheld, `figures` says why.

    `earlier` says which version's verdict was taken over by this edition, "" for none.
    """

    state: State
    word: str
    sentence: str
    where: str
    panel: str
    figures: str
    lines: tuple[Line, ...]
    earlier: str
    endorsements: Endorsements
    badge_text: str
    credential: Credential | None


@dataclass(frozen=True)
class VerdictLine:
    """A verdict on an answer: where it counts, its word, and how long it holds."""

    key: UUID
    where: str
    word: str
    sentence: str


@dataclass(frozen=True)
class Answer:
    """What is said about a file that was asked about."""

    match: Match
    lines: tuple[VerdictLine, ...]


def answers(sha256: str, today: date) -> list[Answer]:
    """Every released version with exactly these bytes, in words; empty where it is unknown."""
    return [
        Answer(match, tuple(_line(verdict, today) for verdict in match.verdicts))
        for match in public.look_up(sha256, today)
    ]


def _line(verdict: Verdict, today: date) -> VerdictLine:
    return VerdictLine(
        key=verdict.key,
        where=_where(verdict),
        word=str(verdict_words.chip(verdict, today).label),
        sentence=verdict_words.holding(verdict, today),
    )


def _where(verdict: Verdict) -> str:
    return verdict.country.name if verdict.country else _("All countries of the project")


def build(verdict: Verdict, today: date) -> Page:
    """From a public verdict `with_facts`. Four queries at most."""
    source = verdict.inherits
    lines, summary = _figures(verdict.basis)
    return Page(
        state=public.state_of(verdict, today),
        word=str(verdict_words.chip(verdict, today).label),
        sentence=verdict_words.holding(verdict, today),
        where=_where(verdict),
        panel=_panel(verdict.basis),
        figures=summary,
        lines=lines,
        earlier=_taken_over(source) if source else "",
        endorsements=endorsing.of_version(verdict.version_id),
        badge_text=badge.of(verdict, today).text,
        credential=credentials.of_material(verdict),
    )


def _taken_over(source: Verdict) -> str:
    return _("Taken over from version %(number)d, whose translation this is.") % {
        "number": source.version.number
    }


def _panel(basis: Mapping[str, Any]) -> str:
    raters = basis.get("raters")
    if not isinstance(raters, int):
        return _("not recorded")
    if raters < PANEL or basis.get("is_hidden"):
        return _("not told: so small a panel could be recognised")
    return ngettext("%(n)d expert", "%(n)d experts", raters) % {"n": raters}


def _figures(basis: Mapping[str, Any]) -> tuple[tuple[Line, ...], str]:
    """The figures of a panel in words, and the sentence above them."""
    items = basis.get("items") or ()
    if basis.get("is_hidden") or not items:
        return (), _("The figures of this panel are not shown.")
    counts = [(item["relevant"], item["n"]) for item in items]
    average = words.share(figures.s_cvi_ave(counts))
    said = _("Over %(n)d criteria the mean share of experts who say relevant is %(share)s.")
    lines = tuple(
        Line(
            text=item["text"],
            counts=_("%(relevant)d of %(n)d experts say relevant") % item,
            i_cvi=words.share(figures.i_cvi(item["relevant"], item["n"])),
        )
        for item in items
    )
    return lines, said % {"n": len(counts), "share": average}
