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
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Section, pointer
from feedback.reviews.enums import Blindness
from feedback.validation.domain.report import method_policies
from feedback.validation.domain.report.method_reading import MethodFacts, collect

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
    yield from method_policies.blocks(facts)
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
