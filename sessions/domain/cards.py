"""A session as lists and calendars show it, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import When, say_clock, say_days, to_wall
from experts import reference
from experts.enums import Scope
from experts.models import User
from experts.reference import Host
from sessions.enums import Answer, Status
from sessions.models import CopSession, Invitation

_LINKS = Prepared(
    lambda: CopSession.host_cops.through.objects.filter(
        copsession__in=KeysSlot("sessions")
    ).values_list("copsession_id", "communityofpractice_id")
)
_OWN_ANSWERS = Prepared(
    lambda: (
        Invitation.objects.filter(session__in=KeysSlot("sessions"), person=Slot("person"))
        .order_by()
        .values_list("session_id", "pk", "answer")
    )
)


@dataclass(frozen=True)
class SessionCard:
    """One session on the clock of one zone; `url` is empty where only the card may be seen.

    Two cards are equal when they look alike, so that a card drawn once need not be drawn again.
    `today` is the day it is in that zone.

    `own_start` is the wall time people agreed on, in the session's zone. A workshop has
    `shown_days`: days of its own calendar, which no zone moves. Only who runs a session that is
    still to come may move it.
    """

    pk: int
    title: str
    url: str
    kind: str
    status: Status
    when: When
    today: date
    own_start: datetime
    shown_days: tuple[date, date] | None
    version: int
    countries: tuple[str, ...]
    answer: Answer | None
    invitation_id: int | None
    may_move: bool

    @property
    def day(self) -> date:
        return self.shown_days[0] if self.shown_days else self.when.wall.date()

    @property
    def clock(self) -> str:
        return say_clock(self.when.wall)

    @property
    def when_line(self) -> str:
        return self.when.reader_line()

    @property
    def zone_line(self) -> str:
        """The session's own time and city; empty where both clocks agree."""
        return "" if self.when.same_clock or self.shown_days else self.when.zone_line()

    @property
    def distance(self) -> str:
        return say_days((self.when.wall.date() - self.today).days)


def cards(
    sessions: Iterable[CopSession], user: User, at: datetime, zone: str = ""
) -> list[SessionCard]:
    """Cards in the given order, on the clock of `zone` or, without one, of the reader.

    Two queries however many there are: hosts and own invitations.
    """
    found = list(sessions)
    keys = [session.pk for session in found]
    hosts = _hosts(keys)
    own = _OWN_ANSWERS.all(sessions=keys, person=user.person.pk)
    answers = {session_id: (pk, answer) for session_id, pk, answer in own}
    zone = zone or user.person.zone
    today = to_wall(at, zone).date()
    return [_card(s, hosts.get(s.pk, []), answers.get(s.pk), user, at, zone, today) for s in found]


def _hosts(sessions: list[int]) -> dict[int, list[Host]]:
    """The hosts by session; the communities themselves are known already."""
    hosts: dict[int, list[Host]] = {}
    for session_id, cop_id in _LINKS.all(sessions=sessions):
        hosts.setdefault(session_id, []).append(reference.host(cop_id))
    return hosts


def _card(
    session: CopSession,
    hosts: list[Host],
    own: tuple[int, str] | None,
    user: User,
    at: datetime,
    zone: str,
    today: date,
) -> SessionCard:
    opens = own is not None or _opens(hosts, user)
    status = session.status(at)
    return SessionCard(
        pk=session.pk,
        title=session.title,
        url=session.get_absolute_url() if opens else "",
        kind=session.get_kind_display(),
        status=status,
        when=session.when(zone),
        today=today,
        own_start=session.wall_start,
        shown_days=session.shown_days,
        version=session.version,
        countries=tuple(sorted(host.code for host in hosts if host.code)),
        answer=Answer(own[1]) if own else None,
        invitation_id=own[0] if own else None,
        may_move=status == Status.PLANNED and _runs(hosts, user),
    )


def _runs(hosts: list[Host], user: User) -> bool:
    """The same rule as `may_run`, on what is loaded."""
    return any(user.access.coordinates(host.country_id) for host in hosts)


def _opens(hosts: list[Host], user: User) -> bool:
    """The same rule as `visible_to`, on what is loaded, so that a list needs no query a row."""
    access = user.access
    if access.is_manager:
        return True
    own = access.countries()
    return any(
        host.country_id in own or (host.scope == Scope.PROJECT and not access.is_admin)
        for host in hosts
    )
