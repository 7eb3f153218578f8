"""Promises whose day has gone by wait on *Today* for those who gave them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.times import say_day, to_utc, to_wall
from experts.models import User
from sessions.models import ActionItem

SHOWN = 3


def waiting(user: User, at: datetime) -> Iterator[QuerySet[ActionItem]]:
    """One's own open actions that are overdue."""
    today = to_wall(at, user.person.zone).date()
    yield ActionItem.objects.overdue(today).filter(owner=user.person)


def of(user: User, at: datetime) -> Iterator[Need]:
    """One thing to do for each, the oldest first."""
    [actions] = waiting(user, at)
    for action in actions.order_by("due_on", "pk")[:SHOWN]:
        yield Need(
            title=_("Overdue: %(title)s") % {"title": action.title},
            sentence=_("You promised it until %(day)s.") % {"day": say_day(action.due_on)},
            url=action.get_absolute_url(),
            action=_("Done, or another day"),
            due=to_utc(datetime.combine(action.due_on, time(9)), user.person.zone, fold=0),
            icon="warning",
        )
