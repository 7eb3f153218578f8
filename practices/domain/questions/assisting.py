"""A question nobody could solve becomes a session: peers listen, ask, and think aloud."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import MAX_LINE
from experts.domain import audit
from experts.enums import Role, Scope
from experts.models import CommunityOfPractice, User
from practices import permissions
from practices.domain.questions import states
from practices.domain.questions.routing import locked
from practices.models import Question
from sessions.domain import planning
from sessions.domain.planning import SessionPlan
from sessions.enums import Kind, Mode
from sessions.models import CopSession, Method

# The method of the library by which peers help with a case.
METHOD = 1
# People need some notice of a session.
NOTICE = timedelta(days=14)
_SATURDAY = 5


@transaction.atomic
def plan(*, question_id: int, day: date, clock: time, by: User, at: datetime) -> CopSession:
    """Plans the session, `day` and `clock` being wall time where `by` is, and ties both together.

    A question has one peer assist at a time; asked for twice, it is the one that stands. Raises
    Refused, NoSuchTime, TwiceThatDay, and NotPossible for a question that is not open.
    """
    question = locked(question_id)
    permissions.may_assist(by)
    standing = question.peer_assist
    if standing is not None and standing.cancelled_at is None:
        return standing
    if not states.is_open(question):
        raise NotPossible(_("This question is settled, or its details are still in it."))
    session = planning.plan_session(plan=_plan(question, day, clock, by), by=by, at=at)
    question.peer_assist = session
    question.save(update_fields=["peer_assist"])
    audit.record(deed="peer assist planned", about=question, by=by, at=at)
    return session


def usual_day(today: date) -> date:
    """A working day with enough notice."""
    day = today + NOTICE
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def title_of(question: Question) -> str:
    """What the session is called."""
    title = _("Peer assist: %(title)s") % {"title": question.title}
    return title if len(title) <= MAX_LINE else f"{title[: MAX_LINE - 1]}…"


def hosts(question: Question, user: User) -> tuple[CommunityOfPractice, ...]:
    """The community of who calls it, and that of who asked; the project's own without either."""
    own = user.access.countries(Role.COORDINATOR)
    countries = own | ({question.country_id} if question.country_id else set())
    found = tuple(CommunityOfPractice.objects.filter(country_id__in=countries))
    return found or tuple(CommunityOfPractice.objects.filter(Q(scope=Scope.PROJECT)))


def _plan(question: Question, day: date, clock: time, by: User) -> SessionPlan:
    method = Method.objects.get(number=METHOD)
    return SessionPlan(
        title=title_of(question),
        kind=Kind.PROBLEM_CLINIC,
        mode=Mode.ONLINE,
        host_cops=hosts(question, by),
        day=day,
        clock=clock,
        zone=by.person.zone,
        minutes=method.minutes,
        purpose=_purpose(question),
        steps=tuple((title, minutes) for title, minutes in method.steps),
        languages=tuple(question.languages) or ("en",),
    )


def _purpose(question: Question) -> str:
    address = settings.BASE_URL + question.get_absolute_url()
    return "\n\n".join(part for part in (question.situation, question.wanted, address) if part)
