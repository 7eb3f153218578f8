"""What ideas wait for: answers from those who lead a community, results from those who test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot, counts
from cop_platform.common.times import say_days, to_utc, to_wall
from experts.enums import Role
from experts.models import User
from practices.enums import Outcome
from practices.models import Experiment, Idea

_CLOCK = time(17)
# A test asks for its result so many days before it ends.
_AHEAD = timedelta(days=2)
_TESTS = Prepared(
    lambda: (
        Experiment.objects.filter(
            owner=Slot("person"), outcome=Outcome.OPEN, ends_on__lte=Slot("until")
        )
        .select_related("idea")
        .order_by("ends_on", "pk")[:3]
    )
)


def _counted(ideas: QuerySet[Idea]) -> QuerySet:
    """How many wait, how many of them too long, and the first day an answer is owed on."""
    late = Count("pk", filter=Q(answer_due_on__lt=Slot("today")))
    return counts(ideas, n=Count("pk"), late=late, first=Min("answer_due_on"))


_ANSWERS = Prepared(lambda: _counted(Idea.objects.unanswered()))
_ANSWERS_IN = Prepared(
    lambda: _counted(Idea.objects.unanswered().filter(country__in=KeysSlot("countries")))
)


def asks(user: User, at: datetime) -> Questions:
    """Ideas of the countries one coordinates, for the manager of all; one's own tests that end."""
    today = to_wall(at, user.person.zone).date()
    found = {"tests": _TESTS.asked(person=user.person.pk, until=today + _AHEAD)}
    if user.access.is_manager:
        return found | {"answers": _ANSWERS.asked(today=today)}
    own = list(user.access.countries(Role.COORDINATOR))
    return found | {"answers": _ANSWERS_IN.asked(today=today, countries=own)} if own else found


def of(
    user: User,
    at: datetime,
    *,
    tests: Sequence[Experiment],
    answers: Sequence[tuple[int, int, date]] = (),
) -> Iterator[Need]:
    """One line for the ideas that wait, one for each test that ends."""
    today = to_wall(at, user.person.zone).date()
    yield from (_to_answer(*found, user, today) for found in answers if found[0])
    yield from (_result(test, user, today) for test in tests)


def _to_answer(number: int, late: int, first: date, user: User, today: date) -> Need:
    title = ngettext("%(n)d idea waits for an answer", "%(n)d ideas wait for an answer", number)
    return Need(
        title=title % {"n": number},
        sentence=_answers_sentence(late, first, today),
        url=reverse("idea_list"),
        action=_("Answer"),
        due=_due(first, user),
        icon="question",
    )


def _answers_sentence(late: int, first: date, today: date) -> str:
    if late:
        return ngettext(
            "%(n)d waits longer than 30 days.", "%(n)d wait longer than 30 days.", late
        ) % {"n": late}
    return _("An answer is owed within 30 days: the first one %(distance)s.") % {
        "distance": say_days((first - today).days)
    }


def _result(test: Experiment, user: User, today: date) -> Need:
    distance = {"distance": say_days((test.ends_on - today).days)}
    return Need(
        title=_("What came of your test? %(title)s") % {"title": test.idea.title},
        sentence=_("It ends %(distance)s; two sentences are enough, also where it failed.")
        % distance
        if test.ends_on >= today
        else _("It ended %(distance)s; two sentences are enough, also where it failed.") % distance,
        url=reverse("experiment_edit", args=[test.pk]),
        action=_("Tell the result"),
        due=_due(test.ends_on, user),
        icon="edit",
    )


def _due(day: date, user: User) -> datetime:
    return to_utc(datetime.combine(day, _CLOCK), user.person.zone, fold=0)
