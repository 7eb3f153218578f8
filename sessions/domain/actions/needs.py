"""Promises whose day has gone by wait on *Today* for those who gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import say_day, to_utc, to_wall
from experts.models import User
from sessions.models import ActionItem

SHOWN = 3


_OVERDUE = Prepared(
    lambda: (
        ActionItem.objects.overdue(Slot("today"))
        .filter(owner=Slot("person"))
        .only("title", "due_on")
        .order_by("due_on", "pk")[:SHOWN]
    )
)


def asks(user: User, at: datetime) -> Questions:
    """One's own open actions that are overdue."""
    today = to_wall(at, user.person.zone).date()
    return {"actions": _OVERDUE.asked(today=today, person=user.person.pk)}


def of(user: User, _at: datetime, *, actions: Sequence[ActionItem]) -> Iterator[Need]:
    """One thing to do for each, the oldest first."""
    for action in actions:
        yield Need(
            title=_("Overdue: %(title)s") % {"title": action.title},
            sentence=_("You promised it until %(day)s.") % {"day": say_day(action.due_on)},
            url=action.get_absolute_url(),
            action=_("Done, or another day"),
            due=to_utc(datetime.combine(action.due_on, time(9)), user.person.zone, fold=0),
            icon="warning",
        )
