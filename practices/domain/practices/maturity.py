"""How far a practice has come: what each step needs, whether it is there, and the step up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.enums import Maturity, Use
from practices.models import Adoption, Practice

# Somebody uses it, whether or not it went well.
_REALLY_USED = {Use.TRIED, Use.IN_USE, Use.STOPPED}
USERS = 2


class NotYet(NotPossible):
    """The next step's conditions are not met, or there is no further step."""


@dataclass(frozen=True)
class Condition:
    """One thing that a step needs."""

    sentence: str
    is_met: bool


@dataclass(frozen=True)
class Step:
    """A step of maturity, its conditions, and where the practice stands to it."""

    maturity: Maturity
    conditions: tuple[Condition, ...]
    is_reached: bool
    is_next: bool

    @property
    def is_met(self) -> bool:
        return all(condition.is_met for condition in self.conditions)


def steps(practice: Practice, adoptions: list[Adoption], today: date) -> list[Step]:
    """All steps in order. `adoptions` are all of the practice's, of whatever version."""
    order = list(Maturity)
    reached = order.index(Maturity(practice.maturity))
    needs = (
        (Condition(_("Both checks are passed."), practice.current is not None),),
        _promising(practice),
        _good(adoptions),
        _institutionalised(practice, adoptions, today),
    )
    return [
        Step(maturity, needs[n], is_reached=n <= reached, is_next=n == reached + 1)
        for n, maturity in enumerate(order)
    ]


@transaction.atomic
def raise_by_one(*, practice_id: int, by: User, at: datetime) -> Practice:
    """The next step, where all it needs is there. Raises Refused, NotYet naming what is missing."""
    rows = Practice.objects.select_for_update(of=("self",))
    practice = rows.select_related("country", "current").get(pk=practice_id)
    permissions.may_grade(by, practice)
    today = to_wall(at, practice.country.zone).date()
    adoptions = list(Adoption.objects.filter(version__practice=practice))
    following = next((s for s in steps(practice, adoptions, today) if s.is_next), None)
    if following is None or practice.retired_on is not None:
        raise NotYet(_("There is no further step for this practice."))
    if not following.is_met:
        missing = [c.sentence for c in following.conditions if not c.is_met]
        raise NotYet(
            _("Not yet: this step needs more. %(missing)s") % {"missing": " ".join(missing)}
        )
    practice.maturity = following.maturity
    practice.save(update_fields=["maturity"])
    return practice


def _promising(practice: Practice) -> tuple[Condition, ...]:
    told = practice.current
    return (
        Condition(_("The card tells what came of it."), bool(told and told.result)),
        Condition(_("The card says how we know."), bool(told and told.evidence)),
    )


def _good(adoptions: list[Adoption]) -> tuple[Condition, ...]:
    told = {a.partner_id for a in adoptions if a.use in _REALLY_USED and a.outcome}
    return (Condition(_("Another partner tried it and told what came of it."), len(told) >= 1),)


def _institutionalised(
    practice: Practice, adoptions: list[Adoption], today: date
) -> tuple[Condition, ...]:
    using = {a.partner_id for a in adoptions if a.use == Use.IN_USE}
    a_year = practice.started_on + relativedelta(years=1) <= today
    return (
        Condition(_("Two other partners have it in use."), len(using) >= USERS),
        Condition(_("It has been in use for a year."), a_year),
    )
