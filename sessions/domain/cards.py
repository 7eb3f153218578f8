"""A session as lists and calendars show it, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cop_platform.common.times import say_distance
from experts.enums import Scope
from experts.models import User
from sessions.enums import Answer, Status
from sessions.models import CopSession, Invitation


@dataclass(frozen=True)
class SessionCard:
    """One session, in the reader's zone; `url` is empty where only the card may be seen."""

    pk: int
    title: str
    url: str
    kind: str
    status: Status
    day: date
    clock: str
    when_line: str
    zone_line: str
    distance: str
    countries: list[str]
    answer: Answer | None
    invitation_id: int | None


def cards(sessions: Iterable[CopSession], user: User, at: datetime) -> list[SessionCard]:
    """Cards in the given order; two queries however many there are: hosts and own invitations."""
    found: Sequence[CopSession] = list(sessions)
    hosts = _hosts(found)
    own = Invitation.objects.filter(session__in=found, person=user.person)
    answers = {row[0]: (row[1], row[2]) for row in own.values_list("session_id", "pk", "answer")}
    return [_card(s, hosts.get(s.pk, []), answers.get(s.pk), user, at) for s in found]


@dataclass(frozen=True)
class _Host:
    """What a card needs of a host community."""

    code: str
    country_id: int | None
    scope: str


def _hosts(sessions: Sequence[CopSession]) -> dict[int, list[_Host]]:
    links = CopSession.host_cops.through.objects.filter(copsession__in=sessions)
    path = "communityofpractice__country"
    hosts: dict[int, list[_Host]] = {}
    for session_id, code, country_id, scope in links.values_list(
        "copsession_id", f"{path}__code", f"{path}_id", "communityofpractice__scope"
    ):
        hosts.setdefault(session_id, []).append(_Host(code or "", country_id, scope))
    return hosts


def _card(
    session: CopSession,
    hosts: list[_Host],
    own: tuple[int, str] | None,
    user: User,
    at: datetime,
) -> SessionCard:
    zone = user.person.zone
    when = session.when(zone)
    opens = own is not None or _opens(hosts, user)
    return SessionCard(
        pk=session.pk,
        title=session.title,
        url=session.get_absolute_url() if opens else "",
        kind=session.get_kind_display(),
        status=session.status(at),
        day=when.wall.date(),
        clock=f"{when.wall:%H:%M}",
        when_line=when.reader_line(),
        zone_line="" if when.same_clock else when.zone_line(),
        distance=say_distance(session.starts_at, at, zone),
        countries=sorted(host.code for host in hosts if host.code),
        answer=Answer(own[1]) if own else None,
        invitation_id=own[0] if own else None,
    )


def _opens(hosts: list[_Host], user: User) -> bool:
    """The same rule as `visible_to`, on what is loaded, so that a list needs no query a row."""
    access = user.access
    if access.is_manager:
        return True
    own = access.countries()
    return any(
        host.country_id in own or (host.scope == Scope.PROJECT and not access.is_admin)
        for host in hosts
    )
