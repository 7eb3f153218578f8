"""A rubric is written, copied and retired here; once a round was opened with it, it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cop_platform.common import ordering, revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import seen as shown
from feedback.reviews.models import CalibrationSample, Criterion, Rubric

MAX_CRITERIA = 40


class Frozen(NotPossible):
    """A round was opened with it: its words are those that people answered."""


class NameTaken(NotPossible):
    """Another rubric has this name."""


class TooMany(NotPossible):
    """Nobody answers so many criteria."""


@transaction.atomic
def create(
    *, name: str, material_type: str, audience: str, guidance: str, by: User, at: datetime
) -> Rubric:
    """A new rubric without criteria. Raises Refused, NameTaken."""
    permissions.may_edit_rubrics(by)
    _check_name(name)
    rubric = Rubric.objects.create(
        name=name, material_type=material_type, audience=audience, guidance=guidance
    )
    _record("rubric written", rubric, by, at)
    return rubric


@transaction.atomic
def change(
    *,
    rubric_id: int,
    name: str,
    material_type: str,
    audience: str,
    guidance: str,
    seen: str = "",
    by: User,
    at: datetime,
) -> Rubric:
    """Another name, another use or other words before it.

    `seen` is the mark of what the form showed; without one, whatever is there is overwritten.
    Raises Refused, Frozen, NameTaken, ChangedMeanwhile.
    """
    rubric = _editable(rubric_id, by)
    revisions.check_mark(rubric, seen, shown.mark(rubric))
    if name != rubric.name:
        _check_name(name)
    rubric.name, rubric.guidance = name, guidance
    rubric.material_type, rubric.audience = material_type, audience
    rubric.save()
    _record("rubric changed", rubric, by, at)
    return rubric


@transaction.atomic
def revise(*, rubric_id: int, by: User, at: datetime) -> Rubric:
    """A copy under the next number, to be edited; rounds that run keep theirs.

    Criteria and the sample go along. Raises Refused.
    """
    permissions.may_edit_rubrics(by)
    old = Rubric.objects.select_for_update().get(pk=rubric_id)
    newest = Rubric.objects.filter(name=old.name).aggregate(n=Max("revision"))["n"]
    new = Rubric.objects.create(
        name=old.name,
        revision=newest + 1,
        material_type=old.material_type,
        audience=old.audience,
        guidance=old.guidance,
    )
    keys = _copy_criteria(old, new)
    sample = CalibrationSample.objects.filter(rubric=old).first()
    if sample:
        expected = {keys[key]: said for key, said in sample.expected.items() if key in keys}
        CalibrationSample.objects.create(
            rubric=new, title=sample.title, text=sample.text, expected=expected
        )
    _record("rubric revised", new, by, at)
    return new


@transaction.atomic
def retire(*, rubric_id: int, retired: bool, by: User, at: datetime) -> Rubric:
    """Takes a rubric out of use, or into use again. Raises Refused."""
    permissions.may_edit_rubrics(by)
    rubric = Rubric.objects.select_for_update().get(pk=rubric_id)
    if retired != (rubric.retired_at is not None):
        rubric.retired_at = at if retired else None
        rubric.save(update_fields=["retired_at"])
        _record("rubric retired" if retired else "rubric taken into use", rubric, by, at)
    return rubric


@transaction.atomic
def add_criterion(*, rubric_id: int, by: User, at: datetime, **asked: Any) -> Criterion:
    """A criterion at the end. `asked`: text, kind, weight, is_required, anchors.

    Raises Refused, Frozen, TooMany.
    """
    rubric = _editable(rubric_id, by)
    number = rubric.criteria.count() + 1
    if number > MAX_CRITERIA:
        raise TooMany(_("A rubric has up to %(n)d criteria.") % {"n": MAX_CRITERIA})
    made = Criterion.objects.create(rubric=rubric, position=number, code=f"C{number}", **asked)
    _record("rubric changed", rubric, by, at)
    return made


@transaction.atomic
def change_criterion(
    *, criterion_id: int, seen: str = "", by: User, at: datetime, **asked: Any
) -> Criterion:
    """Another wording of a criterion that nobody has answered; `seen` as in `change`.

    Raises Refused, Frozen, ChangedMeanwhile.
    """
    criterion, rubric = _criterion(criterion_id, by)
    revisions.check_mark(criterion, seen, shown.mark(criterion))
    for name, value in asked.items():
        setattr(criterion, name, value)
    criterion.save()
    _record("rubric changed", rubric, by, at)
    return criterion


@transaction.atomic
def move_criterion(*, criterion_id: int, up: bool, by: User, at: datetime) -> Criterion:
    """One place up or down; at the end of the list it stays. Raises Refused, Frozen."""
    criterion, rubric = _criterion(criterion_id, by)
    ordered = ordering.moved(rubric.criteria.order_by("position"), criterion, up=up)
    if ordered:
        _number(ordered)
        _record("rubric changed", rubric, by, at)
    return criterion


@transaction.atomic
def delete_criterion(*, criterion_id: int, by: User, at: datetime) -> Rubric:
    """Takes a criterion out; the others close the gap. Raises Refused, Frozen."""
    criterion, rubric = _criterion(criterion_id, by)
    _forget_in_sample(rubric, str(criterion.pk))
    criterion.delete()
    _number(list(rubric.criteria.order_by("position")))
    _record("rubric changed", rubric, by, at)
    return rubric


def _check_name(name: str) -> None:
    if Rubric.objects.filter(name=name).exists():
        raise NameTaken(_("A rubric of this name exists; copy it as a new revision."))


def _editable(rubric_id: int, by: User) -> Rubric:
    permissions.may_edit_rubrics(by)
    rubric = Rubric.objects.select_for_update().get(pk=rubric_id)
    if rubric.frozen_at:
        raise Frozen(
            _("A round was opened with this revision, so it stays as it is. Make a new revision.")
        )
    return rubric


def _criterion(criterion_id: int, by: User) -> tuple[Criterion, Rubric]:
    """The criterion and its rubric, which is locked before the criterion is read."""
    rubric_id = Criterion.objects.values_list("rubric_id", flat=True).get(pk=criterion_id)
    rubric = _editable(rubric_id, by)
    return Criterion.objects.get(pk=criterion_id), rubric


def _copy_criteria(old: Rubric, new: Rubric) -> dict[str, str]:
    """Copies all criteria; the new key of each old one."""
    keys = {}
    for criterion in old.criteria.order_by("position"):
        key = str(criterion.pk)
        criterion.pk, criterion.rubric, criterion._state.adding = None, new, True
        criterion.save()
        keys[key] = str(criterion.pk)
    return keys


def _number(ordered: Sequence[Criterion]) -> None:
    """Codes and places from 1 on; by way of codes nobody has, as each must be unique at once."""
    for number, criterion in enumerate(ordered, start=1):
        criterion.code, criterion.position = f"~{number}", number
    Criterion.objects.bulk_update(ordered, ["code", "position"])
    for criterion in ordered:
        criterion.code = f"C{criterion.position}"
    Criterion.objects.bulk_update(ordered, ["code"])


def _forget_in_sample(rubric: Rubric, key: str) -> None:
    sample = CalibrationSample.objects.filter(rubric=rubric).first()
    if sample and sample.expected.pop(key, None):
        sample.save(update_fields=["expected"])


def _record(deed: str, rubric: Rubric, by: User, at: datetime) -> None:
    audit.record(deed=deed, about=rubric, by=by, at=at, revision=rubric.revision)
