"""A deed on a session or a series can be taken back until its mails go out.

The mails of the deed are due when the window closes, so that taking it back in time is as if
nothing had happened: the same rows, the same sequence, the same reminders, and no mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit, recall
from experts.models import Person, User
from sessions import permissions
from sessions.domain import notices, replanning, series_notices, snapshots
from sessions.domain.rooms import RoomTaken
from sessions.enums import Answer, ProposalState, UndoableDeed
from sessions.models import (
    CopSession,
    Invitation,
    Proposal,
    Series,
    SeriesInvitation,
    UndoWindow,
)

_FORGET_AFTER = timedelta(days=1)
Made = Mapping[str, Iterable[models.Model]]


class CannotUndo(NotPossible):
    """The window is closed, or something happened since that must not be lost."""


def remember(*sessions: CopSession, series: Series | None = None) -> dict[str, Any]:
    """Sessions, and the series they follow, as they are now; call it before the first change.

    Empty when nothing can be taken back (UNDO_SECONDS is 0).
    """
    if not settings.UNDO_SECONDS:
        return {}
    kept = snapshots.of_sessions(sessions)
    whole = {str(series.pk): snapshots.of_series(series)} if series else {}
    return {"sessions": kept, "series": whole, "messages": _planned(kept, whole)}


def open_window(
    about: CopSession | Series,
    deed: UndoableDeed,
    before: dict[str, Any],
    *,
    by: User,
    at: datetime,
    made: Made | None = None,
) -> UndoWindow | None:
    """Lets the deed just done be taken back; call it after its mails are planned.

    `made` are rows that an undo takes away again: sessions, series, invitations,
    series_invitations, people.
    """
    if not before:
        return None
    keys = {name: [row.pk for row in rows] for name, rows in (made or {}).items()}
    sessions = [*before["sessions"], *keys.get("sessions", [])]
    series = [*before["series"], *keys.get("series", [])]
    keys["messages"] = [pk for pk in _planned(sessions, series) if pk not in before["messages"]]
    return UndoWindow.objects.create(
        session=about if isinstance(about, CopSession) else None,
        series=about if isinstance(about, Series) else None,
        deed=deed,
        before=before | {"made": keys, "after": _versions(sessions, series)},
        version=about.version,
        by=by.person,
        at=at,
        until=notices.due_after_undo(at),
    )


def widen(
    session: CopSession, deed: UndoableDeed, *, at: datetime, proposals: Iterable[int]
) -> None:
    """The move just done answered these proposals too; call it after their mails are planned."""
    window = open_for(session, at)
    if window is None:
        return
    before = window.before
    planned = _planned(before["sessions"], before["series"])
    before["made"]["messages"] = [pk for pk in planned if pk not in before["messages"]]
    window.deed, window.before = deed, before | {"proposals": list(proposals)}
    window.save(update_fields=["deed", "before"])


def open_for(session: CopSession, at: datetime) -> UndoWindow | None:
    """The newest deed on this session that can still be taken back."""
    windows = UndoWindow.objects.filter(session=session, version=session.version)
    return windows.open(at).first()


def open_for_series(series: Series, at: datetime) -> UndoWindow | None:
    """The newest deed on a series or one of its dates that can still be taken back.

    After "this and all following" it is shown with the dates that follow, too.
    """
    began = Q(series=series.follows_id, before__made__series__contains=[series.pk])
    about = Q(series=series) | Q(session__series=series) | began
    unchanged = Q(version=F("series__version")) | Q(version=F("session__version"))
    found = UndoWindow.objects.open(at).filter(about, unchanged)
    return found.defer("before").first()


@transaction.atomic
def undo(*, window_id: int, by: User, at: datetime) -> CopSession | Series:
    """Takes a deed back. Doing it twice changes nothing. Raises Refused, CannotUndo, OnTheirWay."""
    window = UndoWindow.objects.select_for_update().get(pk=window_id)
    rows = _locked(window)
    for session in rows.sessions.values():
        permissions.may_run(by, session)
    about = rows.about(window)
    if isinstance(about, Series):
        permissions.may_run_series(by, about)
    if window.undone_at:
        return about
    _check(window, rows, at)
    before = window.before
    messages = {int(pk): payload for pk, payload in before["messages"].items()}
    recall.take_back(made=before["made"]["messages"], before=messages)
    _restore(before, rows)
    window.undone_at, window.before = at, {}
    window.save(update_fields=["undone_at", "before"])
    audit.record(deed=f"undone: {window.deed}", about=about, by=by, at=at)
    return about


def forget_closed(*, at: datetime) -> int:
    """Deletes windows closed for a day: what they kept is of no more use. How many."""
    return UndoWindow.objects.filter(until__lt=at - _FORGET_AFTER).delete()[0]


@dataclass(frozen=True)
class _Rows:
    """What a deed was about, locked, by key as JSON writes it."""

    series: dict[str, Series]
    sessions: dict[str, CopSession]

    def about(self, window: UndoWindow) -> CopSession | Series:
        if window.series_id:
            return self.series[str(window.series_id)]
        return self.sessions[str(window.session_id)]

    def versions(self) -> dict[str, dict[str, int]]:
        return {
            "sessions": {key: row.version for key, row in self.sessions.items()},
            "series": {key: row.version for key, row in self.series.items()},
        }

    def changed(self, before: dict[str, Any]) -> list[CopSession]:
        """The sessions that the deed changed."""
        kept = before["sessions"].items()
        return [
            self.sessions[key] for key, was in kept if snapshots.differs(self.sessions[key], was)
        ]

    def made(self, before: dict[str, Any]) -> list[CopSession]:
        """The sessions that came into being by the deed."""
        return [row for key, row in self.sessions.items() if key not in before["sessions"]]


def _locked(window: UndoWindow) -> _Rows:
    """Series first, as whoever changes one does."""
    after = window.before.get("after", {"series": {}, "sessions": {}})
    series = Series.objects.filter(pk__in={*after["series"], window.series_id} - {None})
    sessions = CopSession.objects.filter(pk__in={*after["sessions"], window.session_id} - {None})
    return _Rows(
        {str(row.pk): row for row in series.select_for_update().order_by("pk")},
        {
            str(row.pk): row
            for row in sessions.select_for_update()
            .order_by("original_start", "pk")
            .prefetch_related("host_cops")
        },
    )


def _check(window: UndoWindow, rows: _Rows, at: datetime) -> None:
    if at >= window.until:
        raise CannotUndo(_("It is too late: the mails are on their way."))
    before = window.before
    made = before["made"]
    if before["after"] != rows.versions():
        raise CannotUndo(
            _("The series was changed again since; change it back by hand.")
            if window.series_id
            else _("The session was changed again since; change it back by hand.")
        )
    asked = Invitation.objects.filter(pk__in=made.get("invitations", []))
    if asked.exclude(answer=Answer.NONE).exists():
        raise CannotUndo(_("Somebody has answered already; the invitations stay."))
    if _people_came_in(window, rows):
        raise CannotUndo(_("Somebody has answered or was invited since; change it back by hand."))
    reopened = Proposal.objects.filter(pk__in=before.get("proposals", [])).values("person")
    if Proposal.objects.open().filter(session=window.session_id, person__in=reopened).exists():
        raise CannotUndo(_("Another time was proposed since; answer that proposal first."))


def _people_came_in(window: UndoWindow, rows: _Rows) -> bool:
    """Whether somebody answered the changed dates, or was asked to them, after the deed."""
    before = window.before
    since = Q(answered_at__gt=window.at) | Q(invited_at__gt=window.at)
    dates = [*rows.changed(before), *rows.made(before)]
    asked = Invitation.objects.filter(since, session__in=dates)
    series = before["made"].get("series", [])
    whole = SeriesInvitation.objects.filter(series__in=series, invited_at__gt=window.at)
    return asked.exists() or whole.exists()


def _planned(sessions: Iterable[str | int], series: Iterable[str | int]) -> dict[str, Any]:
    """Planned mails about sessions and series, keyed as JSON keys them."""
    ids = Invitation.objects.filter(session__in=list(sessions)).values_list("pk", flat=True)
    planned = recall.planned_now(kinds=notices.KINDS, object_ids=ids)
    whole = [int(key) for key in series]
    if whole:
        planned |= recall.planned_now(kinds=series_notices.KINDS, object_ids=whole)
    keys = [int(key) for key in sessions]
    planned |= recall.planned_now(kinds=replanning.SESSION_KINDS, object_ids=keys)
    return {str(pk): payload for pk, payload in planned.items()}


def _versions(
    sessions: Iterable[str | int], series: Iterable[str | int]
) -> dict[str, dict[str, int]]:
    found = {}
    for name, model, keys in (("sessions", CopSession, sessions), ("series", Series, series)):
        rows = model._base_manager.filter(pk__in=list(keys)).values_list("pk", "version")
        found[name] = {str(pk): version for pk, version in rows}
    return found


def _restore(before: dict[str, Any], rows: _Rows) -> None:
    """What the deed made goes, what it changed is as it was, in the order the keys need."""
    made = before["made"]
    SeriesInvitation.objects.filter(pk__in=made.get("series_invitations", [])).delete()
    Invitation.objects.filter(pk__in=made.get("invitations", [])).delete()
    CopSession.objects.filter(pk__in=made.get("sessions", [])).delete()
    changed = rows.changed(before)
    if changed:
        try:
            snapshots.put_sessions_back(changed, before["sessions"])
        except RoomTaken as error:
            raise CannotUndo(str(error)) from error
    for key, kept in before["series"].items():
        if kept["version"] != rows.series[key].version:
            snapshots.put_series_back(rows.series[key], kept)
    Series.objects.filter(pk__in=made.get("series", [])).delete()
    Proposal.objects.filter(pk__in=before.get("proposals", [])).update(
        state=ProposalState.OPEN, decided_by=None, decided_at=None
    )
    _forget_people(made.get("people", []))


def _forget_people(keys: list[int]) -> None:
    """Whoever was only written down to be asked."""
    Person.objects.filter(
        pk__in=keys,
        user__isnull=True,
        memberships__isnull=True,
        session_invitations__isnull=True,
    ).delete()
