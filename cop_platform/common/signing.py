"""The project's one signing key: what leaves under it can be checked anywhere, without us.

Ed25519. The private key comes from PROJECT_SIGNING_KEY (base64 of its 32 bytes, or PEM); without
it one is made and kept in the state folder, readable by the platform's account alone. Public keys
of earlier years stand in PROJECT_SIGNING_KEYS_OLD: what was signed with them stays good.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

KEY_FILE = "signing.key"
SIGNATURE_BYTES = 64


class BadKey(ValueError):
    """A text that is no key of this kind; the message says so for people."""


def sign(data: bytes) -> bytes:
    """64 bytes; the same data give the same signature. `data` may be any buffer, a mapped file."""
    return _private_key().sign(data)


def verify(data: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the owner of this public key signed exactly these bytes."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def public_key() -> Ed25519PublicKey:
    """The public half of the key that signs today."""
    return _private_key().public_key()


def known_keys() -> tuple[Ed25519PublicKey, ...]:
    """Every key whose signatures count: today's, where there is one, then the earlier ones.

    Makes no key. Raises BadKey.
    """
    there = settings.PROJECT_SIGNING_KEY or (Path(settings.STATE_DIR) / KEY_FILE).exists()
    today = (public_key(),) if there else ()
    return *today, *(read_public(text.encode()) for text in settings.PROJECT_SIGNING_KEYS_OLD)


def read_public(data: bytes) -> Ed25519PublicKey:
    """A public key out of PEM, of a JWK, or of the base64 of its 32 bytes. Raises BadKey."""
    text = data.strip()
    try:
        if text.startswith(b"-----"):
            key = serialization.load_pem_public_key(text)
        elif text.startswith(b"{"):
            key = Ed25519PublicKey.from_public_bytes(unbase64(str(json.loads(text)["x"])))
        else:
            key = Ed25519PublicKey.from_public_bytes(unbase64(text.decode("ascii")))
    except (ValueError, KeyError, TypeError, RecursionError, UnsupportedAlgorithm) as error:
        raise BadKey("This is not a public key of the kind Ed25519.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("This is a public key, but not of the kind Ed25519.")
    return key


def read_private(text: str) -> Ed25519PrivateKey:
    """A private key out of PEM or of the base64 of its 32 bytes. Raises BadKey."""
    try:
        if text.strip().startswith("-----"):
            # Where an environment cannot hold lines, they are written as \n.
            pem_text = text.strip().replace("\\n", "\n").encode()
            key = serialization.load_pem_private_key(pem_text, password=None)
        else:
            key = Ed25519PrivateKey.from_private_bytes(unbase64(text))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKey("PROJECT_SIGNING_KEY is not a private key of the kind Ed25519.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey("PROJECT_SIGNING_KEY is a private key, but not of the kind Ed25519.")
    return key


def pem(key: Ed25519PublicKey) -> bytes:
    """The public key as other programs read it (openssl, any JOSE library)."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def jwk(key: Ed25519PublicKey) -> dict[str, Any]:
    """The public key as a JSON Web Key (RFC 8037)."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}


def thumbprint(key: Ed25519PublicKey) -> str:
    """What the key is called: the hash of its JWK (RFC 7638), 43 letters."""
    # The members in the order of their names and without blanks, as the standard wants it.
    canonical = json.dumps(jwk(key), sort_keys=True, separators=(",", ":"))
    return base64url(hashlib.sha256(canonical.encode()).digest())


def base64url(data: bytes) -> str:
    """Base64 for addresses and tokens, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unbase64(text: str) -> bytes:
    """The bytes of either base64 alphabet, padded or not. Raises ValueError for anything else.

    Strict: of several spellings of the same bytes only the plain one is read, so that no letter of
    a token can be changed without being noticed.
    """
    plain = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        data = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error
    if base64url(data) != plain:
        raise ValueError("not the plain spelling of base64")
    return data


def _private_key() -> Ed25519PrivateKey:
    return _loaded(settings.PROJECT_SIGNING_KEY, Path(settings.STATE_DIR) / KEY_FILE)


@lru_cache(maxsize=4)
def _loaded(given: str, file: Path) -> Ed25519PrivateKey:
    if given:
        return read_private(given)
    if not file.exists():
        _make(file)
    return read_private(file.read_text())


def _make(file: Path) -> None:
    """Makes a key once; of two processes that begin together one wins, and both read its key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # mkstemp opens with 0600; a link, unlike a rename, never replaces what is there.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".signing-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(made)
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
