"""What the page of one question and the rows of the list say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cop_platform.common.text import to_html
from experts import reference
from experts.enums import TargetGroup
from experts.models import User
from practices import permissions
from practices.domain.questions import asking, durations, reasons, states
from practices.domain.questions.states import State
from practices.enums import Routed
from practices.models import Answer, Question, QuestionRoute
from sessions.models import CopSession

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Row:
    """A question of the list, in plain values."""

    url: str
    title: str
    country: str
    topic: str
    answers: int
    state: State
    clock: str


@dataclass(frozen=True)
class Shown:
    """An answer of the page."""

    answer: Answer
    html: SafeString
    is_accepted: bool
    is_own: bool


@dataclass(frozen=True)
class Put:
    """Somebody the question was put to."""

    route: QuestionRoute
    reasons: list[str]
    look: tuple[str, str]


@dataclass(frozen=True)
class Page:
    """Everything the page of a question shows, and what its reader may do there."""

    state: State
    clock: str
    groups: list[str]
    languages: list[str]
    answers: list[Shown]
    routes: list[Put]
    own_route: QuestionRoute | None
    peer_assist: CopSession | None
    is_mine: bool
    may_tend: bool
    may_answer: bool
    may_change: bool
    may_assist: bool


def rows(questions: Iterable[Question], at: datetime) -> list[Row]:
    """From questions `with_facts`; asks nothing."""
    return [
        Row(
            url=question.get_absolute_url(),
            title=question.title,
            country=reference.code(question.country_id),
            topic=question.topic.name if question.topic else "",
            answers=question.n_answers,  # type: ignore[attr-defined]
            state=states.of(question),
            clock=clock(question, at),
        )
        for question in questions
    ]


def clock(question: Question, at: datetime) -> str:
    """How long the first answer took, or how long it is waited for."""
    if question.checked_at is None:
        return _("Only you see it.")
    if question.first_answer_at is not None:
        took = durations.said(question.first_answer_at - question.checked_at)
        return _("First answer after %(time)s") % {"time": took}
    if question.closed_at is not None:
        return ""
    return _("Waits for %(time)s") % {"time": durations.said(at - question.checked_at)}


def build(question: Question, user: User, at: datetime) -> Page:
    """The page as this person sees it; who was asked is told to the asker and who tends it."""
    is_mine = question.asked_by_id == user.person.pk
    may_tend = permissions.may_tend_question.allows(user, question)
    routes = list(question.routes.select_related("person__country", "person__expert"))
    mine = [route for route in routes if route.person_id == user.person.pk]
    is_open = states.is_open(question)
    takes = question.checked_at is not None and question.closed_at is None
    return Page(
        state=states.of(question),
        clock=clock(question, at),
        groups=[str(TargetGroup(group).label) for group in question.groups],
        languages=[str(_LANGUAGES[code]) for code in question.languages],
        answers=_answers(question, user),
        routes=[_put(route) for route in routes] if may_tend else [],
        own_route=mine[0] if mine and is_open else None,
        peer_assist=_peer_assist(question, user),
        is_mine=is_mine,
        may_tend=may_tend,
        may_answer=takes and permissions.may_contribute.allows(user),
        may_change=is_mine and asking.may_change(question),
        may_assist=is_open
        and permissions.may_assist.allows(user)
        and (question.peer_assist is None or question.peer_assist.cancelled_at is not None),
    )


def _answers(question: Question, user: User) -> list[Shown]:
    """The accepted one first, then as they came."""
    rows = question.answers.select_related("by__country", "by__expert")
    shown = [
        Shown(
            answer,
            to_html(answer.text),
            answer.pk == question.accepted_id,
            answer.by_id == user.person.pk,
        )
        for answer in rows
    ]
    return sorted(shown, key=lambda one: not one.is_accepted)


def _put(route: QuestionRoute) -> Put:
    look = {
        Routed.ASKED: ("warn", "clock"),
        Routed.ANSWERED: ("ok", "check"),
        Routed.PASSED: ("quiet", "x"),
    }
    return Put(route, reasons.said(route.reasons), look[Routed(route.state)])


def _peer_assist(question: Question, user: User) -> CopSession | None:
    """The session, for those who may open it."""
    if question.peer_assist_id is None:
        return None
    return CopSession.objects.visible_to(user).filter(pk=question.peer_assist_id).first()
