"""What hangs under a group's plan: its interpreters, and how many people were asked and came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.enums import Recruited
from feedback.focus_groups.models import FocusGroup, Interpreter, RecruitedCount


class InterpreterInUse(NotPossible):
    """Quotes name this interpreter: who rendered them must stay known."""


class CountsDoNotFit(NotPossible):
    """More people got to a step than to the one before it."""

    def __init__(self, step: str, sentence: str) -> None:
        super().__init__(sentence)
        self.step = step


@dataclass(frozen=True)
class InterpreterPlan:
    """Somebody who renders words: a label, never a name, and the languages between which."""

    label: str
    languages: tuple[str, ...] = ()
    is_briefed: bool = False


def write_interpreters(group: FocusGroup, wanted: Iterable[InterpreterPlan]) -> None:
    """The group's interpreters become these, known by their labels. Raises InterpreterInUse."""
    plans = {plan.label: plan for plan in wanted}
    gone = group.interpreters.exclude(label__in=plans)
    named = gone.filter(quotes__isnull=False).first()
    if named:
        raise InterpreterInUse(
            _("%(label)s interpreted quotes of this group and cannot be taken out.")
            % {"label": named.label}
        )
    gone.delete()
    for plan in plans.values():
        Interpreter.objects.update_or_create(
            group=group,
            label=plan.label,
            defaults={"languages": list(plan.languages), "is_briefed": plan.is_briefed},
        )


@transaction.atomic
def count_people(
    *, group_id: int, counts: Mapping[str, int | None], by: User, at: datetime
) -> FocusGroup:
    """How many people were asked, said no, said yes, came and left; None where nobody counted.

    Raises Refused, CountsDoNotFit.
    """
    group = FocusGroup.objects.select_for_update().get(pk=group_id)
    permissions.may_plan(by, group.country_id)
    check_counts(counts)
    group.recruited.all().delete()
    RecruitedCount.objects.bulk_create(
        RecruitedCount(group=group, step=step, people=people)
        for step in Recruited.values
        if (people := counts.get(step)) is not None
    )
    audit.record(deed="recruitment counted", about=group, by=by, at=at, country_id=group.country_id)
    return group


def check_counts(counts: Mapping[str, int | None]) -> None:
    """Each step holds at most as many people as those before it allow. Raises CountsDoNotFit.

    Answers may still be missing, so those who said yes and no need not add up to all asked.
    """
    asked = counts.get(Recruited.APPROACHED)
    no, yes = counts.get(Recruited.DECLINED), counts.get(Recruited.AGREED)
    came, left = counts.get(Recruited.CAME), counts.get(Recruited.LEFT)
    if asked is not None and (no or 0) + (yes or 0) > asked:
        raise CountsDoNotFit(Recruited.APPROACHED, _("More people said yes or no than were asked."))
    limit = yes if yes is not None else asked
    if came is not None and limit is not None and came > limit:
        raise CountsDoNotFit(Recruited.CAME, _("More people came than said yes."))
    limit = next((number for number in (came, yes, asked) if number is not None), None)
    if left is not None and limit is not None and left > limit:
        raise CountsDoNotFit(Recruited.LEFT, _("More people left than came."))
