"""Who gets where: sessions, their series, polls and calendars."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from experts.enums import Role
from sessions.enums import UndoableDeed
from sessions.models import CopSession, KindTemplate, Method, UndoWindow
from tests import factories as make
from tests.platform.access.ground import Ground
from tests.platform.access.roles import IN_BULGARIA, ROLES
from tests.sessions import calendars

DAYS = timedelta(days=9)
SEES: dict[str, tuple[set[str], set[str]]] = {
    "session": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "series": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "series session": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "session invitation": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
        {Role.PROJECT_MANAGER},
    ),
    "kind template": (set(ROLES), set(ROLES)),
    "method": (set(ROLES), set(ROLES)),
    "room": (set(ROLES), set(ROLES)),
    "undo window": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Reached by those who speak for the country.
    "busy period": (
        {Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER},
        {Role.PROJECT_MANAGER},
    ),
    # Those asked see it too; the accounts of this matrix are not among them.
    "poll": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "proposal": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "inbound mail": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its owner alone; the accounts of this matrix are never that person.
    "feed": (set(), set()),
}
MAY: dict[str, set[str]] = {
    "session_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_cancel": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_move": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_invite": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_mails": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_seats": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_invite": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_change": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_cancel": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_bring_back": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "kind_edit": {Role.PROJECT_MANAGER},
    "method_edit": {Role.PROJECT_MANAGER},
    "invitation_answer": set(),
    "poll_vote": set(),
}
MAY_ABROAD: dict[str, set[str]] = {
    "room_edit": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, str]] = {
    "invitation_answer": {"answer": "yes"},
    "proposal_decide": {"decision": "decline"},
}


def undo_window(session: CopSession) -> UndoWindow:
    """A deed on a session whose window has closed."""
    return UndoWindow.objects.create(
        session=session,
        deed=UndoableDeed.MOVE,
        version=session.version,
        by=session.planned_by,
        at=make.NOW,
        until=make.NOW,
    )


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code, session, guest = ground.code, ground.session, ground.guest
    # From today on, so that its dates can be changed.
    series = make.series(code, by=ground.planner, day=timezone.now().date() + DAYS)
    return {
        "session": session.pk,
        "series": series.pk,
        "series session": series.sessions.first().pk,
        "session invitation": ground.invitation.pk,
        "kind template": KindTemplate.objects.get(kind=session.kind).pk,
        "method": Method.objects.get(number=1).pk,
        "room": make.room(code).pk,
        "undo window": undo_window(session).pk,
        "poll": make.poll(code, by=ground.planner).pk,
        "busy period": make.busy_period(code, by=ground.planner).pk,
        "proposal": calendars.proposal(session, guest).pk,
        "inbound mail": calendars.inbound_mail(session).pk,
        "feed": calendars.feed(guest).pk,
    }
