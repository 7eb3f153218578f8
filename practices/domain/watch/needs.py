"""Changes outside that nobody has looked at yet wait for the coordinators of their country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.times import say_day, to_utc
from experts.enums import Role
from experts.models import User
from practices.enums import Touched
from practices.models import WatchItem, WatchTarget

SHOWN = 3


def waiting(user: User, _at: datetime) -> Iterator[QuerySet[WatchItem]]:
    """Open items with something on their list that nobody has looked at."""
    access = user.access
    if not access.plans_sessions:
        return
    unseen = WatchTarget.objects.filter(item=OuterRef("pk"), touched=Touched.OPEN)
    items = WatchItem.objects.open().filter(Exists(unseen))
    if not access.is_manager:
        mine = Q(country__in=access.countries(Role.COORDINATOR)) | Q(added_by=user.person)
        items = items.filter(mine)
    yield items


def of(user: User, at: datetime) -> Iterator[Need]:
    """One thing to do for each open item with something on its list that was not looked at."""
    [items] = waiting(user, at)
    for item in items.order_by("from_on", "pk")[:SHOWN]:
        yield Need(
            title=_("Look at what a change touches: %(title)s") % {"title": item.title},
            sentence=_("It holds from %(day)s.") % {"day": say_day(item.from_on)},
            url=item.get_absolute_url(),
            action=_("Look at it"),
            due=to_utc(datetime.combine(item.from_on, time(9)), user.person.zone),
            icon="warning",
        )
