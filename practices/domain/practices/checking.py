"""The two checks of a version, by two people who did not write it, and its publication."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.domain.practices import news
from practices.domain.practices.cards import OPEN, locked
from practices.enums import CheckStep
from practices.models import PracticeVersion


class WrongStep(NotPossible):
    """The version does not wait for this, or not any more."""


@transaction.atomic
def submit(*, version_id: int, by: User, at: datetime) -> PracticeVersion:
    """A draft, or one that was given back, waits for the screening. Raises Refused, WrongStep."""
    version = locked(version_id)
    permissions.may_edit_practice(by, version.practice)
    _stands(version, *OPEN)
    if version.discarded_on is not None:
        raise WrongStep(_("You threw this draft away; take it back first."))
    version.step = CheckStep.SUBMITTED
    version.submitted_on = to_wall(at, version.practice.country.zone).date()
    # Checked anew from the first step: what was asked may have changed all of it.
    version.screened_by = version.screened_on = None
    version.save()
    return version


@transaction.atomic
def passes(*, version_id: int, by: User, at: datetime) -> PracticeVersion:
    """The check that is due is passed: the screening, or the technical one, which publishes.

    Raises Refused for somebody who may not do this one, WrongStep where none is due.
    """
    version = locked(version_id)
    may_decide(by, version)
    today = to_wall(at, version.practice.country.zone).date()
    if version.step == CheckStep.SUBMITTED:
        version.step = CheckStep.SCREENED
        version.screened_by, version.screened_on = by.person, today
        version.returned_why = ""
        version.save()
        return version
    version.step = CheckStep.PUBLISHED
    version.checked_by, version.published_on = by.person, today
    version.returned_why = ""
    version.save()
    version.practice.current = version
    version.practice.save(update_fields=["current"])
    news.tell(version, at=at)
    return version


@transaction.atomic
def give_back(*, version_id: int, why: str, by: User) -> PracticeVersion:
    """Back to the author with questions; both checks follow again. Raises Refused, WrongStep."""
    version = locked(version_id)
    may_decide(by, version)
    version.step = CheckStep.RETURNED
    version.returned_why = why
    version.save()
    return version


def may_decide(by: User, version: PracticeVersion) -> None:
    """Raises Refused where the check that is due is not this person's, WrongStep without one."""
    if version.step == CheckStep.SCREENED:
        permissions.may_check(by, version.practice, version.screened_by)
    elif version.step == CheckStep.SUBMITTED:
        permissions.may_screen(by, version.practice)
    else:
        _stands(version, CheckStep.SUBMITTED)


def _stands(version: PracticeVersion, *steps: str) -> None:
    if version.step not in steps:
        raise WrongStep(
            _("This version has gone on meanwhile: %(step)s.")
            % {"step": version.get_step_display()}
        )
