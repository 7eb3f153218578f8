"""Which rows of the outbox are about a session: its invitations' mails, and its series' ones."""

from __future__ import annotations

from django.db.models import Q

from experts.domain import message_search
from experts.domain.message_search import Scope
from experts.models import User
from sessions.domain import notices, replanning, series_notices
from sessions.models import CopSession


def condition(session: CopSession) -> Q:
    """The messages about a session. Keys are read first: one condition then uses one index."""
    asked = list(session.invitations.values_list("pk", "person_id"))
    about = Q(kind__in=notices.KINDS, object_id__in=[pk for pk, _person in asked])
    # The call for a review is left out: that it went would tell who still owes one.
    about |= Q(kind__in=[notices.TAKEN_BACK, replanning.CHECKLIST], object_id=session.pk)
    if session.series_id:
        people = [person for _pk, person in asked]
        about |= Q(kind__in=series_notices.KINDS, object_id=session.series_id, person_id__in=people)
    return about


def find(user: User, key: int) -> Scope | None:
    """The scope of a session that this person runs; None for every other."""
    session = CopSession.objects.run_by(user).filter(pk=key).first()
    return Scope(session.title, condition(session)) if session else None


def register() -> None:
    """Lets the outbox be narrowed to a session."""
    message_search.register_scope("session", find)
