"""What the search finds here: sessions, and methods of the library."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.needle import Blank, Needle
from cop_platform.common.finding.sources import Row, Source
from cop_platform.common.times import say_day
from experts.models import User
from sessions.models import CopSession, Method

# As the index has them, in this order.
SESSION = ("title", "purpose", "place")


def _sessions(user: User, needle: Needle) -> QuerySet:
    """Those whose page this person may open."""
    seen = CopSession.objects.visible_to(user)
    return looking.fitting(seen, needle, *SESSION)


def _anybodys_sessions(form: Blank) -> QuerySet:
    return looking.fitting(CopSession.objects.order_by(), form, *SESSION)


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
        anywhere=_anybodys_sessions,
        title="title",
        text="purpose",
        note="wall_day",
        detail=_day,
        url=lambda row: numbered("session_detail", row.key),
    ),
    Source(
        kind="methods",
        label=_lazy("Methods"),
        icon="list",
        model=Method,
        find=_methods,
        title="name",
        text="purpose",
        url=lambda row: f"{reverse('library_list')}#methods",
    ),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(*SOURCES)
