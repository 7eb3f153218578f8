"""The addresses that answers come back to: one for each invited person, proving who was asked.

`community+r-TOKEN@...` stands for an invitation, `community+s-TOKEN@...` for a series invitation.
The token is derived (see common.tokens); mail servers on the way may change the case of an address,
so it is compared without regard to case, which leaves 138 of its 160 bits.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from cop_platform.common import tokens
from sessions.models import Invitation, SeriesInvitation

PURPOSE = "calendar-reply"
SERIES_PURPOSE = "calendar-reply-series"
# RFC 5321 4.5.3.1.1
MAX_LOCAL_PART = 64


@dataclass(frozen=True)
class Proof:
    """Whose answer an address brings, and the session or series the person was asked to."""

    person_id: int
    session_id: int | None = None
    series_id: int | None = None


def of_invitation(invitation: Invitation) -> str:
    """The address of one person's answers to one session; the same in every mail."""
    token = tokens.of(PURPOSE, invitation)
    return _address(f"r-{token}")


def of_series_invitation(invitation: SeriesInvitation) -> str:
    """The address of one person's answers to a whole series."""
    token = tokens.of(SERIES_PURPOSE, invitation)
    return _address(f"s-{token}")


def without_token() -> str:
    """The mailbox itself: the organiser of what is published to nobody in particular."""
    return parseaddr(settings.REPLY_MAILBOX)[1]


def _address(tag: str) -> str:
    local, _, domain = without_token().rpartition("@")
    tagged = f"{local}+{tag}"
    # A mailbox with a long name has no room for a token: answers then count by their sender.
    return f"{tagged}@{domain}" if len(tagged) <= MAX_LOCAL_PART else without_token()


def carries_token(address: str) -> bool:
    """True for an address of ours with a token in it, good or bad."""
    return _tag(address) is not None


def proofs(addresses: Iterable[str]) -> list[Proof]:
    """What the addresses of a mail prove; wrong and revoked tokens prove nothing."""
    found = [_proof(*tag) for address in addresses if (tag := _tag(address))]
    return [proof for proof in found if proof]


def _tag(address: str) -> tuple[str, str] | None:
    local, _, domain = without_token().rpartition("@")
    pattern = rf"{re.escape(local)}\+([rs])-([^@]+)@{re.escape(domain)}"
    match = re.fullmatch(pattern, address.strip(), flags=re.IGNORECASE)
    return (match[1].lower(), match[2]) if match else None


def _proof(kind: str, token: str) -> Proof | None:
    key = tokens.object_id(token)
    if key is None:
        return None
    if kind == "r":
        invitation = Invitation.objects.filter(pk=key).first()
        if invitation and _fits(token, PURPOSE, invitation):
            return Proof(invitation.person_id, session_id=invitation.session_id)
        return None
    asked = SeriesInvitation.objects.filter(pk=key).first()
    if asked and _fits(token, SERIES_PURPOSE, asked):
        return Proof(asked.person_id, series_id=asked.series_id)
    return None


def _fits(token: str, purpose: str, asked: Invitation | SeriesInvitation) -> bool:
    expected = tokens.of(purpose, asked)
    return hmac.compare_digest(
        token.lower().encode("utf-8", "replace"), expected.lower().encode("utf-8")
    )
