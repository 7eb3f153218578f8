"""Who will get what, before people are asked to a session, told of its change or of its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from experts.domain import who_gets_what
from experts.domain.who_gets_what import WhoGetsWhat
from experts.models import Person
from sessions.domain import notices, polls, series_notices
from sessions.enums import Answer, AskedThrough
from sessions.models import CopSession, Poll


def before_inviting(session: CopSession, people: Iterable[Person], *, at: datetime) -> WhoGetsWhat:
    """The invitation to these people; who was asked before is left alone."""
    people = list(people)
    known = set(session.invitations.values_list("person_id", flat=True))
    return who_gets_what.foresee(
        notices.INVITATION,
        [p for p in people if p.pk not in known],
        at=at,
        not_after=session.starts_at,
        left_out={_("invited already"): [p.name for p in people if p.pk in known]},
    )


def before_inviting_to_series(people: Iterable[Person], *, at: datetime) -> WhoGetsWhat:
    """One invitation to all dates to each of these people."""
    return who_gets_what.foresee(series_notices.INVITATION, people, at=at)


def before_moving(session: CopSession, *, at: datetime) -> WhoGetsWhat:
    """The new time or place to everybody asked who has not declined."""
    return _to_guests(notices.CHANGE, session, at)


def before_cancelling(session: CopSession, *, at: datetime) -> WhoGetsWhat:
    """The cancellation to everybody asked who has not declined."""
    return _to_guests(notices.CANCELLATION, session, at)


def _to_guests(kind: str, session: CopSession, at: datetime) -> WhoGetsWhat:
    told: list[Person] = []
    declined: list[str] = []
    silent: list[str] = []
    for invitation in session.invitations.select_related("person"):
        if invitation.answer == Answer.NO:
            declined.append(invitation.person.name)
        elif _never_agreed(invitation):
            silent.append(invitation.person.name)
        else:
            told.append(invitation.person)
    reasons = {_("declined"): declined, _("did not agree to be written to"): silent}
    return who_gets_what.foresee(kind, told, at=at, left_out=reasons)


def _never_agreed(invitation: object) -> bool:
    through = getattr(invitation, "asked_through", "")
    return through == AskedThrough.EXTERNAL and not getattr(invitation, "consented_at", None)


def before_nudging(poll: Poll, *, at: datetime) -> WhoGetsWhat:
    """The reminder to everybody who has not voted and was not reminded within the day."""
    due, voted, lately = polls.to_nudge(poll, at)
    reasons = {_("voted already"): voted, _("reminded within the last day"): lately}
    return who_gets_what.foresee(
        polls.NUDGE, due, at=at, not_after=poll.closes_at, left_out=reasons
    )


def before_asking(poll: Poll, people: Iterable[Person], *, at: datetime) -> WhoGetsWhat:
    """The request to vote to these people."""
    return who_gets_what.foresee(polls.INVITATION, people, at=at, not_after=poll.closes_at)
