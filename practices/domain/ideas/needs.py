"""What ideas wait for: answers from those who lead a community, results from those who test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import say_days, to_utc, to_wall
from experts.enums import Role
from experts.models import User
from practices.enums import Outcome
from practices.models import Experiment, Idea

_CLOCK = time(17)
# A test asks for its result so many days before it ends.
_AHEAD = timedelta(days=2)
# Most people run no test: the question is written once and only filled in.
_TESTS = Prepared(
    lambda: (
        Experiment.objects.filter(
            owner=Slot("person"), outcome=Outcome.OPEN, ends_on__lte=Slot("until")
        )
        .select_related("idea")
        .order_by("ends_on", "pk")[:3]
    )
)


def of(user: User, at: datetime) -> Iterator[Need]:
    """One line for the ideas that wait, one for each test that ends."""
    today = to_wall(at, user.person.zone).date()
    yield from _answers(user, today)
    yield from _results(user, today)


def waiting(user: User, at: datetime) -> Iterator[QuerySet]:
    """Ideas that wait for an answer, and tests that end."""
    if user.access.plans_sessions:
        yield _unanswered(user)
    until = to_wall(at, user.person.zone).date() + _AHEAD
    tests = Experiment.objects.filter(outcome=Outcome.OPEN, ends_on__lte=until)
    yield tests.filter(owner=user.person)


def _unanswered(user: User) -> QuerySet[Idea]:
    """Ideas of the countries one coordinates; for the manager those of all."""
    found = Idea.objects.unanswered()
    if user.access.is_manager:
        return found
    return found.filter(country__in=user.access.countries(Role.COORDINATOR))


def _answers(user: User, today: date) -> Iterator[Need]:
    if not user.access.plans_sessions:
        return
    found = _unanswered(user).order_by()
    late = Q(answer_due_on__lt=today)
    counts = found.aggregate(
        n=Count("pk"), late=Count("pk", filter=late), first=Min("answer_due_on")
    )
    if not counts["n"]:
        return
    title = ngettext(
        "%(n)d idea waits for an answer", "%(n)d ideas wait for an answer", counts["n"]
    )
    yield Need(
        title=title % {"n": counts["n"]},
        sentence=_answers_sentence(counts["late"], counts["first"], today),
        url=reverse("idea_list"),
        action=_("Answer"),
        due=_due(counts["first"], user),
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


def _results(user: User, today: date) -> Iterator[Need]:
    for test in _TESTS.all(person=user.person.pk, until=today + _AHEAD):
        yield Need(
            title=_("What came of your test? %(title)s") % {"title": test.idea.title},
            sentence=_("It ends %(distance)s; two sentences are enough, also where it failed.")
            % {"distance": say_days((test.ends_on - today).days)}
            if test.ends_on >= today
            else _("It ended %(distance)s; two sentences are enough, also where it failed.")
            % {"distance": say_days((test.ends_on - today).days)},
            url=reverse("experiment_edit", args=[test.pk]),
            action=_("Tell the result"),
            due=_due(test.ends_on, user),
            icon="edit",
        )


def _due(day: date, user: User) -> datetime:
    return to_utc(datetime.combine(day, _CLOCK), user.person.zone, fold=0)
