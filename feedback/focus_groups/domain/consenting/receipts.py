"""Receipt codes: what a participant takes home, and the only way back to their words.

Sixteen signs of an alphabet without look-alikes (80 bits), in groups of four. The hash is stored,
the code never: whoever loses the slip is as unknown to us as before. Guessing is slowed down by the
page that takes codes.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings

from feedback.focus_groups.models import FormResponse, Participant

# Crockford's base 32: no I, L, O or U; what people type instead is read as what was meant.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})
LENGTH = 16
_GROUP = 4


@dataclass(frozen=True)
class Receipt:
    """A new code as it is printed ("AB12-..."), and the hash that is stored in its place."""

    code: str
    digest: str


def new() -> Receipt:
    """A code that nobody has."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    return Receipt(shown(signs), _digest(signs))


def derived(seed: bytes) -> Receipt:
    """The code that follows from at least 16 secret bytes: for whoever holds them, shown again."""
    signs = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in seed[:LENGTH])
    return Receipt(shown(signs), _digest(signs))


def shown(signs: str) -> str:
    """Sixteen signs in groups of four."""
    return "-".join(signs[n : n + _GROUP] for n in range(0, len(signs), _GROUP))


def digest(typed: str) -> str | None:
    """The hash of a typed code, in whatever case and grouping; None when it can be none."""
    signs = "".join(c for c in typed.upper().translate(_MEANT) if c.isascii() and c.isalnum())
    if len(signs) != LENGTH or not set(signs) <= set(_ALPHABET):
        return None
    return _digest(signs)


def find(typed: str) -> Participant | FormResponse | None:
    """Whose words the code leads to: a participant's or an answered form's; None for no code of
    ours. What was erased is still found: its page says so.
    """
    wanted = digest(typed)
    if wanted is None:
        return None
    participant = Participant.objects.filter(receipt=wanted).select_related("group").first()
    if participant is not None:
        return participant
    return FormResponse.objects.filter(receipt=wanted).select_related("form").first()


def _digest(signs: str) -> str:
    message = f"receipt\n{signs}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, "sha256").hex()
