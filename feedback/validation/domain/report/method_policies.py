"""The policies in a report: since when they are frozen, what they say, and their pass marks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
)
from feedback.validation.domain.outcome import words
from feedback.validation.domain.policy import pass_table, policy_words
from feedback.validation.domain.report.method_reading import MethodFacts, PolicyUse


def blocks(facts: MethodFacts) -> Iterator[Block]:
    """What is computed, then each policy in sentences and as a table."""
    yield Paragraph(
        _(
            "Criteria are rated from 1 to 4. For each criterion the report gives I-CVI with its "
            "95 % interval, modified kappa and Aiken's V; for the whole material S-CVI/Ave and "
            "S-CVI/UA; for agreement the percentage, Krippendorff's alpha, Fleiss' kappa and "
            "Gwet's AC1. The formulas and their sources are in the annex."
        )
    )
    for n, use in enumerate(facts.policies):
        yield from _policy(n, use, many=len(facts.policies) > 1)


def _policy(n: int, use: PolicyUse, *, many: bool) -> Iterator[Block]:
    policy = use.policy
    named = _named(use)
    if many:
        yield Heading(named, level=3)
    yield Paragraph(_frozen(use, named))
    yield Bullets(
        tuple(
            (
                Span(_("%(topic)s:") % {"topic": sentence.topic}, strong=True),
                Span(" "),
                Span(sentence.text),
            )
            for sentence in policy_words.sentences(policy.rules)
        )
    )
    yield _marks(n, use, named)


def _named(use: PolicyUse) -> str:
    number = sayings.count(use.policy.number)
    if not use.policy.name:
        return _("Policy %(n)s") % {"n": number}
    return _("Policy %(n)s, “%(name)s”") % {"n": number, "name": use.policy.name}


def _frozen(use: PolicyUse, named: str) -> str:
    values = {
        "policy": named,
        "rounds": sayings.count(use.rounds),
        "opened": sayings.day(use.first_opened_on),
    }
    if not use.policy.frozen_on:
        return (
            _(
                "%(policy)s is the one the platform came with; the first of its rounds opened on "
                "%(opened)s."
            )
            % values
        )
    values["frozen"] = sayings.day(use.policy.frozen_on)
    return (
        ngettext(
            "%(policy)s was frozen on %(frozen)s, before anybody rated under it: the first of "
            "%(rounds)s round was opened on %(opened)s. A frozen policy cannot be changed.",
            "%(policy)s was frozen on %(frozen)s, before anybody rated under it: the first of "
            "%(rounds)s rounds was opened on %(opened)s. A frozen policy cannot be changed.",
            use.rounds,
        )
        % values
    )


def _marks(n: int, use: PolicyUse, named: str) -> Table:
    rows = []
    for row in pass_table.rows(use.policy.rules):
        if row.needed is None or row.i_cvi is None or row.kappa is None:
            needed = Cell(_("too small for a pass mark"))
            rows.append(
                (Cell(sayings.count(row.n)), needed, Cell(sayings.NONE), Cell(sayings.NONE))
            )
            continue
        kappa = {"value": sayings.number(row.kappa), "band": words.band(row.kappa)}
        rows.append(
            (
                Cell(sayings.count(row.n)),
                Cell(sayings.count(row.needed)),
                Cell(sayings.number(row.i_cvi, 3)),
                Cell(_("%(value)s (%(band)s)") % kappa),
            )
        )
    return Table(
        key=f"marks-{use.policy.number}",
        caption=_("%(policy)s: pass marks by size of the panel") % {"policy": named},
        columns=(
            Column(_("Experts"), 1, Align.END),
            Column(_("Must find it relevant"), 1.6, Align.END),
            Column(_("I-CVI then"), 1.2, Align.END),
            Column(_("Kappa* then"), 1.6, Align.END),
        ),
        rows=tuple(rows),
        note=_("Whole numbers decide: 7 of 9 passes, although 7/9 = 0.778 is below 0.78."),
    )
