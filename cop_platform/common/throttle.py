"""How often a place has done something lately, to slow machines down; nobody is remembered."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache

from cop_platform.common import clients

HOUR = 3600


def count(deed: str, address: str, *, seconds: int = HOUR) -> int:
    """One more of this deed from the place of an address: how many in the time of so many seconds.

    The place is kept as a hash, in the cache, for that time. A cache that is away counts 1.
    """
    key = _key(deed, address)
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def counted(deed: str, address: str) -> int:
    """How many of this deed the place of an address has done so far, without one more."""
    return int(cache.get(_key(deed, address)) or 0)


def _key(deed: str, address: str) -> str:
    place = clients.place_of(address)
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{place}".encode()).hexdigest()
    return f"{deed}:{digest[:32]}"
