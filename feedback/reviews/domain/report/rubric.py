"""Annex: the rubrics as they were asked, word for word, with their scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from cop_platform.common.reporting.tongues import words
from feedback.reviews.domain import scales
from feedback.reviews.domain.report import asked
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rubric

KEY = "rubric"


@dataclass(frozen=True)
class CriterionFacts:
    """One question; `anchors` are the rubric's own words of the scale, empty for the usual ones."""

    code: str
    text: str
    kind: str
    weight: int
    required: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class RubricFacts:
    """One revision of a rubric, with what reviewers read first."""

    name: str
    revision: int
    frozen_on: str
    guidance: str
    criteria: tuple[CriterionFacts, ...]


@dataclass(frozen=True)
class RubricsFacts:
    """Every revision that a round of the report asked by."""

    rubrics: tuple[RubricFacts, ...]


def collect(scope: Scope) -> RubricsFacts:
    """The rubrics of the rounds, by name and revision."""
    used = {one.rubric_id: one.rubric for one in asked.rounds(scope)}
    found: dict[int, list[Criterion]] = {pk: [] for pk in used}
    for row in Criterion.objects.filter(rubric__in=list(used)).order_by("rubric", "position"):
        found[row.rubric_id].append(row)
    rubrics = sorted(used.values(), key=lambda rubric: (rubric.name, rubric.revision))
    return RubricsFacts(tuple(_rubric(scope, rubric, found[rubric.pk]) for rubric in rubrics))


def _rubric(scope: Scope, rubric: Rubric, criteria: list[Criterion]) -> RubricFacts:
    return RubricFacts(
        name=rubric.name,
        revision=rubric.revision,
        frozen_on=asked.day_of(rubric.frozen_at, scope),
        guidance=rubric.guidance,
        criteria=tuple(
            CriterionFacts(
                code=row.code,
                text=row.text,
                kind=row.kind,
                weight=row.weight,
                required=row.is_required,
                anchors=tuple(row.anchors),
            )
            for row in criteria
        ),
    )


def title() -> str:
    return _("The rubric")


def annexes(facts: RubricsFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no round asked anything."""
    if facts.rubrics:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: RubricsFacts) -> Iterator[Block]:
    yield Paragraph(_("The questions as experts read them, in the language they were written in."))
    for n, rubric in enumerate(facts.rubrics):
        yield Heading(_named(rubric))
        if rubric.guidance:
            yield Paragraph(words(rubric.guidance))
        yield _table(n, rubric)


def _named(rubric: RubricFacts) -> str:
    values = {"name": rubric.name, "revision": sayings.count(rubric.revision)}
    if not rubric.frozen_on:
        return _("%(name)s, revision %(revision)s, not frozen") % values
    values["day"] = sayings.day(rubric.frozen_on)
    return _("%(name)s, revision %(revision)s, frozen on %(day)s") % values


def _table(n: int, rubric: RubricFacts) -> Table:
    return Table(
        key=f"rubric-{n + 1}",
        caption=_("Criteria of %(name)s, revision %(revision)s")
        % {"name": rubric.name, "revision": sayings.count(rubric.revision)},
        columns=(
            Column(_("Code"), 0.7),
            Column(_("Criterion"), 4),
            Column(_("Answers, from the lowest"), 3.4),
            Column(_("Must be answered"), 1.1),
            Column(_("Weight"), 0.8, Align.END),
        ),
        rows=tuple(
            (
                Cell(row.code),
                Cell(words(row.text)),
                Cell(_scale(row)),
                Cell(_("yes") if row.required else _("no")),
                celling.count(row.weight, pointer(KEY, "rubrics", n, "criteria", place, "weight")),
            )
            for place, row in enumerate(rubric.criteria)
        ),
    )


def _scale(row: CriterionFacts) -> str:
    """The words of its scale; numbered where experts see numbers."""
    if row.kind == CriterionKind.TEXT:
        return str(CriterionKind.TEXT.label)
    labels = scales.labels(row.kind, row.anchors)
    if row.kind == CriterionKind.RELEVANCE:
        labels = [
            pgettext("a step of a scale", "%(n)s %(word)s") % {"n": sayings.count(n), "word": label}
            for n, label in enumerate(labels, start=1)
        ]
    return "; ".join(labels)


def gaps(facts: RubricsFacts, head: Head) -> Iterator[str]:
    if not facts.rubrics:
        yield _("No rubric was used, so the annex has none.")


SECTION = Section(
    key=KEY,
    order=110,
    part=Part.ANNEX,
    title=title,
    facts=RubricsFacts,
    collect=collect,
    annexes=annexes,
    gaps=gaps,
)
