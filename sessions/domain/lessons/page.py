"""What pages show of lessons, and where an action that came of one leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from experts.models import Country, User
from sessions import permissions
from sessions.enums import Kind
from sessions.models import CopSession, Lesson

OPEN, OWNERLESS, CHANGED, ALL = "", "ownerless", "changed", "all"
SHOWN = 12


@dataclass(frozen=True)
class LessonFilter:
    """The cleaned fields of the list's filter bar."""

    show: str = OPEN
    country: Country | None = None


def found(user: User, wanted: LessonFilter) -> QuerySet[Lesson]:
    """What the filter leaves, the latest look back at the top."""
    lessons = Lesson.objects.visible_to(user)
    if wanted.show == OWNERLESS:
        lessons = lessons.without_owner()
    elif wanted.show == CHANGED:
        lessons = lessons.changed()
    elif wanted.show != ALL:
        lessons = lessons.filter(changed_on__isnull=True)
    if wanted.country:
        lessons = lessons.in_country(wanted.country.pk)
    return _with_all(lessons).order_by("-session__starts_at", "pk")


def one(user: User) -> QuerySet[Lesson]:
    """Lessons with everything their page shows."""
    return _with_all(Lesson.objects.visible_to(user)).select_related("written_by")


def rows_of_session(user: User, session: CopSession) -> Iterator[QuerySet[Lesson]]:
    """The lessons of a look back."""
    if session.kind == Kind.REVIEW:
        yield Lesson.objects.visible_to(user).filter(session=session)


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """What was learnt, those without an owner flagged."""
    for lessons in rows_of_session(user, session):
        may_write = permissions.may_write_lesson.allows(user, session)
        shown = lessons.select_related("action__owner").order_by("pk")
        yield from _panel(session, shown, may_write=may_write)


def nothing_of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """The way to write the first one down, for those who may."""
    if session.kind == Kind.REVIEW and permissions.may_write_lesson.allows(user, session):
        yield from _panel(session, (), may_write=True)


def origin(user: Any, key: int) -> tuple[str, str] | None:
    """Title and address of a lesson, if this user sees it."""
    lesson = Lesson.objects.visible_to(user).filter(pk=key).first()
    return (str(lesson), lesson.get_absolute_url()) if lesson else None


def _with_all(lessons: Any) -> QuerySet[Lesson]:
    rows: QuerySet[Lesson] = lessons.with_owner_left().select_related("session", "action__owner")
    return rows.prefetch_related("session__host_cops__country")


def _panel(session: CopSession, lessons: Any, *, may_write: bool) -> Iterator[Panel]:
    context = {"lessons": list(lessons[:SHOWN]), "may_write": may_write, "pk": session.pk}
    yield Panel("sessions/_lessons_panel.html", context)
