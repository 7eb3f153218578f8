"""Where mails of calendar programs are taken from: files, a Maildir, or a mailbox by IMAP."""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from sessions.domain import inbound
from sessions.models import InboundMail

logger = logging.getLogger(__name__)

BATCH = 200


class NoMailbox(NotPossible):
    """The file, folder or server is not there; the message says which."""


def from_files(paths: list[Path], *, at: datetime) -> list[InboundMail]:
    """Receives raw mails out of files. Raises NoMailbox before anything is received."""
    return [inbound.receive(raw, at=at) for raw in [_bytes(path) for path in paths]]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoMailbox(_("The file %(name)s cannot be read.") % {"name": path.name}) from error


def from_maildir(folder: Path, *, at: datetime) -> list[InboundMail]:
    """Receives what lies in `new`, oldest first, and moves it to `cur` as seen.

    A mail is moved only after it was received; a stop in between reads it twice, to no effect.
    Raises NoMailbox.
    """
    new, cur = folder / "new", folder / "cur"
    if not (new.is_dir() and cur.is_dir()):
        raise NoMailbox(_("This folder is not a Maildir: it has no “new” and “cur”."))
    waiting = sorted((p for p in new.iterdir() if p.is_file()), key=lambda p: (_age(p), p.name))
    received = []
    for path in waiting:
        received.append(inbound.receive(_bytes(path), at=at))
        path.rename(cur / f"{path.name.partition(':')[0]}:2,S")
    return received


def _age(path: Path) -> float:
    return path.stat().st_mtime


def is_configured() -> bool:
    """True where a mailbox by IMAP is set in the environment."""
    return bool(settings.IMAP_HOST)


def from_imap(*, at: datetime) -> list[InboundMail]:
    """Receives the unseen mails of the mailbox once, by TLS, and marks each as seen.

    Raises NoMailbox when none is set or the server does not let us in.
    """
    if not is_configured():
        raise NoMailbox(_("Set IMAP_HOST and its log-in, or name --eml or --maildir."))
    try:
        with imaplib.IMAP4_SSL(
            settings.IMAP_HOST,
            settings.IMAP_PORT,
            ssl_context=ssl.create_default_context(),
            timeout=settings.IMAP_TIMEOUT,
        ) as server:
            server.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
            return list(_unseen(server, at))
    except (imaplib.IMAP4.error, OSError) as error:
        logger.warning("The IMAP server could not be read: %s", type(error).__name__)
        raise NoMailbox(_("The IMAP server does not answer or does not let us in.")) from error


def _unseen(server: imaplib.IMAP4, at: datetime) -> Iterator[InboundMail]:
    server.select(settings.IMAP_FOLDER)
    _status, found = server.uid("search", "UNSEEN")
    for uid in (found[0] or b"").split()[:BATCH]:
        # Peeking leaves the mail unseen until it was received.
        _status, parts = server.uid("fetch", uid.decode(), "(BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if raw is None:
            continue
        yield inbound.receive(raw, at=at)
        server.uid("store", uid.decode(), "+FLAGS", r"(\Seen)")
