"""A practice that is no longer recommended stays readable, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.models import Practice


class RetiredAlready(NotPossible):
    """The practice is retired, or was never published."""


@transaction.atomic
def retire(*, practice_id: int, why: str, by: User, at: datetime) -> Practice:
    """Takes a practice out of the list; its pages stay. Raises Refused, RetiredAlready."""
    rows = Practice.objects.select_for_update(of=("self",)).select_related("country")
    practice = rows.get(pk=practice_id)
    permissions.may_grade(by, practice)
    if practice.retired_on is not None or practice.current_id is None:
        raise RetiredAlready(_("This practice is not among the recommended ones."))
    practice.retired_on = to_wall(at, practice.country.zone).date()
    practice.retired_why = why
    practice.save(update_fields=["retired_on", "retired_why"])
    return practice
