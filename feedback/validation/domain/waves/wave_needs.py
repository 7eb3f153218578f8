"""What a further wave waits for from a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.times import say_day, to_utc
from experts.enums import Role
from experts.models import User
from feedback.validation.domain.waves import waves
from feedback.validation.models import Wave

_DUE_CLOCK = time(17)
SHOWN = 3


def of(user: User, _at: datetime) -> Iterator[Need]:
    """Own reviews that a running wave asks about; everybody but experts is spared the question."""
    if Role.EXPERT not in user.access.roles:
        return
    own = list(waves.waiting(user)[:SHOWN])
    running = Wave.objects.filter(round__in=[row.round_id for row in own], closed_at__isnull=True)
    due = dict(running.values_list("round", "due_on")) if own else {}
    for assignment in own:
        day = due[assignment.round_id]
        version = assignment.round.version
        yield Need(
            title=_("Rate “%(title)s” v%(number)d again")
            % {"title": version.material.title, "number": version.number},
            sentence=_("You see how the group answered; wanted by %(day)s.")
            % {"day": say_day(day)},
            url=reverse("wave_answer", args=[assignment.pk]),
            action=_("Rate again"),
            due=to_utc(datetime.combine(day, _DUE_CLOCK), user.person.zone, fold=0),
            icon="chart",
        )
