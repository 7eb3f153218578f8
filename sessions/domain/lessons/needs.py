"""Lessons that nobody owns wait on *Today* for the coordinators of their countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared
from experts.enums import Role
from experts.models import User
from sessions.action_querysets import LessonQuerySet
from sessions.models import Lesson

SHOWN = 3
# How long after the look back somebody should have promised the change.
PATIENCE = timedelta(days=7)


def _oldest(lessons: LessonQuerySet) -> QuerySet[Lesson]:
    shown = lessons.without_owner().select_related("session")
    said = shown.only("change", "session__title", "session__ends_at")
    return said.order_by("session__starts_at", "pk")[:SHOWN]


_ALL = Prepared(lambda: _oldest(Lesson.objects.all()))
_LED = Prepared(lambda: _oldest(Lesson.objects.led_from(KeysSlot("countries"))))


def asks(user: User, _at: datetime) -> Questions:
    """Lessons of one's own countries without an owner."""
    if user.access.is_manager:
        return {"lessons": _ALL.asked()}
    own = list(user.access.countries(Role.COORDINATOR))
    return {"lessons": _LED.asked(countries=own)} if own else {}


def of(_user: User, _at: datetime, *, lessons: Sequence[Lesson]) -> Iterator[Need]:
    """One thing to do for each, the oldest first."""
    for lesson in lessons:
        yield Need(
            title=_("A lesson without an owner: %(change)s") % {"change": lesson.change},
            sentence=_("From the look back “%(title)s”. What nobody owns does not change.")
            % {"title": lesson.session.title},
            url=lesson.get_absolute_url(),
            action=_("Find an owner"),
            due=lesson.session.ends_at + PATIENCE,
            icon="bulb",
        )
