"""Rooms: entered by coordinators, and held by one session at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import CommunityOfPractice, Country, User
from sessions import permissions
from sessions.domain.parts import Keep
from sessions.models import CopSession, Room

HOLDS_ONE = "room_holds_one_session"
NAMED_ONCE = "room_once_per_country"


class RoomTaken(NotPossible):
    """Another session holds the room at that time."""


class RoomElsewhere(NotPossible):
    """The room lies in a country that does not host the session."""


class RoomNameTaken(NotPossible):
    """The country has a room of this name already."""


def place(
    session: CopSession,
    room: Room | Keep | None,
    typed: str,
    hosts: Iterable[CommunityOfPractice],
) -> None:
    """Puts the session into a room and says where; words of one's own are left alone.

    Raises RoomElsewhere.
    """
    before = session.room.where if session.room else ""
    if not isinstance(room, Keep):
        session.room = room
    if session.room and session.room.country_id not in {cop.country_id for cop in hosts}:
        raise RoomElsewhere(_("Choose a room of a host country."))
    follows_room = typed in {"", before}
    session.place = session.room.where if session.room and follows_room else typed


def save(session: CopSession) -> None:
    """Saves a session that may hold a room. Raises RoomTaken, which names the other session.

    Two that want one room wait for each other at the room's row: without it each would find the
    other's unfinished row and PostgreSQL would end one of them as a deadlock.
    """
    if session.room_id is None:
        session.save()
        return
    Room.objects.select_for_update().get(pk=session.room_id)
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if not _breaks(error, HOLDS_ONE):
            raise
        raise RoomTaken(_taken(session)) from error


def _taken(session: CopSession) -> str:
    """Who holds the room: every member may see title and time of every session."""
    other = (
        CopSession.objects.not_cancelled()
        .filter(room=session.room_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
        .exclude(pk=session.pk)
        .order_by("starts_at")[:1]
        .get()
    )
    return _("%(room)s is taken: “%(title)s”, %(when)s.") % {
        "room": session.room,
        "title": other.title,
        "when": other.when(other.zone).zone_line(),
    }


@transaction.atomic
def add_room(
    *, country: Country, name: str, address: str, seats: int | None, by: User, at: datetime
) -> Room:
    """Enters a room. Raises Refused, RoomNameTaken."""
    permissions.may_keep_room(by, country.pk)
    room = Room(country=country, name=name, address=address, seats=seats)
    _save_named(room)
    audit.record(deed="room added", about=room, by=by, at=at, country_id=country.pk)
    return room


@transaction.atomic
def change_room(
    *, room_id: int, name: str, address: str, seats: int | None, by: User, at: datetime
) -> Room:
    """Changes a room's words; sessions planned in it keep the words they were planned with.

    Raises Refused, RoomNameTaken.
    """
    room = Room.objects.select_for_update().get(pk=room_id)
    permissions.may_keep_room(by, room.country_id)
    room.name, room.address, room.seats = name, address, seats
    _save_named(room)
    audit.record(deed="room changed", about=room, by=by, at=at, country_id=room.country_id)
    return room


def _save_named(room: Room) -> None:
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        if not _breaks(error, NAMED_ONCE):
            raise
        raise RoomNameTaken(_("This country has a room of this name already.")) from error


def _breaks(error: IntegrityError, constraint: str) -> bool:
    """Whether this constraint is what the database refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == constraint
