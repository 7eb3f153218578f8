"""Everything the page of one session shows, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import When, say_distance, to_wall
from experts.models import CommunityOfPractice, Message, User
from materials.models import Material
from sessions import permissions
from sessions.domain import details, notices, reminder_rules
from sessions.domain.reminder_preview import PreviewLine, reminder_preview
from sessions.enums import Answer, Kind, Mode, Status
from sessions.models import AgendaStep, CopSession, Invitation
from sessions.querysets import CopSessionQuerySet, Sight

_INVITATIONS = Prepared(
    lambda: Invitation.objects.filter(session=Slot("session")).select_related(
        "person__country", "sponsor"
    )
)
_STEPS = Prepared(lambda: AgendaStep.objects.filter(session=Slot("session")))
_MATERIALS = Prepared(lambda: Material.objects.filter(sessions=Slot("session")).order_by("code"))
_MESSAGES = Prepared(
    lambda: Message.objects.filter(
        kind__in=notices.KINDS, object_id__in=KeysSlot("invitations")
    ).only("kind", "object_id", "due_at", "state", "sent_at")
)
_HOSTS = Prepared(
    lambda: CommunityOfPractice.objects.filter(sessions=Slot("session")).select_related("country")
)


@cache
def _session(sight: Sight) -> Prepared:
    def build() -> CopSessionQuerySet:
        found = CopSession.objects.filter(pk=Slot("session")).with_open_matters(Slot("at"))
        found = found.seen_with(KeysSlot("countries"), Slot("person"), sight)
        return found.select_related("room", "topic", "goal")

    return Prepared(build)


# How many of the reminders to come the page tells.
NEXT_REMINDERS = 3


@dataclass(frozen=True)
class Step:
    """An agenda step with the clock it begins at, in the session's zone."""

    clock: str
    title: str
    minutes: int
    share: float


@dataclass(frozen=True)
class SessionPage:
    when: When
    distance: str
    status: Status
    steps: list[Step]
    materials: list[Material]
    own: Invitation | None
    invitations: list[Invitation]
    answers: dict[str, int]
    messages: list[Message]
    details: details.Details
    next_reminders: list[PreviewLine]

    @property
    def invited(self) -> int:
        return sum(self.answers.values())


def find(pk: int, user: User, at: datetime) -> CopSession | None:
    """The session, if this person may see its page, with its hosts and open matters."""
    access = user.access
    if not access.is_member:
        return None
    found = _session(Sight.of(access)).all(
        session=pk, at=at, countries=list(access.countries()), person=user.person.pk
    )
    if not found:
        return None
    session: CopSession = found[0]
    session.know_hosts(_HOSTS.all(session=pk))
    return session


def build(session: CopSession, user: User, at: datetime) -> SessionPage:
    """Guests see how many answered what; who they are is for those who run the session."""
    runs = permissions.may_run.allows(user, session)
    invitations = _INVITATIONS.all(session=session.pk)
    messages = _messages([i.pk for i in invitations]) if runs else []
    answers = {answer.value: 0 for answer in Answer}
    for invitation in invitations:
        answers[invitation.answer] += 1
    return SessionPage(
        when=session.when(user.person.zone),
        distance=say_distance(session.starts_at, at, user.person.zone),
        status=session.status(at),
        steps=_timed(session, _STEPS.all(session=session.pk)),
        materials=_MATERIALS.all(session=session.pk),
        own=next((i for i in invitations if i.person_id == user.person.pk), None),
        invitations=invitations if runs else [],
        answers=answers,
        messages=messages,
        details=details.build(session, invitations if runs else [], user),
        next_reminders=_next_reminders(session, invitations, at) if runs else [],
    )


def _next_reminders(
    session: CopSession, invitations: list[Invitation], at: datetime
) -> list[PreviewLine]:
    rules = reminder_rules.read(session.reminders)
    return reminder_preview(session, rules, at, invitations)[:NEXT_REMINDERS]


def _timed(session: CopSession, steps: list[AgendaStep]) -> list[Step]:
    timed, clock = [], session.starts_at
    for step in steps:
        wall = to_wall(clock, session.zone)
        share = 100 * step.minutes / session.minutes
        timed.append(Step(f"{wall:%H:%M}", step.title, step.minutes, share))
        clock += timedelta(minutes=step.minutes)
    return timed


def _messages(invitation_ids: list[int]) -> list[Message]:
    """Every mail about the session's invitations, the newest first."""
    return _MESSAGES.all(invitations=invitation_ids)


@dataclass(frozen=True)
class Difference:
    """A field two editors filled differently."""

    label: str
    theirs: str
    yours: str


def compare(
    session: CopSession, typed: dict[str, Any], second_rank: dict[str, Any]
) -> list[Difference]:
    """Where what is stored now and what was just typed differ, field by field.

    `second_rank` is what a plan takes of it, empty where the form came without.
    """
    stored = {
        _("Title"): (session.title, typed["title"]),
        _("Kind"): (session.get_kind_display(), Kind(typed["kind"]).label),
        _("Day"): (session.wall_day.isoformat(), typed["day"].isoformat()),
        _("Start"): (f"{session.wall_clock:%H:%M}", f"{typed['clock']:%H:%M}"),
        _("Time zone"): (session.zone, typed["zone"]),
        _("Duration in minutes"): (str(session.minutes), str(typed["minutes"])),
        _("Where people meet"): (session.get_mode_display(), Mode(typed["mode"]).label),
        _("Place"): (session.place, typed["place"]),
        _("Online link"): (session.online_link, typed["online_link"]),
        _("What for"): (session.purpose, typed["purpose"]),
        _("Host communities"): (_named(session.host_cops.all()), _named(typed["host_cops"])),
        _("Materials on the table"): (
            _named(session.materials.all()),
            _named(typed["materials"]),
        ),
        _("Agenda"): (
            _said((step.title, step.minutes) for step in session.steps.all()),
            _said(typed["steps"]),
        ),
    } | details.compared(session, second_rank)
    return [
        Difference(label, str(theirs), str(yours))
        for label, (theirs, yours) in stored.items()
        if str(theirs) != str(yours)
    ]


def _named(rows: Iterable[Any]) -> str:
    return "\n".join(sorted(str(row) for row in rows))


def _said(steps: Iterable[tuple[str, int]]) -> str:
    return "\n".join(
        _("%(title)s, %(n)d minutes") % {"title": title, "n": minutes} for title, minutes in steps
    )
