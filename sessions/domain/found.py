"""What the search finds here: sessions, promises, lessons, and methods of the library."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.looking import Joined
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Row, Source
from cop_platform.common.times import say_day
from experts.models import User
from sessions.models import ActionItem, CopSession, Lesson, Method

# As the index has them, in this order.
SESSION = ("title", "purpose", "place")
ACTION = ("title", "details", "reason")
LESSON = ("change", "planned", "happened", "why", "procedure")


def _sessions(user: User, needle: Needle) -> QuerySet:
    """Those whose page this person may open."""
    seen = CopSession.objects.visible_to(user)
    return looking.fitting(seen, needle, *SESSION)


def _actions(user: User, needle: Needle) -> QuerySet:
    """Open or over: what was promised of one's countries, and by oneself."""
    return looking.fitting(ActionItem.objects.visible_to(user), needle, *ACTION)


def _lessons(user: User, needle: Needle) -> QuerySet:
    return looking.fitting(Lesson.objects.visible_to(user), needle, *LESSON)


def _methods(user: User, needle: Needle) -> QuerySet:
    return looking.fitting(Method.objects.visible_to(user), needle, "name", "purpose")


def _day(row: Row) -> str:
    return say_day(date.fromisoformat(row.note))


SOURCES = (
    Source(
        kind="sessions",
        label=_lazy("Sessions"),
        icon="calendar",
        model=CopSession,
        find=_sessions,
        anywhere=sources.anybodys(CopSession, *SESSION),
        title="title",
        text="purpose",
        note="wall_day",
        detail=_day,
        url=lambda row: numbered("session_detail", row.key),
    ),
    Source(
        kind="actions",
        label=_lazy("Actions"),
        icon="check",
        model=ActionItem,
        find=_actions,
        anywhere=sources.anybodys(ActionItem, *ACTION),
        title="title",
        text=Joined(F("details"), F("reason")),
        note="due_on",
        detail=_day,
        url=lambda row: numbered("action_detail", row.key),
    ),
    Source(
        kind="lessons",
        label=_lazy("Lessons"),
        icon="bulb",
        model=Lesson,
        find=_lessons,
        anywhere=sources.anybodys(Lesson, *LESSON),
        title="change",
        text=Joined(*(F(name) for name in LESSON[1:])),
        note="session__title",
        detail=lambda row: row.note,
        url=lambda row: numbered("lesson_detail", row.key),
    ),
    Source(
        kind="methods",
        label=_lazy("Methods"),
        icon="list",
        model=Method,
        find=_methods,
        anywhere=sources.anybodys(Method, "name", "purpose"),
        title="name",
        text="purpose",
        url=lambda row: f"{reverse('library_list')}#methods",
    ),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(*SOURCES)
