"""Link tokens: what a mail's link proves is one purpose, one object, one person, one generation.

A token is derived, not stored, so that a retried mail and a copy button give the same link.
Raising the object's generation revokes every link made before.
"""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
_BYTES = 20  # 160 bits, above the 128 that guessing makes hopeless


def make(purpose: str, object_id: int, person_id: int, generation: int) -> str:
    """A URL-safe token `ID.MAC`; the id only says where to look, the MAC proves the right."""
    return f"{object_id}.{_mac(purpose, object_id, person_id, generation)}"


def object_id(token: str) -> int | None:
    """The id a token claims to be about; None for anything that is not a token."""
    head, _, mac = token.partition(".")
    if not (head.isascii() and head.isdigit() and len(head) < 19 and mac):
        return None
    return int(head)


def matches(token: str, purpose: str, object_id: int, person_id: int, generation: int) -> bool:
    """True when the token was made for exactly these; compared in constant time."""
    expected = make(purpose, object_id, person_id, generation)
    return hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode())


def of(purpose: str, row: Any) -> str:
    """The token of a row that has a `person_id` and a `generation`."""
    return make(purpose, row.pk, row.person_id, row.generation)


def find(token: str, purpose: str, rows: QuerySet[Row]) -> Row | None:
    """The row a link of this purpose is about, out of `rows`; None when it is wrong or revoked."""
    key = object_id(token)
    row: Any = rows.filter(pk=key).first() if key is not None else None
    if row is None or not matches(token, purpose, row.pk, row.person_id, row.generation):
        return None
    return row


def _mac(purpose: str, object_id: int, person_id: int, generation: int) -> str:
    message = f"{purpose}\n{object_id}\n{person_id}\n{generation}".encode()
    mac = _keyed(settings.SECRET_KEY).copy()
    mac.update(message)
    return base64.urlsafe_b64encode(mac.digest()[:_BYTES]).decode().rstrip("=")


@lru_cache(maxsize=4)
def _keyed(secret: str) -> hmac.HMAC:
    """The key worked in already: mails hold several links, and this is half of making one."""
    return hmac.new(secret.encode(), digestmod="sha256")
