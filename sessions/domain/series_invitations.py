"""Asking people to a whole series once, and their answers for all dates or each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import Refused
from experts.domain import audit
from experts.models import Person, User
from experts.querysets import holding
from sessions import permissions
from sessions.domain import invitations, replanning, series_notices, undo
from sessions.domain.invitations import TooLate
from sessions.enums import Answer, UndoableDeed
from sessions.models import CopSession, Invitation, Series, SeriesInvitation

PURPOSE = "series-answer"
# People times dates; written inside the request, in under two seconds (docs/adr/0015).
MAX_AT_ONCE = 6_000


def ahead(series: Series, at: datetime) -> list[CopSession]:
    """The sessions of a series that are still to come, with their hosts."""
    found = series.sessions.not_cancelled().filter(starts_at__gt=at).with_hosts()
    return list(found.order_by("starts_at", "pk"))


@transaction.atomic
def invite(*, series_id: int, people: Iterable[Person], by: User, at: datetime) -> int:
    """Asks people to every date still to come, in one mail each. How many are new.

    Who was asked to a single date before keeps that answer. Raises Refused, TooLate, TooMany.
    """
    series = Series.objects.select_for_update().get(pk=series_id)
    sessions = ahead(series, at)
    if not sessions:
        raise TooLate(_("No date of this series is still to come."))
    for session in sessions:
        permissions.may_run(by, session)
    known = set(series.invitations.values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in known]
    invitations.must_be_few_enough(len(new) * len(sessions), MAX_AT_ONCE)
    kept = undo.remember(*sessions, series=series)
    whole = SeriesInvitation.objects.bulk_create(
        SeriesInvitation(series=series, person=person, invited_by=by.person, invited_at=at)
        for person in new
    )
    written = ask(sessions, new, by=by, at=at)
    if new:
        series_notices.tell_invited(series, new, generation=1, at=at)
        replanning.follow(sessions, at=at, invitations=written)
        made: undo.Made = {"series_invitations": whole, "invitations": written}
        undo.open_window(series, UndoableDeed.SERIES_INVITE, kept, by=by, at=at, made=made)
        audit.record(deed="people invited", about=series, by=by, at=at, people=len(new))
    return len(new)


def ask(
    sessions: Iterable[CopSession], people: Iterable[Person], *, by: User, at: datetime
) -> list[Invitation]:
    """Writes the invitations that are missing, in the caller's transaction."""
    sessions, people = list(sessions), list(people)
    asked = set(
        Invitation.objects.filter(session__in=sessions, person__in=people).values_list(
            "session_id", "person_id"
        )
    )
    return Invitation.objects.bulk_create(
        Invitation(session=session, person=person, invited_by=by.person, invited_at=at)
        for session in sessions
        for person in people
        if (session.pk, person.pk) not in asked
    )


def candidates(series: Series, user: User, at: datetime) -> list[Person]:
    """People of the host communities who were not asked to the series, by country and name."""
    hosts = CopSession.host_cops.through.objects.filter(
        copsession__series=series, copsession__starts_at__gt=at
    )
    return list(
        Person.objects.visible_to(user)
        .filter(
            holding("memberships"),
            memberships__cop__in=hosts.values("communityofpractice_id"),
        )
        .exclude(series_invitations__series=series)
        .select_related("country", "expert")
        .distinct()
        .order_by("country__code", "name", "pk")
    )


def link_token(invitation: SeriesInvitation) -> str:
    """The token of a person's link to a series; the same in every mail until revoked."""
    return tokens.of(PURPOSE, invitation)


def find_by_token(token: str) -> SeriesInvitation | None:
    """The invitation a link is about, or None for a link that is wrong or revoked."""
    invitations = SeriesInvitation.objects.select_related("person", "series")
    return tokens.find(token, PURPOSE, invitations)


def own_dates(invitation: SeriesInvitation) -> list[Invitation]:
    """The person's invitation to each date of the series, in order."""
    return list(
        Invitation.objects.filter(
            session__series_id=invitation.series_id, person_id=invitation.person_id
        )
        .select_related("session", "person")
        .order_by("session__starts_at", "pk")
    )


@transaction.atomic
def answer_by_link(*, token: str, answers: Mapping[int, Answer], note: str, at: datetime) -> int:
    """Writes answers by invitation id, each by the way of a single date. How many.

    A date that was cancelled or has started meanwhile is left out. Raises Refused for a link that
    is no longer valid and for somebody else's date, TooLate when no date could be answered.
    """
    invitation = find_by_token(token)
    if invitation is None:
        raise Refused(_("This link is no longer valid."))
    own = {row.pk: row for row in own_dates(invitation)}
    if not own.keys() >= answers.keys():
        raise Refused(_("This link is no longer valid."))
    open_rows = [row for key, row in own.items() if key in answers and is_open(row.session, at)]
    if not open_rows:
        raise TooLate(_("There is no date left to answer."))
    for row in open_rows:
        invitations.answer_by_link(
            token=invitations.link_token(row), answer=answers[row.pk], note=note, at=at
        )
    return len(open_rows)


def is_open(session: CopSession, at: datetime) -> bool:
    """Whether the session can still be answered."""
    return session.cancelled_at is None and at < session.starts_at
