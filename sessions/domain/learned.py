"""Sessions somebody said yes to or led, for the page of what they learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common.learned import Entry, Learned
from experts.models import User
from sessions.enums import Answer, Duty
from sessions.models import CopSession, DutyHolder, Invitation


def of(user: User, at: datetime) -> Iterator[Entry]:
    """Sessions that ended and were not cancelled; three queries.

    Nobody's presence is recorded: a yes stands for it, and the page says so.
    """
    duties: dict[int, list[str]] = {}
    held = DutyHolder.objects.filter(person=user.person).order_by("pk")
    for session_id, duty in held.values_list("session_id", "duty"):
        duties.setdefault(session_id, []).append(str(Duty(duty).label))
    accepted = Invitation.objects.filter(person=user.person, answer=Answer.YES)
    mine = Q(pk__in=accepted.values("session")) | Q(pk__in=list(duties))
    sessions = CopSession.objects.ended(at).filter(mine).prefetch_related("materials")
    for session in sessions:
        yield Entry(
            kind=Learned.SESSION,
            day=session.wall_day,
            title=session.title,
            part=", ".join(duties.get(session.pk, [_("Said yes")])),
            url=session.get_absolute_url(),
            minutes=minutes_of(session),
            tags=tuple(sorted({tag for work in session.materials.all() for tag in work.levels})),
            competences=tuple(session.competences),
        )


def minutes_of(session: CopSession) -> int:
    """All its minutes: those of a workshop are told for each of its days."""
    days = (session.last_day - session.wall_day).days + 1 if session.last_day else 1
    return session.minutes * days
