"""Files that come in pieces: announced, continued after a break, proved when whole, taken over."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Protocol

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import MAX_LINE
from experts.models import User
from materials import permissions
from materials.domain import intake, quota, store, virus
from materials.domain.homes import home_of
from materials.domain.inspecting import NotAccepted
from materials.domain.intake import Content
from materials.domain.names import clean_name
from materials.models import IncomingFile, Version, content_key

# How many files somebody may have on their way at once.
MAX_WAITING = 20
# A file that nobody touches for so long is taken away.
KEPT_FOR = timedelta(days=7)
# The disk keeps this much free for mails, reports and the database beside it.
RESERVE = 200 * 1024 * 1024
_BLOCK = 64 * 1024


class TooManyWaiting(NotPossible):
    """Somebody has as many unfinished files as they may have."""


class NotThere(NotPossible):
    """The place the piece would go on is another one; the sender asks and sends again."""


class InUse(NotPossible):
    """Another request writes or checks this file at this moment."""


class NotReady(NotPossible):
    """The file is not whole, not proved, or gone."""


class Body(Protocol):
    """What a piece is read from."""

    def read(self, size: int, /) -> bytes: ...


def announce(*, name: str, size: int, by: User, at: datetime) -> IncomingFile:
    """Makes a place for a file of `size` bytes.

    Raises Refused, NotAccepted, TooManyWaiting, quota.NoRoom, store.StoreFull.
    """
    permissions.may_upload(by)
    intake.check_announced(name, size)
    waiting = list(IncomingFile.objects.visible_to(by))
    if len(waiting) >= MAX_WAITING:
        raise TooManyWaiting(
            _("%(n)d of your files wait already. Finish or remove some of them first.")
            % {"n": len(waiting)}
        )
    held = sum(one.size for one in waiting if not one.refused)
    quota.check(country_id=home_of(by), size=size, waiting=held)
    key = secrets.token_hex(16)
    path = store.incoming_path(key)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < size + RESERVE:
            raise store.full()
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise store.full() from error
    return IncomingFile.objects.create(
        key=key,
        person=by.person,
        name=clean_name(name),
        size=size,
        started_at=at,
        touched_at=at,
    )


def append(*, incoming: IncomingFile, offset: int, body: Body, length: int, at: datetime) -> int:
    """Writes the next piece and returns how many bytes there are now; a whole file is proved.

    A body that breaks off leaves what came of it. Raises NotThere, InUse, StoreFull.
    """
    with _held(incoming) as file:
        incoming.refresh_from_db()
        if incoming.refused or offset != incoming.received or offset + length > incoming.size:
            raise NotThere(_("This piece belongs to another place of the file."))
        try:
            # A piece that a crash left behind unrecorded is written once more.
            file.truncate(offset)
            file.seek(offset)
            came = _copy(body, file, length)
        except OSError as error:
            raise store.full() from error
        incoming.received, incoming.touched_at = offset + came, at
        incoming.save(update_fields=["received", "touched_at"])
        if came and incoming.is_whole:
            _prove(incoming, at)
    return incoming.received


def _copy(body: Body, target: IO[bytes], length: int) -> int:
    came = 0
    while came < length:
        try:
            block = body.read(min(_BLOCK, length - came))
        except OSError:
            # The sender is gone; they ask how far we came and go on from there.
            break
        if not block:
            break
        target.write(block)
        came += len(block)
    target.flush()
    os.fsync(target.fileno())
    return came


def check(*, incoming: IncomingFile, at: datetime) -> None:
    """Proves a whole file that could not be proved when its last piece came. Raises InUse."""
    with _held(incoming):
        incoming.refresh_from_db()
        if incoming.is_whole and not incoming.is_ready and not incoming.refused:
            _prove(incoming, at)


def _prove(incoming: IncomingFile, at: datetime) -> None:
    """Writes down what the file is, or why it is refused; then its bytes are gone at once.

    Where no scanner answers the row stays as it was, and nothing can be made of it yet.
    """
    path = store.incoming_path(incoming.key)
    try:
        proved = intake.prove(path, incoming.name)
    except virus.ScannerAway:
        return
    except (NotAccepted, virus.Infected) as refusal:
        incoming.refused = Truncator(str(refusal)).chars(MAX_LINE)
        path.unlink(missing_ok=True)
    else:
        incoming.sha256 = store.digest(path)
        incoming.media_type, incoming.facts = proved.format.media_type, proved.facts
    incoming.touched_at = at
    incoming.save(update_fields=["refused", "sha256", "media_type", "facts", "touched_at"])


@contextmanager
def _held(incoming: IncomingFile) -> Iterator[IO[bytes]]:
    """The file, for one request alone; no row is locked while a slow sender is waited for."""
    try:
        file = store.incoming_path(incoming.key).open("r+b")
    except OSError as error:
        raise NotThere(_("This upload is gone. Please choose the file again.")) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(_("This file is being received at this moment.")) from error
        yield file


def remove(*, incoming: IncomingFile) -> None:
    """Takes a file back before anything was made of it. A second time changes nothing."""
    IncomingFile.objects.filter(pk=incoming.pk).delete()
    store.incoming_path(incoming.key).unlink(missing_ok=True)


def content(*, key: str, by: User) -> Content:
    """What a proved file is, for the version made of it; needs a transaction. Raises NotReady."""
    row = IncomingFile.objects.visible_to(by).select_for_update().filter(key=key).first()
    if row is None or not row.is_ready:
        raise NotReady(_("This file is not there any more. Please upload it again."))
    return Content(
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        original_name=row.name,
        pages=row.facts.get("pages"),
        seconds=row.facts.get("seconds"),
    )


def settle(*, key: str, version: Version, by: User) -> None:
    """Keeps the bytes as those of a version; the row goes with it, their first name afterwards.

    Needs the transaction that writes the version. Raises StoreFull.
    """
    path = store.incoming_path(key)
    try:
        store.keep(path, content_key(version, ""))
    except OSError as error:
        raise store.full() from error
    IncomingFile.objects.visible_to(by).filter(key=key).delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


def sweep(*, at: datetime) -> int:
    """Takes away files that were left alone, and bytes nobody has a row for; says how many."""
    old = list(IncomingFile.objects.left_alone_since(at - KEPT_FOR))
    for row in old:
        remove(incoming=row)
    known = set(IncomingFile.objects.values_list("key", flat=True))
    return len(old) + store.sweep_incoming(known)
