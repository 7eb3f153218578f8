"""A short text to rate before the first real review with a rubric, and what the team says of it.

It may be passed over, and once is enough. What somebody gave stays on their assignment for
themselves: no outcome, figure or report reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import identity, scales
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, CalibrationSample, Criterion, Rubric


class NotOffered(NotPossible):
    """There is no sample, or it was rated or passed over already."""


class SampleKept(NotPossible):
    """People have rated this sample; another one belongs to another revision."""


@dataclass(frozen=True)
class Compared:
    """One criterion of the sample: the reader's answer beside the team's, each with its word."""

    code: str
    text: str
    own: str
    team: str
    agrees: bool
    why: str


def sample_of(rubric_id: int) -> CalibrationSample | None:
    """The sample of a rubric, if it has one that asks something."""
    found = CalibrationSample.objects.filter(rubric=rubric_id).first()
    return found if found and found.expected else None


def asked(sample: CalibrationSample) -> list[Criterion]:
    """The criteria that the sample is rated by, in their order."""
    found = Criterion.objects.filter(rubric=sample.rubric_id).exclude(kind=CriterionKind.TEXT)
    return [criterion for criterion in found if str(criterion.pk) in sample.expected]


def is_offered(assignment: Assignment, user: User) -> bool:
    """Whether this is the person's first review with the rubric, and a sample is there."""
    if assignment.submitted_on or assignment.calibration is not None:
        return False
    met = identity.own(user).filter(
        round__rubric=assignment.round.rubric_id, calibration__isnull=False
    )
    return sample_of(assignment.round.rubric_id) is not None and not met.exists()


def is_proposed(assignment: Assignment) -> bool:
    """Whether the desk points to the sample: before anything is typed; asks no question.

    The assignment comes from `identity.desk_of`.
    """
    begun = assignment.submitted_on or getattr(assignment, "draft", None)
    sample = getattr(assignment.round.rubric, "sample", None)
    return not begun and assignment.calibration is None and bool(sample and sample.expected)


@transaction.atomic
def rate(*, assignment_id: int, scores: Mapping[str, str], by: User) -> Assignment:
    """Keeps the scores given to the sample, by the criterion's key; none is passing it over.

    Raises Refused, NotOffered.
    """
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    assignment = rows.select_related("round").get(pk=assignment_id)
    if not identity.is_mine(by, assignment.reviewer_code):
        raise Refused(_("Only the assigned expert can review this material."))
    if not is_offered(assignment, by):
        raise NotOffered(_("You have seen this sample already."))
    assignment.calibration = dict(scores)
    assignment.save(update_fields=["calibration"])
    return assignment


def compared(assignment: Assignment) -> list[Compared]:
    """Own answers beside the team's; empty where the sample was passed over."""
    sample = sample_of(assignment.round.rubric_id)
    given: Mapping[str, str] = assignment.calibration or {}
    if sample is None or not given:
        return []
    return [_compared(c, given, sample.expected[str(c.pk)]) for c in asked(sample)]


def _compared(criterion: Criterion, given: Mapping[str, str], team: Mapping[str, str]) -> Compared:
    own = given.get(str(criterion.pk), "")
    return Compared(
        code=criterion.code,
        text=criterion.text,
        own=scales.said(criterion, int(own)) if own else _("no answer"),
        team=scales.said(criterion, int(team["score"])),
        agrees=own == team["score"],
        why=team.get("why", ""),
    )


@transaction.atomic
def set_sample(
    *,
    rubric_id: int,
    title: str,
    text: str,
    expected: Mapping[str, Any],
    by: User,
    at: datetime,
) -> CalibrationSample:
    """Writes or changes the sample of a rubric; `expected` maps a criterion's key to what the team
    says. Raises Refused, and SampleKept once a round was opened with it.
    """
    permissions.may_edit_rubrics(by)
    rubric = Rubric.objects.select_for_update().get(pk=rubric_id)
    if rubric.frozen_at and CalibrationSample.objects.filter(rubric=rubric).exists():
        raise SampleKept(
            _("A round was opened with this sample, so it stays as it is. Make a new revision.")
        )
    sample, _new = CalibrationSample.objects.update_or_create(
        rubric=rubric, defaults={"title": title, "text": text, "expected": dict(expected)}
    )
    audit.record(deed="sample written", about=rubric, by=by, at=at, revision=rubric.revision)
    return sample
