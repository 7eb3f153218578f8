"""The versions of the validation policy: another follows the newest, none is ever changed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import policies
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.policy import policy_faults, policy_words, rules
from feedback.validation.domain.policy.rules import Rules

DEED = "validation policy frozen"


class FrozenMeanwhile(NotPossible):
    """Somebody else froze a version after the one this was made from: `policy` is theirs."""

    def __init__(self, policy: ValidationPolicy) -> None:
        super().__init__(_("Somebody else froze a version meanwhile."))
        self.policy = policy


class NotSound(NotPossible):
    """The rules contradict themselves; the message is the first fault."""


class SameRules(NotPossible):
    """Nothing differs from the version before."""


def listed() -> QuerySet[ValidationPolicy]:
    """All versions, the newest first."""
    return ValidationPolicy.objects.select_related("frozen_by").order_by("-number")


def newest() -> ValidationPolicy:
    """The newest version; version 1 as it will be written down where no round needed it yet."""
    return listed().first() or ValidationPolicy(
        number=policies.FIRST, name=policies.FIRST_NAME, rules=policies.first_rules()
    )


def before(policy: ValidationPolicy) -> ValidationPolicy | None:
    """The version that this one followed."""
    return listed().filter(number__lt=policy.number).first()


@transaction.atomic
def freeze(*, base: int, name: str, held: Rules, by: User, at: datetime) -> ValidationPolicy:
    """The next version after number `base`; rounds opened from `at` on are judged by it.

    Rounds that run or are closed keep theirs. Raises Refused, NotSound, SameRules, and
    FrozenMeanwhile where `base` is not the newest any more.
    """
    permissions.may_freeze_policy(by)
    policies.current(at)
    check(base=base, newest=listed()[0], held=held)
    policy = _next(base, name, held, by, at)
    audit.record(deed=DEED, about=policy, by=by, at=at, number=policy.number)
    return policy


def check(*, base: int, newest: ValidationPolicy, held: Rules) -> None:
    """Whether these rules could follow number `base`. Raises what `freeze` raises."""
    if newest.number != base:
        raise FrozenMeanwhile(newest)
    for _field, fault in policy_faults.of_rules(held):
        raise NotSound(fault)
    if not policy_words.changes(rules.of(newest), held):
        raise SameRules(_("This says what version %(n)d says already.") % {"n": base})


def _next(base: int, name: str, held: Rules, by: User, at: datetime) -> ValidationPolicy:
    """Writes the version down; of two at the same instant the number lets one through."""
    try:
        with transaction.atomic():
            return ValidationPolicy.objects.create(
                number=base + 1, name=name, rules=held.stored(), frozen_at=at, frozen_by=by.person
            )
    except IntegrityError as error:
        raise FrozenMeanwhile(listed()[0]) from error
