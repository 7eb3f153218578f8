"""Keys of what must not tell when it was made."""

from __future__ import annotations

import secrets


def random_key() -> int:
    """A key that cannot be guessed and does not tell the order of making."""
    return secrets.randbelow(2**53 - 1) + 1
