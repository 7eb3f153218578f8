"""Checks a credential: its signature, its claims, its days; all of it without a database.

Whether it was taken back since stands in the database, or in the public list of revoked ones.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _

from cop_platform.common import jose, signing
from feedback.validation.domain.proof import credentials, public
from feedback.validation.domain.proof.public import State
from feedback.validation.models import Credential


class Result(StrEnum):
    """What a check comes to."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Checked:
    """A credential after its check; `payload` is empty unless its signature is good."""

    result: Result
    problems: tuple[str, ...] = ()
    payload: dict[str, Any] | None = None


def looks_like_credential(head: bytes) -> bool:
    """Whether the first bytes of a file can be a signed token: it begins as every JOSE header."""
    return head.lstrip()[:3] == b"eyJ"


def check(text: str, *, keys: Iterable[Ed25519PublicKey], given: bool, at: datetime) -> Checked:
    """What a credential is worth with these keys; `given` says that the reader brought the key.

    Without a given key a token that was signed elsewhere is "unknown"; one that says it is ours
    and is not signed by us was altered.
    """
    try:
        token = jose.read(text)
    except jose.NotAToken:
        return Checked(Result.ALTERED, (_("This is no whole credential: a part is missing."),))
    keys = list(keys)
    if not any(token.is_signed_by(key) for key in keys):
        if given or _says_it_is_ours(token, keys):
            return Checked(
                Result.ALTERED, (_("The signature does not belong to this credential and key."),)
            )
        return Checked(Result.UNKNOWN, (_("It was signed with a key that is not known here."),))
    problems = _problems(token.payload, at)
    return Checked(Result.AUTHENTIC, problems, token.payload)


def _says_it_is_ours(token: jose.Token, keys: list[Ed25519PublicKey]) -> bool:
    names = {signing.thumbprint(key) for key in keys}
    named = str(token.header.get("kid", "")).rpartition("#")[2]
    return named in names or token.payload.get("iss") == public.address("verify_issuer")


def _problems(payload: dict[str, Any], at: datetime) -> tuple[str, ...]:
    """What speaks against a credential although its signature is good."""
    found = []
    subject, issuer = payload.get("credentialSubject"), payload.get("issuer")
    claimed = (payload.get("sub"), payload.get("iss"), payload.get("jti"))
    inside = (
        subject.get("id") if isinstance(subject, dict) else None,
        issuer.get("id") if isinstance(issuer, dict) else None,
        payload.get("id"),
    )
    if claimed != inside:
        found.append(_("Its claims contradict each other."))
    start, end = _moment(payload.get("nbf")), _moment(payload.get("exp"))
    if start and start > at:
        found.append(_("It is not valid yet."))
    if end and end <= at:
        found.append(_("Its time ended on %(day)s.") % {"day": end.date().isoformat()})
    return tuple(found)


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else None
    except (OverflowError, ValueError, OSError):
        return None


def find(payload: dict[str, Any]) -> Credential | None:
    """The row of a credential whose signature is good; None when it is not listed any more."""
    try:
        key = uuid.UUID(str(payload.get("jti", "")).rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
    return Credential.objects.select_related("verdict", "verdict__version").filter(key=key).first()


def with_status(checked: Checked, today: date) -> Checked:
    """The same, after the database was asked whether it was taken back. One query."""
    if checked.payload is None:
        return checked
    row = find(checked.payload)
    if row is None:
        problem = _("It is not on the list of credentials that were handed out.")
        return Checked(Result.REVOKED, (*checked.problems, problem), checked.payload)
    if credentials.status(row, today) == State.WITHDRAWN:
        problem = _("It was taken back.")
        return Checked(Result.REVOKED, (*checked.problems, problem), checked.payload)
    return checked
