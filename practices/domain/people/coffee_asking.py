"""Two weeks after a round everybody who was drawn is asked on *Today* whether they met.

A coffee is no tie: ties are what one gave another (answered, commented, adopted, helped).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Choice, Need, Questions
from cop_platform.common.prepared import Prepared, Slot
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


def asks(user: User, at: datetime) -> Questions:
    """Own seats of rounds that are two weeks old, of which nothing was said."""
    today = to_wall(at, user.person.zone).date()
    asked = _NEWEST.asked(
        person=user.person.pk,
        forgotten=today - FORGOTTEN,
        first=today - _ASKED_AFTER,
        again=today - _ASKED_AFTER - AGAIN,
    )
    return {"seats": asked}


def of(_user: User, at: datetime, *, seats: Sequence[tuple[int, int, list[str]]]) -> Iterator[Need]:
    """The newest round alone: one question, answered by one press."""
    for pair, number, names in seats:
        yield Need(
            title=_("Did you meet? %(names)s") % {"names": ", ".join(names)},
            sentence=_("You were drawn for coffee in round %(number)d. One press is enough.")
            % {"number": number},
            url=reverse("coffee"),
            action=_("Say it"),
            due=at,
            icon="people",
            post_url=reverse("coffee_met", args=[pair]),
            choices=(
                Choice(_("Yes"), "said", Met.MET),
                Choice(_("No"), "said", Met.NOT_MET),
                Choice(_("Not yet"), "said", Met.NOT_YET),
            ),
        )


def _newest() -> QuerySet:
    """The newest seat beside which others sit: its pair, its round's number, their names."""
    own = CoffeeSeat.objects.filter(
        person=Slot("person"), pair__round__made_on__gt=Slot("forgotten")
    )
    first = Q(said=Met.UNSAID, pair__round__made_on__lte=Slot("first"))
    again = Q(said=Met.NOT_YET, pair__round__made_on__lte=Slot("again"))
    others = CoffeeSeat.objects.filter(pair=OuterRef("pair")).exclude(pk=OuterRef("pk"))
    found = own.filter(first | again, Exists(others.order_by()))
    names = ArraySubquery(others.order_by("pk").values("person__name"))
    said = found.order_by("-pair__round__number").annotate(names=names)
    return said.values_list("pair_id", "pair__round__number", "names")[:1]


_NEWEST = Prepared(_newest)
