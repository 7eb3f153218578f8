"""Which rubric a version is reviewed by, and what its weights add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from feedback.reviews.domain.rubric_templates import GENERAL, TEMPLATES, Sample, Template
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import CalibrationSample, Criterion, Rubric
from materials.models import Version

NAME = GENERAL


class NoRubric(NotPossible):
    """No rubric fits, or the one chosen is not used any more."""


@dataclass(frozen=True)
class Weights:
    """How many criteria the weighted mean is of, and its denominator."""

    criteria: int
    total: int

    @property
    def sentence(self) -> str:
        """What the mean is a mean of: weighted mean of 8 criteria, weights add up to 11."""
        if not self.criteria:
            return _("No criterion counts in a weighted mean.")
        said = ngettext(
            "Weighted mean of %(n)d criterion; the weights add up to %(total)d.",
            "Weighted mean of %(n)d criteria; the weights add up to %(total)d.",
            self.criteria,
        )
        return said % {"n": self.criteria, "total": self.total}


def weights(criteria: Iterable[Criterion]) -> Weights:
    """What would count in a weighted mean: scales of 1 to 4 with a weight."""
    counted = [c.weight for c in criteria if c.kind == CriterionKind.RELEVANCE and c.weight]
    return Weights(len(counted), sum(counted))


def current() -> Rubric:
    """The newest revision of the general rubric, written down when it is first needed."""
    write_down()
    return Rubric.objects.filter(name=NAME).latest("revision")


@transaction.atomic
def write_down() -> int:
    """Writes down those of the platform's templates that are not there yet. How many are new."""
    known = set(Rubric.objects.filter(revision=1).values_list("name", flat=True))
    return sum(_write_down(template) for template in TEMPLATES if template.name not in known)


def _write_down(template: Template) -> bool:
    rubric, is_new = Rubric.objects.get_or_create(
        name=template.name,
        revision=1,
        defaults={
            "material_type": template.material_type,
            "audience": template.audience,
            "guidance": template.guidance,
        },
    )
    if is_new:
        Criterion.objects.bulk_create(
            Criterion(
                rubric=rubric,
                position=number,
                code=f"C{number}",
                text=asked.text,
                kind=asked.kind,
                weight=asked.weight,
                is_required=asked.is_required,
                anchors=asked.anchors,
            )
            for number, asked in enumerate(template.criteria, start=1)
        )
        if template.sample:
            _write_sample(rubric, template.sample)
    return is_new


def _write_sample(rubric: Rubric, sample: Sample) -> None:
    keys = dict(rubric.criteria.values_list("code", "pk"))
    expected = {str(keys[code]): {"score": score, "why": why} for code, score, why in sample.team}
    CalibrationSample.objects.create(
        rubric=rubric, title=sample.title, text=sample.text, expected=expected
    )


def in_use() -> QuerySet[Rubric]:
    """What a round may be opened with: of each name the newest revision that asks something."""
    alive = Rubric.objects.filter(retired_at__isnull=True)
    alive = alive.filter(Exists(Criterion.objects.filter(rubric=OuterRef("pk"))))
    newer = alive.filter(name=OuterRef("name"), revision__gt=OuterRef("revision"))
    return alive.filter(~Exists(newer)).order_by("name")


def for_version(version: Version) -> Rubric:
    """The rubric proposed for a version: made for its type before made for its readers, before
    made for all; of two that fit as well, the one written last.

    Raises NoRubric when all that fit were retired.
    """
    write_down()
    material = version.material
    fitting = in_use().filter(
        Q(material_type__in=("", material.type)) & Q(audience__in=("", material.audience))
    )
    ranked = sorted(fitting, key=lambda r: (bool(r.material_type), bool(r.audience), r.pk))
    if not ranked:
        raise NoRubric(_("No rubric fits this material. Write one, or take one into use again."))
    return ranked[-1]


def check_usable(rubric: Rubric) -> Rubric:
    """The rubric itself. Raises NoRubric when no round may be opened with it any more."""
    if not in_use().filter(pk=rubric.pk).exists():
        raise NoRubric(_("This rubric is not used any more; choose another one."))
    return rubric
