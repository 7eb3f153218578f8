"""Two weeks after a round everybody who was drawn is asked on *Today* whether they met.

A coffee is no tie: ties are what one gave another (answered, commented, adopted, helped).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Choice, Need
from cop_platform.common.times import to_wall
from experts.models import User
from practices.domain.people.coffee import DAYS_APART
from practices.enums import Met
from practices.models import CoffeeSeat

# Whoever said "not yet" is asked again this long after the first time.
AGAIN = timedelta(days=14)
# After that nobody remembers, and the next rounds ask for themselves.
FORGOTTEN = timedelta(days=60)
_ASKED_AFTER = timedelta(days=DAYS_APART)


def waiting(user: User, at: datetime) -> Iterator[QuerySet[CoffeeSeat]]:
    """Own seats of rounds that are two weeks old, of which nothing was said."""
    yield _seats(user, to_wall(at, user.person.zone).date())


def of(user: User, at: datetime) -> Iterator[Need]:
    """The newest round alone: one question, answered by one press."""
    today = to_wall(at, user.person.zone).date()
    rows = _seats(user, today).select_related("pair__round").prefetch_related("pair__seats__person")
    together = rows.annotate(n=Count("pair__seats")).filter(n__gt=1)
    seat = together.order_by("-pair__round__number").first()
    if seat is None:
        return
    others = [one.person.name for one in seat.pair.seats.all() if one.pk != seat.pk]
    yield Need(
        title=_("Did you meet? %(names)s") % {"names": ", ".join(others)},
        sentence=_("You were drawn for coffee in round %(number)d. One press is enough.")
        % {"number": seat.pair.round.number},
        url=reverse("coffee"),
        action=_("Say it"),
        due=at,
        icon="people",
        post_url=reverse("coffee_met", args=[seat.pair_id]),
        choices=(
            Choice(_("Yes"), "said", Met.MET),
            Choice(_("No"), "said", Met.NOT_MET),
            Choice(_("Not yet"), "said", Met.NOT_YET),
        ),
    )


def _seats(user: User, today: date) -> QuerySet[CoffeeSeat]:
    own = CoffeeSeat.objects.filter(person=user.person, pair__round__made_on__gt=today - FORGOTTEN)
    first = Q(said=Met.UNSAID) & Q(pair__round__made_on__lte=today - _ASKED_AFTER)
    again = Q(said=Met.NOT_YET) & Q(pair__round__made_on__lte=today - _ASKED_AFTER - AGAIN)
    return own.filter(first | again)
