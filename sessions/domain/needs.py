"""What sessions wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common import needs
from cop_platform.common.needs import Choice, Need
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import say_distance
from experts.enums import Role
from experts.models import User
from sessions.domain import poll_needs, proposals, seat_mails
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


def register() -> None:
    """Invitations to answer and, for coordinators, sessions nobody was invited to; where there are
    any, seats to take, polls to vote in and proposals to decide.
    """
    needs.register(_of_sessions)
    needs.register(_seats_offered, lambda user, at: [_offers(user, at)])
    needs.register(poll_needs.of, lambda user, at: [poll_needs.waiting(user, at)])
    needs.register(proposals.needs_of, lambda user, at: [proposals.waiting(user, at)])


def _of_sessions(user: User, at: datetime) -> Iterator[Need]:
    yield from _to_answer(user, at)
    if user.access.plans_sessions:
        yield from _without_guests(user, at)


def _offers(user: User, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        person=user.person,
        seat=Seat.OFFERED,
        offer_until__gt=at,
        session__cancelled_at__isnull=True,
    ).select_related("session")


def _seats_offered(user: User, at: datetime) -> Iterator[Need]:
    for invitation in _offers(user, at)[:SHOWN]:
        yield Need(
            title=_("A seat is free for you: %(title)s") % {"title": invitation.session.title},
            sentence=seat_mails.sentence(invitation, at, user.person.zone),
            url=invitation.session.get_absolute_url(),
            action=_("Look at it"),
            due=invitation.offer_until or at,
            icon="clock",
            post_url=reverse("invitation_answer", args=[invitation.pk]),
            choices=(
                Choice(str(Answer.YES.label), "answer", Answer.YES),
                Choice(str(Answer.NO.label), "answer", Answer.NO),
            ),
        )


def _to_answer(user: User, at: datetime) -> Iterator[Need]:
    for invitation in _UNANSWERED.all(person=user.person.pk, at=at):
        session = invitation.session
        yield Need(
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


def _without_guests(user: User, at: datetime) -> Iterator[Need]:
    access, span = user.access, {"at": at, "until": at + LOOK_AHEAD}
    if access.is_manager:
        empty = _EMPTY.all(**span)
    else:
        empty = _EMPTY_IN.all(countries=list(access.countries(Role.COORDINATOR)), **span)
    for session in empty:
        yield Need(
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
