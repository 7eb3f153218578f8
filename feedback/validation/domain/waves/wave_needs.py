"""What a further wave waits for from a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import say_day, to_utc
from experts.enums import Role
from experts.models import User
from feedback.validation.domain.waves import waves
from feedback.validation.models import Wave

_DUE_CLOCK = time(17)
SHOWN = 3


def _asked() -> QuerySet:
    """Own reviews to rate again: key, title, number of the version, and until when."""
    running = Wave.objects.filter(round=OuterRef("round"), closed_at__isnull=True)
    due = Subquery(running.order_by("-number").values("due_on")[:1])
    return (
        waves.waiting(Slot("person"))
        .annotate(due=due)
        .values_list("pk", "round__version__material__title", "round__version__number", "due")
    )[:SHOWN]


_ASKED = Prepared(_asked)


def asks(user: User, _at: datetime) -> Questions:
    """Own reviews that a running wave asks about; everybody but experts is spared the question."""
    if Role.EXPERT not in user.access.roles:
        return {}
    return {"reviews": _ASKED.asked(person=user.person.pk)}


def of(
    user: User, _at: datetime, *, reviews: Sequence[tuple[int, str, int, date]]
) -> Iterator[Need]:
    """A need for each review to rate again."""
    for key, title, number, day in reviews:
        yield Need(
            title=_("Rate “%(title)s” v%(number)d again") % {"title": title, "number": number},
            sentence=_("You see how the group answered; wanted by %(day)s.")
            % {"day": say_day(day)},
            url=reverse("wave_answer", args=[key]),
            action=_("Rate again"),
            due=to_utc(datetime.combine(day, _DUE_CLOCK), user.person.zone, fold=0),
            icon="chart",
        )
