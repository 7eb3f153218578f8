"""What the page of a session shows of the question it was called for."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from experts.models import User
from practices.domain.questions import states
from practices.models import Question
from sessions.enums import Kind
from sessions.models import CopSession


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """The case and where it stands, for everybody who may read it."""
    for found in rows_of_session(user, session):
        yield from _shown(found)


def rows_of_session(user: User, session: CopSession) -> Iterator[QuerySet[Question]]:
    """The cases a problem clinic was called for."""
    if session.kind == Kind.PROBLEM_CLINIC:
        yield Question.objects.visible_to(user).filter(peer_assist=session)


def _shown(found: QuerySet[Question]) -> Iterator[Panel]:
    for question in found.select_related("country"):
        context = {"question": question, "state": states.of(question)}
        yield Panel("practices/_question_session_panel.html", context)
