"""Rubrics as their pages show them: ready values, no query of their own in a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reviews.domain import rubrics, scales
from feedback.reviews.domain.rubric_templates import TEMPLATES
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rubric


@dataclass(frozen=True)
class RubricRow:
    """One rubric in the list; `state` is new, frozen or retired."""

    rubric: Rubric
    state: str
    use: str
    size: str


@dataclass(frozen=True)
class CriterionRow:
    """One criterion on the page of its rubric; `words` are its scale's where it has its own."""

    criterion: Criterion
    words: tuple[str, ...]
    is_first: bool
    is_last: bool

    @property
    def shows_weight(self) -> bool:
        return self.criterion.kind == CriterionKind.RELEVANCE


def listed() -> list[RubricRow]:
    """All rubrics by name, the newest revision of each first, those out of use at the end."""
    counted = Rubric.objects.annotate(
        asked=Count("criteria", distinct=True), led=Count("rounds", distinct=True)
    ).order_by("name", "-revision")
    rows = [RubricRow(r, state(r), use(r), _size(r.asked, r.led)) for r in counted]
    return sorted(rows, key=lambda row: row.state == "retired")


def missing_templates() -> int:
    """How many of the platform's rubrics were not written down yet."""
    names = [template.name for template in TEMPLATES]
    known = Rubric.objects.filter(Q(name__in=names), revision=1).count()
    return len(names) - known


def state(rubric: Rubric) -> str:
    """Whether it can be edited, is kept as it is, or is out of use."""
    if rubric.retired_at:
        return "retired"
    return "frozen" if rubric.frozen_at else "new"


def use(rubric: Rubric) -> str:
    """What it is proposed for, in one sentence."""
    said = {"type": rubric.get_material_type_display(), "audience": rubric.get_audience_display()}
    if rubric.material_type and rubric.audience:
        return _("For materials of the type “%(type)s”, written for: %(audience)s") % said
    if rubric.material_type:
        return _("For materials of the type “%(type)s”") % said
    if rubric.audience:
        return _("For materials written for: %(audience)s") % said
    return _("For all materials")


def criteria(rubric: Rubric) -> list[CriterionRow]:
    """The criteria in their order."""
    found = list(rubric.criteria.all())
    last = len(found) - 1
    return [CriterionRow(c, _own_words(c), n == 0, n == last) for n, c in enumerate(found)]


def _own_words(criterion: Criterion) -> tuple[str, ...]:
    return tuple(word for _n, word in scales.choices(criterion)) if criterion.anchors else ()


def weights(rows: Iterable[CriterionRow]) -> str:
    """The sentence on the weighted mean of these criteria."""
    return rubrics.weights(row.criterion for row in rows).sentence


def _size(asked: int, led: int) -> str:
    first = ngettext("%(n)d criterion", "%(n)d criteria", asked) % {"n": asked}
    return first + ", " + ngettext("%(n)d round", "%(n)d rounds", led) % {"n": led}
