"""Checks a file of any size: its hash, the signature beside it, and what the database knows of it.

Nothing here needs the database but `of_material`, and no file is read into memory as a whole.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _

from cop_platform.common import jose, signatures, signing
from feedback.validation.domain.proof import public
from feedback.validation.domain.proof.checking import Result, looks_like_credential
from feedback.validation.domain.proof.public import State
from feedback.validation.models import Verdict
from materials.models import Version

_BLOCK = 1024 * 1024
# A signature, as bytes or as text; a larger file is none.
_LONGEST_SIGNATURE = 1024
LONGEST_KEY = 16 * 1024


class Unreadable(Exception):
    """The file cannot be read; the message says why."""


@dataclass(frozen=True)
class Opened:
    """A file that was read once; `token` is its text where it may be a credential."""

    path: Path
    size: int
    sha256: str
    token: str


def open_file(path: Path) -> Opened:
    """Reads a file in blocks. Raises Unreadable for folders, devices and what is not there."""
    _check_kind(path)
    digest, head, size = hashlib.sha256(), b"", 0
    try:
        with path.open("rb") as source:
            while block := source.read(_BLOCK):
                head = head or block
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise Unreadable(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error
    # A token of ours is short; a long text that begins like one is some other file.
    short = size <= jose.LONGEST
    named = path.suffix.lower() == ".jwt"
    is_token = short and size > 0 and (named or looks_like_credential(head))
    return Opened(path, size, digest.hexdigest(), head.decode("latin-1") if is_token else "")


def _check_kind(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise Unreadable(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error
    if stat.S_ISDIR(mode):
        raise Unreadable(_("This is a folder; name one file."))
    if not stat.S_ISREG(mode):
        raise Unreadable(_("This is no ordinary file."))


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", "") or error)


def read_signature(path: Path) -> bytes:
    """The signature of a file: its bytes, or the base64 of them. Raises Unreadable."""
    _check_kind(path)
    try:
        with path.open("rb") as source:
            data = source.read(_LONGEST_SIGNATURE)
    except OSError as error:
        raise Unreadable(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error
    if len(data) != signing.SIGNATURE_BYTES:
        try:
            return signing.unbase64(data.decode("ascii"))
        except ValueError:
            return data
    return data


def is_signed(opened: Opened, signature: bytes, keys: Iterable[Ed25519PublicKey]) -> bool:
    """Whether one of the keys signed exactly this file; it is mapped, not loaded."""
    try:
        with signatures.mapped(opened.path) as data:
            return any(signing.verify(data, signature, key) for key in keys)
    except (OSError, ValueError) as error:
        raise Unreadable(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error


@dataclass(frozen=True)
class Known:
    """What the database says of a file."""

    result: Result
    problems: tuple[str, ...]


def of_material(sha256: str, today: date) -> Known | None:
    """What is known of the material with these bytes, released or not; None for nothing.

    For those who run the platform: strangers are told by `public.look_up`. Two queries.
    """
    rows = Version.objects.filter(sha256=sha256).select_related("material")
    versions = list(rows.order_by("material__code", "number"))
    if not versions:
        return None
    signed = Verdict.objects.filter(final_at__isnull=False)
    verdicts = public.newest(signed, [version.pk for version in versions])
    states = {v.pk: public.best(verdicts[v.pk], today) for v in versions}
    revoked = State.WITHDRAWN in states.values() and State.VALID not in states.values()
    problems = [text for v in versions if (text := _problem(v, states[v.pk]))]
    return Known(Result.REVOKED if revoked else Result.AUTHENTIC, tuple(problems))


def _problem(version: Version, state: State) -> str:
    words = {"code": version.material.code, "number": version.number}
    if state == State.WITHDRAWN:
        return _("The verdict on version %(number)d of %(code)s was withdrawn.") % words
    if state == State.ENDED:
        return _("The verdict on version %(number)d of %(code)s has ended.") % words
    if state == State.NONE:
        return _("Version %(number)d of %(code)s is not validated.") % words
    if version.released_at is None:
        return _("Version %(number)d of %(code)s is not released.") % words
    return ""
