"""What the ledger waits for from a person: decisions that are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot, counts
from cop_platform.common.times import to_utc, to_wall
from experts.enums import Role
from experts.models import User
from feedback.changes.enums import Severity
from feedback.changes.models import ChangeRequest
from feedback.changes.querysets import ChangeRequestQuerySet

_DUE_CLOCK = time(17)
# Without a day of its own a decision is looked at within two weeks.
_USUAL = timedelta(days=14)


def _counted(changes: ChangeRequestQuerySet) -> QuerySet:
    """How many wait for the decision of a person, how many of them are late and how many critical,
    and the first day.
    """
    return counts(
        changes.undecided().owned_by(Slot("person")),
        n=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=Slot("today"))),
        critical=Count("pk", filter=Q(severity=Severity.CRITICAL)),
        first=Min("due_on"),
    )


# What is one's own to decide is seen, unless it is made of a comment one must not hear of yet.
_ALL = Prepared(
    lambda: _counted(ChangeRequest.objects.without_hidden(Slot("person"), countries=None))
)
_OWN = Prepared(
    lambda: _counted(
        ChangeRequest.objects.without_hidden(Slot("person"), countries=KeysSlot("countries"))
    )
)


def asks(user: User, at: datetime) -> Questions:
    """The changes that wait for this person's decision."""
    if not user.access.is_member:
        return {}
    values = {"person": user.person.pk, "today": to_wall(at, user.person.zone).date()}
    if user.access.is_manager:
        return {"changes": _ALL.asked(**values)}
    own = list(user.access.countries(Role.COORDINATOR))
    return {"changes": _OWN.asked(countries=own, **values)}


def of(
    user: User, at: datetime, *, changes: Sequence[tuple[int, int, int, date | None]]
) -> Iterator[Need]:
    """One line, if any change waits for this person's decision."""
    for number, late, critical, first in changes:
        if number:
            yield _to_decide(number, _sentence(late, critical), first, user, at)


def _to_decide(number: int, sentence: str, first: date | None, user: User, at: datetime) -> Need:
    title = ngettext(
        "%(n)d change waits for your decision", "%(n)d changes wait for your decision", number
    )
    due_on = first or to_wall(at, user.person.zone).date() + _USUAL
    return Need(
        title=title % {"n": number},
        sentence=sentence,
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
