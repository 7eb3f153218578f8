"""The method: what was fixed before anybody answered, and how answers become a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Section, pointer
from feedback.reviews.enums import Blindness
from feedback.validation.domain.outcome import words
from feedback.validation.domain.policy import pass_table, policy_words
from feedback.validation.domain.report.method_reading import MethodFacts, PolicyUse, collect

KEY = "method"


def title() -> str:
    return _("Method")


def chapters(facts: MethodFacts, head: Head) -> Iterator[Chapter]:
    """The method stands also where no round was held yet: it is what was agreed on."""
    yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: MethodFacts) -> Iterator[Block]:
    yield Heading(_("Who is asked"))
    yield from _panel(facts)
    yield Heading(_("What is asked"))
    yield from _rubrics(facts)
    yield Heading(_("Independence"))
    yield from _independence(facts)
    yield Heading(_("Statistics and pass marks"))
    yield from _policies(facts)
    yield Heading(_("Missing answers"))
    yield Paragraph(
        _(
            "A missing answer is no rating. It is counted and shown beside each criterion; no "
            "value is put in its place. A figure that cannot be computed says why and is never 0."
        )
    )
    yield Heading(_("From figures to a verdict"))
    yield from _verdicts(facts)
    yield Heading(_("Ethics, consent and data protection"))
    yield Bullets(tuple(_ethics()))


# --- The panel and the rubric -----------------------------------------------------------------


def _panel(facts: MethodFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Experts are chosen for their work with migrants, in the country of the panel, and for "
            "reading the language of the version well. Who made a material, or has a conflict of "
            "interest that nobody waived, is not asked to rate it."
        )
    )
    if not facts.terms:
        return
    yield Table(
        key="terms",
        caption=_("What rounds ask of a panel"),
        columns=(
            Column(_("Who is hidden"), 3),
            Column(_("Accept before reading"), 1.3),
            Column(_("Experts of each country"), 1.1, Align.END),
            Column(_("Practitioners"), 1.1, Align.END),
            Column(_("Lived experience"), 1.1, Align.END),
            Column(_("Rounds"), 0.9, Align.END),
        ),
        rows=tuple(
            (
                Cell(str(Blindness(use.blindness).label)),
                Cell(_("yes") if use.accepts_first else _("no")),
                *(
                    celling.count(getattr(use, name), pointer(KEY, "terms", n, name))
                    for name in ("panel_size", "practitioners", "lived", "rounds")
                ),
            )
            for n, use in enumerate(facts.terms)
        ),
        note=_("Quotas are the least number within a panel; 0 means that none was set."),
    )


def _rubrics(facts: MethodFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Experts answer the criteria of a rubric. It is frozen when the first round opens with "
            "it; another wording is another revision. Its text is in the annex."
        )
    )
    if not facts.rubrics:
        return
    yield Table(
        key="rubrics",
        caption=_("Rubrics and their revisions"),
        columns=(
            Column(_("Rubric"), 3),
            Column(_("Revision"), 1, Align.END),
            Column(_("Frozen on"), 1.5),
            Column(_("Criteria"), 1, Align.END),
            Column(_("Rounds"), 1, Align.END),
        ),
        rows=tuple(
            (
                Cell(use.name),
                celling.count(use.revision, pointer(KEY, "rubrics", n, "revision")),
                celling.day(use.frozen_on, pointer(KEY, "rubrics", n, "frozen_on")),
                celling.count(use.criteria, pointer(KEY, "rubrics", n, "criteria")),
                celling.count(use.rounds, pointer(KEY, "rubrics", n, "rounds")),
            )
            for n, use in enumerate(facts.rubrics)
        ),
    )


def _independence(facts: MethodFacts) -> Iterator[Block]:
    yield Bullets(
        (
            _("First every expert answers alone; nobody reads what others wrote."),
            _("Then, where a round has it, experts discuss what they wrote, still under codes."),
            _("Then the author answers the reviewers, and changes are decided on one by one."),
            _("Figures come from the independent answers; a discussion changes none of them."),
        ),
        ordered=True,
    )
    if facts.waves:
        yield Paragraph(
            ngettext(
                "%(n)s round went on as a Delphi: experts rated again after they had seen how the "
                "group answered. The first answers stay beside the later ones, unchanged.",
                "%(n)s rounds went on as a Delphi: experts rated again after they had seen how the "
                "group answered. The first answers stay beside the later ones, unchanged.",
                facts.waves,
            )
            % {"n": sayings.count(facts.waves)}
        )


# --- The policies -----------------------------------------------------------------------------


def _policies(facts: MethodFacts) -> Iterator[Block]:
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


# --- Verdicts and ethics ----------------------------------------------------------------------


def _verdicts(facts: MethodFacts) -> Iterator[Block]:
    yield Bullets(
        (
            _("When a round is closed, the frozen policy makes a proposal of its figures."),
            _(
                "A person with the right to sign confirms it: a coordinator of the country, or the "
                "project manager. Nobody signs what they made or reviewed while somebody else can."
            ),
            _(
                "Who says something else than the proposal gives a reason, and a second person has "
                "to sign before the verdict is in force."
            ),
            _("A verdict holds for one exact version, has a last day, and can be withdrawn."),
        ),
        ordered=True,
    )
    found = facts.signatures
    if found.verdicts:
        yield Paragraph(
            ngettext(
                "%(n)s verdict was signed on these versions; %(differing)s differs from the "
                "proposal, %(twice)s has a second signature, %(inherited)s was taken over by a "
                "translation.",
                "%(n)s verdicts were signed on these versions; %(differing)s differ from the "
                "proposal, %(twice)s have a second signature, %(inherited)s were taken over by a "
                "translation.",
                found.verdicts,
            )
            % {
                "n": sayings.count(found.verdicts),
                "differing": sayings.count(found.differing),
                "twice": sayings.count(found.twice),
                "inherited": sayings.count(found.inherited),
            }
        )


def _ethics() -> Iterator[str]:
    yield _(
        "Taking part is voluntary; an expert may decline or stop at any time, without a reason."
    )
    yield _("Answers stand under random codes; who is behind a code is kept apart from them.")
    yield _(
        "Figures of fewer than three reviews are withheld, and groups of fewer than five people "
        "are merged, so that nobody can be recognised."
    )
    yield _("No expert and no migrant is named in this report, in any of its editions.")
    yield _(
        "In groups with migrants consent is given before anything is written down, and names are "
        "kept apart from what was said."
    )


def gaps(facts: MethodFacts, head: Head) -> Iterator[str]:
    if not facts.rounds:
        yield _("No round was opened, so no policy of pass marks was used yet.")
    if any(not use.frozen_on for use in facts.rubrics):
        yield _("A rubric that was used is not frozen.")


SECTION = Section(
    key=KEY,
    order=40,
    part=Part.CHAPTER,
    title=title,
    facts=MethodFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    gaps=gaps,
)
