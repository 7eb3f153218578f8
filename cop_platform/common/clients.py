"""Who asks: the address of a client behind proxies of our own."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the client, as far as our own proxies vouch for it; "" for none.

    Each proxy adds the address it was asked from at the end of X-Forwarded-For. Behind n of them
    the n-th entry from the end is what the outermost one saw, and everything before it is what the
    client says of itself: never believed. Without proxies, and where they said less than they
    should or no address, it is the address of the connection.
    """
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(told) >= proxies and (seen := _clean(told[-proxies])):
        return seen
    return _clean(request.META.get("REMOTE_ADDR", ""))


def place_of(address: str) -> str:
    """What counts as one place: an address, of version 6 the 64 bits that a home is given."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False))


def _clean(text: str) -> str:
    """An address in its one spelling, without a port; "" for what is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        known = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(known, "ipv4_mapped", None)
    return str(mapped or known)
