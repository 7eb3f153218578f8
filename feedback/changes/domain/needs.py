"""What the ledger waits for from a person: decisions that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import to_utc, to_wall
from experts.models import User
from feedback.changes.enums import Severity
from feedback.changes.models import ChangeRequest

_DUE_CLOCK = time(17)
# Without a day of its own a decision is looked at within two weeks.
_USUAL = timedelta(days=14)


def waiting_for(person: Any) -> QuerySet[ChangeRequest]:
    """The changes that wait for the decision of a person, or a slot, in no order."""
    return ChangeRequest.objects.undecided().owned_by(person).order_by()


# Most people decide on nothing: this small question spares them the large one.
_ANY = Prepared(lambda: waiting_for(Slot("person"))[:1].values_list("pk"))


def of(user: User, at: datetime) -> Iterator[Need]:
    """One line, if any change waits for this person's decision."""
    if _ANY.all(person=user.person.pk):
        yield from counted(user, at)


def counted(user: User, at: datetime) -> Iterator[Need]:
    """How many changes wait for this person's decision, and how many are late."""
    today = to_wall(at, user.person.zone).date()
    late = Q(due_on__lt=today)
    found = ChangeRequest.objects.visible_to(user).undecided().owned_by(user.person).order_by()
    counts = found.aggregate(
        n=Count("pk"),
        late=Count("pk", filter=late),
        critical=Count("pk", filter=Q(severity=Severity.CRITICAL)),
        first=Min("due_on"),
    )
    if not counts["n"]:
        return
    title = ngettext(
        "%(n)d change waits for your decision",
        "%(n)d changes wait for your decision",
        counts["n"],
    )
    due_on = counts["first"] or today + _USUAL
    yield Need(
        title=title % {"n": counts["n"]},
        sentence=_sentence(counts["late"], counts["critical"]),
        url=f"{reverse('change_list')}?state=open&owner={user.person.pk}",
        action=_("Decide"),
        due=to_utc(datetime.combine(due_on, _DUE_CLOCK), user.person.zone, fold=0),
        icon="question",
    )


def _sentence(late: int, critical: int) -> str:
    said = []
    if late:
        said.append(ngettext("%(n)d is overdue.", "%(n)d are overdue.", late) % {"n": late})
    if critical:
        text = ngettext(
            "%(n)d is critical: a round is not closed over it.",
            "%(n)d are critical: a round is not closed over them.",
            critical,
        )
        said.append(text % {"n": critical})
    return " ".join(said) or _("Who asked is told what becomes of it, and why.")
