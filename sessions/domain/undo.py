"""A move, a cancellation or an invitation can be taken back until its mails go out.

The mails of the deed are due when the window closes, so that taking it back in time is as if
nothing had happened: the same fields, the same sequence, the same reminders, and no mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit, recall
from experts.models import Person, User
from sessions import permissions
from sessions.domain import notices, replanning
from sessions.enums import Answer, UndoableDeed
from sessions.models import (
    AgendaStep,
    CopSession,
    CountrySeats,
    DutyHolder,
    Invitation,
    UndoWindow,
)

# What belongs to a session and is written anew whenever it is changed.
_PARTS: dict[str, type[models.Model]] = {
    "steps": AgendaStep,
    "duty_holders": DutyHolder,
    "country_seats": CountrySeats,
}
_NEVER = {"id", "uid", "version"}
_FORGET_AFTER = timedelta(days=1)


class CannotUndo(NotPossible):
    """The window is closed, or something happened since that must not be lost."""


def remember(session: CopSession) -> dict[str, Any]:
    """The session as it is now, to come back to; call it before the first change.

    Empty when nothing can be taken back (UNDO_SECONDS is 0).
    """
    if not settings.UNDO_SECONDS:
        return {}
    return {
        "session": _fields(session),
        "many": {
            field.name: list(getattr(session, field.name).values_list("pk", flat=True))
            for field in session._meta.many_to_many
        },
        "parts": {
            name: [_fields(row) for row in model._base_manager.filter(session=session)]
            for name, model in _PARTS.items()
        },
        "messages": _planned(session),
    }


def open_window(
    session: CopSession, deed: UndoableDeed, before: dict[str, Any], *, by: User, at: datetime
) -> UndoWindow | None:
    """Lets the deed just done be taken back; call it after its mails are planned."""
    if not before:
        return None
    known = before["messages"]
    return UndoWindow.objects.create(
        session=session,
        deed=deed,
        before=before | {"made": [pk for pk in _planned(session) if pk not in known]},
        version=session.version,
        by=by.person,
        at=at,
        until=notices.due_after_undo(at),
    )


def open_for(session: CopSession, at: datetime) -> UndoWindow | None:
    """The newest deed on this session that can still be taken back."""
    windows = UndoWindow.objects.filter(session=session, version=session.version)
    return windows.open(at).first()


@transaction.atomic
def undo(*, window_id: int, by: User, at: datetime) -> CopSession:
    """Takes a deed back. Doing it twice changes nothing. Raises Refused, CannotUndo, OnTheirWay."""
    session_id = UndoWindow.objects.values_list("session_id", flat=True).get(pk=window_id)
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    window = UndoWindow.objects.select_for_update().get(pk=window_id)
    if window.undone_at:
        return session
    _check(window, session, at)
    messages = {int(pk): payload for pk, payload in window.before["messages"].items()}
    made = [int(pk) for pk in window.before["made"]]
    recall.take_back(made=made, before=messages)
    if window.deed == UndoableDeed.INVITE:
        _take_invitations_back(window)
    else:
        _restore(session, window.before)
    session.version += 1
    session.save()
    window.undone_at, window.before = at, {}
    window.save(update_fields=["undone_at", "before"])
    audit.record(deed=f"undone: {window.deed}", about=session, by=by, at=at)
    return session


def forget_closed(*, at: datetime) -> int:
    """Deletes windows closed for a day: what they kept is of no more use. How many."""
    return UndoWindow.objects.filter(until__lt=at - _FORGET_AFTER).delete()[0]


def _check(window: UndoWindow, session: CopSession, at: datetime) -> None:
    if at >= window.until:
        raise CannotUndo(_("It is too late: the mails are on their way."))
    if window.version != session.version:
        raise CannotUndo(_("The session was changed again since; change it back by hand."))
    if window.deed == UndoableDeed.INVITE:
        asked = Invitation.objects.filter(pk__in=window.before["invitations"])
        if asked.exclude(answer=Answer.NONE).exists():
            raise CannotUndo(_("Somebody has answered already; the invitations stay."))


def _planned(session: CopSession) -> dict[str, Any]:
    """Planned mails about the session, keyed as JSON keys them."""
    ids = session.invitations.values_list("pk", flat=True)
    planned = recall.planned_now(kinds=notices.KINDS, object_ids=ids)
    planned |= recall.planned_now(kinds=replanning.SESSION_KINDS, object_ids=[session.pk])
    return {str(pk): payload for pk, payload in planned.items()}


def _fields(row: models.Model) -> dict[str, str | None]:
    """Every stored field as the text that Django's own serialisers would write."""
    return {
        field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if field.name not in _NEVER
    }


def _set(row: models.Model, values: dict[str, str | None]) -> None:
    for field in row._meta.concrete_fields:
        if field.attname in values:
            text = values[field.attname]
            setattr(row, field.attname, None if text is None else field.to_python(text))


def _restore(session: CopSession, before: dict[str, Any]) -> None:
    """Fields, links and parts as they were. Raises CannotUndo when the room is taken by now."""
    _set(session, before["session"])
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        raise CannotUndo(_("The room is taken by another session meanwhile.")) from error
    for name, keys in before["many"].items():
        getattr(session, name).set(keys)
    for name, model in _PARTS.items():
        model._base_manager.filter(session=session).delete()
        rows = [model(session=session) for _values in before["parts"][name]]
        for row, values in zip(rows, before["parts"][name], strict=True):
            _set(row, values)
        model._base_manager.bulk_create(rows)


def _take_invitations_back(window: UndoWindow) -> None:
    """Nobody was asked; whoever was only written down for it is forgotten."""
    Invitation.objects.filter(pk__in=window.before["invitations"]).delete()
    Person.objects.filter(
        pk__in=window.before.get("people", []),
        user__isnull=True,
        memberships__isnull=True,
        session_invitations__isnull=True,
    ).delete()
