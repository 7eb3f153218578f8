"""Changes outside that nobody has looked at yet wait for the coordinators of their country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import say_day, to_utc
from experts.enums import Role
from experts.models import User
from practices.enums import Touched
from practices.models import WatchItem, WatchTarget

SHOWN = 3


def _first(items: QuerySet[WatchItem]) -> QuerySet[WatchItem]:
    """Those with something on their list that nobody has looked at."""
    unseen = WatchTarget.objects.filter(item=OuterRef("pk"), touched=Touched.OPEN)
    return items.filter(Exists(unseen)).only("title", "from_on").order_by("from_on", "pk")[:SHOWN]


_ALL = Prepared(lambda: _first(WatchItem.objects.open()))
_OWN = Prepared(
    lambda: _first(
        WatchItem.objects.open().filter(
            Q(country__in=KeysSlot("countries")) | Q(added_by=Slot("person"))
        )
    )
)


def asks(user: User, _at: datetime) -> Questions:
    """Open items of own countries, and those one added."""
    access = user.access
    if access.is_manager:
        return {"items": _ALL.asked()}
    own = list(access.countries(Role.COORDINATOR))
    return {"items": _OWN.asked(countries=own, person=user.person.pk)} if own else {}


def of(user: User, _at: datetime, *, items: Sequence[WatchItem]) -> Iterator[Need]:
    """One thing to do for each open item with something on its list that was not looked at."""
    for item in items:
        yield Need(
            title=_("Look at what a change touches: %(title)s") % {"title": item.title},
            sentence=_("It holds from %(day)s.") % {"day": say_day(item.from_on)},
            url=item.get_absolute_url(),
            action=_("Look at it"),
            due=to_utc(datetime.combine(item.from_on, time(9)), user.person.zone),
            icon="warning",
        )
