"""The attendance list of a group: names that prove it was held, apart from everything said there.

No deed on this list is written into the log with a name, a key or an order: only the group.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import AttendanceLine, FocusGroup

MOST_NAMES = 40


class TooManyNames(NotPossible):
    """A focus group is small; a longer list was meant for something else."""


@transaction.atomic
def add_names(*, group_id: int, names: Iterable[str], by: User, at: datetime) -> int:
    """Adds names that are not on the list yet, whatever their letter case. How many are new.

    Raises Refused, TooManyNames.
    """
    group = _opened(group_id, by)
    known = {name.casefold() for name in group.attendance.values_list("name", flat=True)}
    new: dict[str, str] = {}
    for name in names:
        if name and name.casefold() not in known:
            new.setdefault(name.casefold(), name)
    if len(known) + len(new) > MOST_NAMES:
        raise TooManyNames(
            _("An attendance list has up to %(n)d names; write larger meetings as sessions.")
            % {"n": MOST_NAMES}
        )
    # Sorted, so that not even the order of the pages on disk tells who came first.
    AttendanceLine.objects.bulk_create(
        AttendanceLine(group=group, name=name) for _key, name in sorted(new.items())
    )
    if new:
        _record(group, by, at)
    return len(new)


@transaction.atomic
def mark_signed(*, line_id: int, has_signed: bool, by: User, at: datetime) -> AttendanceLine:
    """Notes that the paper list bears this person's signature, or that it does not.

    Raises Refused.
    """
    line = AttendanceLine.objects.select_related("group").get(pk=line_id)
    group = _opened(line.group_id, by)
    line.has_signed = has_signed
    line.save(update_fields=["has_signed"])
    _record(group, by, at)
    return line


@transaction.atomic
def take_out(*, line_id: int, by: User, at: datetime) -> FocusGroup:
    """Deletes a name. Raises Refused."""
    line = AttendanceLine.objects.get(pk=line_id)
    group = _opened(line.group_id, by)
    line.delete()
    _record(group, by, at)
    return group


def count(group_id: int) -> int:
    """How many people the list proves."""
    return AttendanceLine.objects.filter(group_id=group_id).count()


def _opened(group_id: int, by: User) -> FocusGroup:
    """Locks the group, so that two people who paste the same list add it once."""
    group = FocusGroup.objects.select_for_update().get(pk=group_id)
    permissions.may_hear(by, group.country_id)
    return group


def _record(group: FocusGroup, by: User, at: datetime) -> None:
    audit.record(
        deed="attendance list changed", about=group, by=by, at=at, country_id=group.country_id
    )
