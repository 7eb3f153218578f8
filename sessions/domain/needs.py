"""What sessions wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common import needs
from cop_platform.common.needs import Choice, Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import say_distance
from experts.enums import Role
from experts.models import User
from sessions.domain import poll_needs, proposal_needs, seat_mails
from sessions.enums import Answer, Seat
from sessions.models import CopSession, Invitation
from sessions.querysets import CopSessionQuerySet

SHOWN = 5
# What a need says of a session.
_SAID = ("title", "starts_at", "minutes", "zone", "last_day")
# A session nobody was invited to becomes urgent when people need the notice.
LOOK_AHEAD = timedelta(days=30)


def _empty(sessions: CopSessionQuerySet) -> CopSessionQuerySet:
    """Those to which nobody was invited, the next first."""
    asked = Invitation.objects.filter(session_id=OuterRef("pk"))
    soon = sessions.not_cancelled().filter(starts_at__gt=Slot("at"), starts_at__lt=Slot("until"))
    return soon.exclude(Exists(asked)).only(*_SAID).order_by("starts_at", "pk")[:SHOWN]


_EMPTY = Prepared(lambda: _empty(CopSession.objects.all()))
_EMPTY_IN = Prepared(lambda: _empty(CopSession.objects.run_in(KeysSlot("countries"))))
_UNANSWERED = Prepared(
    lambda: (
        Invitation.objects.unanswered()
        .filter(person=Slot("person"))
        .filter(session__cancelled_at__isnull=True, session__starts_at__gt=Slot("at"))
        .select_related("session")
        .only(*(f"session__{name}" for name in _SAID))
        .order_by("session__starts_at")[:SHOWN]
    )
)


_OFFERS = Prepared(
    lambda: (
        Invitation.objects.filter(
            person=Slot("person"),
            seat=Seat.OFFERED,
            offer_until__gt=Slot("at"),
            session__cancelled_at__isnull=True,
        )
        .select_related("session")
        .only("seat", "offer_until", "session__title")
        .order_by("offer_until", "pk")[:SHOWN]
    )
)


def register() -> None:
    """Seats to take, invitations to answer and, for coordinators, sessions nobody was invited to;
    polls to vote in and proposals to decide.
    """
    needs.register(of, asks)
    needs.register(poll_needs.of, poll_needs.asks)
    needs.register(proposal_needs.of, proposal_needs.asks)


def asks(user: User, at: datetime) -> Questions:
    """What a person was asked and, for coordinators, their sessions without guests."""
    own: dict[str, Any] = {"person": user.person.pk, "at": at}
    found = {"offers": _OFFERS.asked(**own), "invitations": _UNANSWERED.asked(**own)}
    access, span = user.access, {"at": at, "until": at + LOOK_AHEAD}
    if access.is_manager:
        return found | {"empty": _EMPTY.asked(**span)}
    countries = list(access.countries(Role.COORDINATOR))
    if not countries:
        return found
    return found | {"empty": _EMPTY_IN.asked(countries=countries, **span)}


def of(
    user: User,
    at: datetime,
    *,
    offers: Sequence[Invitation],
    invitations: Sequence[Invitation],
    empty: Sequence[CopSession] = (),
) -> Iterator[Need]:
    """A need for each seat, each invitation, each session without guests."""
    yield from (_to_take(invitation, user, at) for invitation in offers)
    yield from (_to_answer(invitation, user, at) for invitation in invitations)
    yield from (_without_guests(session, user, at) for session in empty)


def _to_take(invitation: Invitation, user: User, at: datetime) -> Need:
    session = invitation.session
    return Need(
        title=_("A seat is free for you: %(title)s") % {"title": session.title},
        sentence=seat_mails.sentence(invitation, at, user.person.zone),
        url=session.get_absolute_url(),
        action=_("Look at it"),
        due=invitation.offer_until or at,
        icon="clock",
        post_url=reverse("invitation_answer", args=[invitation.pk]),
        choices=(
            Choice(str(Answer.YES.label), "answer", Answer.YES),
            Choice(str(Answer.NO.label), "answer", Answer.NO),
        ),
    )


def _to_answer(invitation: Invitation, user: User, at: datetime) -> Need:
    session = invitation.session
    return Need(
        title=_("Will you come? %(title)s") % {"title": session.title},
        sentence=_when(session, user, at),
        url=session.get_absolute_url(),
        action=_("Look at it"),
        due=session.starts_at,
        icon="calendar",
        post_url=reverse("invitation_answer", args=[invitation.pk]),
        choices=(
            Choice(str(Answer.YES.label), "answer", Answer.YES),
            Choice(str(Answer.MAYBE.label), "answer", Answer.MAYBE),
            Choice(str(Answer.NO.label), "answer", Answer.NO),
        ),
    )


def _without_guests(session: CopSession, user: User, at: datetime) -> Need:
    return Need(
        title=_("Nobody is invited yet: %(title)s") % {"title": session.title},
        sentence=_when(session, user, at),
        url=reverse("session_invite", args=[session.pk]),
        action=_("Invite people"),
        due=session.starts_at,
        icon="people",
    )


def _when(session: CopSession, user: User, at: datetime) -> str:
    when = session.when(user.person.zone)
    return _("%(when)s, %(distance)s") % {
        "when": when.full_line(),
        "distance": say_distance(session.starts_at, at, user.person.zone),
    }
