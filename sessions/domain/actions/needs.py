"""Promises whose day has gone by wait on *Today* for those who gave them.

Those of people who have left wait there for who coordinates one of their countries.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def waiting_for_an_owner(user: User, _at: datetime) -> Iterator[QuerySet[ActionItem]]:
    """Open promises of one's own countries whose owner has left."""
    if user.access.plans_sessions:
        yield ActionItem.objects.led_by(user).nobodys()


def of_who_left(user: User, at: datetime) -> Iterator[Need]:
    """One thing to do for each person who left, those first whose promise is due first."""
    for actions in waiting_for_an_owner(user, at):
        people = actions.order_by().values("owner", "owner__name")
        for row in people.annotate(n=Count("pk"), first=Min("due_on")).order_by("first", "owner")[
            :SHOWN
        ]:
            yield _nobodys(row["owner"], row["owner__name"], row["n"], row["first"], user)


def _nobodys(owner_id: int, name: str, n: int, first: date, user: User) -> Need:
    title = ngettext("%(n)d action is nobody's", "%(n)d actions are nobody's", n) % {"n": n}
    return Need(
        title=title,
        sentence=_("%(name)s has left and had promised it: who does it now?") % {"name": name},
        url=reverse("action_handover", args=[owner_id]),
        action=_("Hand over"),
        due=to_utc(datetime.combine(first, time(9)), user.person.zone, fold=0),
        icon="people",
    )
