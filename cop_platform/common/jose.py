"""Signed tokens (JWS, compact) with the project's key: the few lines of JOSE that are needed.

Only EdDSA is written and read: a token that asks for another algorithm, or for none, is not ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cop_platform.common import signing

ALGORITHM = "EdDSA"
# A credential has about 4,000 signs; nobody needs a long one.
LONGEST = 64 * 1024


class NotAToken(ValueError):
    """The text is no token that could be read."""


@dataclass(frozen=True)
class Token:
    """The parts of a token that was read; nothing of it is believed before `is_signed_by`."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether this key signed it; a key that the token brings along is never asked."""
        return self.header.get("alg") == ALGORITHM and signing.verify(
            self.signed, self.signature, key
        )


def write(payload: dict[str, Any], *, header: dict[str, Any]) -> str:
    """The payload signed with the project's key; `header` is what stands beside `alg`."""
    said = signing.base64url(_json({"alg": ALGORITHM} | header))
    signed = f"{said}.{signing.base64url(_json(payload))}"
    return f"{signed}.{signing.base64url(signing.sign(signed.encode()))}"


def read(text: str) -> Token:
    """Takes a token apart. Raises NotAToken."""
    parts = text.strip().split(".")
    if len(text) > LONGEST or len(parts) != 3:
        raise NotAToken("three parts are needed")
    try:
        header, payload = (json.loads(signing.unbase64(part)) for part in parts[:2])
        signature = signing.unbase64(parts[2])
    except (ValueError, RecursionError) as error:
        raise NotAToken("a part cannot be read") from error
    if not (isinstance(header, dict) and isinstance(payload, dict)):
        raise NotAToken("a part is no object")
    return Token(header, payload, f"{parts[0]}.{parts[1]}".encode(), signature)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
