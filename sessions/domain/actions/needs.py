"""Promises whose day has gone by wait on *Today* for those who gave them.

Those of people who have left wait there for who coordinates one of their countries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import say_day, to_utc, to_wall
from experts.enums import Role
from experts.models import User
from sessions.action_querysets import ActionItemQuerySet
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


def _by_owner(actions: ActionItemQuerySet) -> QuerySet:
    """Owner, name, number and first day of the promises of each person who has left."""
    people = actions.nobodys().order_by().values("owner", "owner__name")
    counted = people.annotate(n=Count("pk"), first=Min("due_on")).order_by("first", "owner")[:SHOWN]
    return counted.values_list("owner", "owner__name", "n", "first")


_LEFT = Prepared(lambda: _by_owner(ActionItem.objects.all()))
_LEFT_IN = Prepared(lambda: _by_owner(ActionItem.objects.led_from(KeysSlot("countries"))))


def asks(user: User, at: datetime) -> Questions:
    """One's own open actions that are overdue, and the open ones of people who have left."""
    today = to_wall(at, user.person.zone).date()
    own = {"actions": _OVERDUE.asked(today=today, person=user.person.pk)}
    if user.access.is_manager:
        return own | {"left": _LEFT.asked()}
    led = list(user.access.countries(Role.COORDINATOR))
    return own | {"left": _LEFT_IN.asked(countries=led)} if led else own


def of(
    user: User,
    _at: datetime,
    *,
    actions: Sequence[ActionItem],
    left: Sequence[tuple[int, str, int, date]] = (),
) -> Iterator[Need]:
    """One thing to do for each of one's own, and for each person who left; the oldest first."""
    for action in actions:
        yield Need(
            title=_("Overdue: %(title)s") % {"title": action.title},
            sentence=_("You promised it until %(day)s.") % {"day": say_day(action.due_on)},
            url=action.get_absolute_url(),
            action=_("Done, or another day"),
            due=to_utc(datetime.combine(action.due_on, time(9)), user.person.zone, fold=0),
            icon="warning",
        )
    for owner_id, name, number, first in left:
        yield _nobodys(owner_id, name, number, first, user)


def _nobodys(owner_id: int, name: str, n: int, first: date, user: User) -> Need:
    title = ngettext("%(n)d action is nobody's", "%(n)d actions are nobody's", n) % {"n": n}
    return Need(
        title=title,
        sentence=ngettext(
            "%(name)s has left and had promised it: who does it now?",
            "%(name)s has left and had promised them: who does them now?",
            n,
        )
        % {"name": name},
        url=reverse("action_handover", args=[owner_id]),
        action=_("Hand over"),
        due=to_utc(datetime.combine(first, time(9)), user.person.zone, fold=0),
        icon="people",
    )
