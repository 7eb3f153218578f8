"""Lessons that nobody owns wait on *Today* for the coordinators of their countries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from experts.models import User
from sessions.models import Lesson

SHOWN = 3
# How long after the look back somebody should have promised the change.
PATIENCE = timedelta(days=7)


def waiting(user: User, _at: datetime) -> Iterator[QuerySet[Lesson]]:
    """Lessons of one's own countries without an owner."""
    if user.access.plans_sessions:
        yield Lesson.objects.led_by(user).without_owner()


def of(user: User, at: datetime) -> Iterator[Need]:
    """One thing to do for each, the oldest first."""
    for lessons in waiting(user, at):
        shown = lessons.select_related("session").order_by("session__starts_at", "pk")
        for lesson in shown[:SHOWN]:
            yield Need(
                title=_("A lesson without an owner: %(change)s") % {"change": lesson.change},
                sentence=_("From the look back “%(title)s”. What nobody owns does not change.")
                % {"title": lesson.session.title},
                url=lesson.get_absolute_url(),
                action=_("Find an owner"),
                due=lesson.session.ends_at + PATIENCE,
                icon="bulb",
            )
