"""The page an idea was handed in from: an address of this platform, and nothing else."""

from __future__ import annotations

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

_MOST = 300


def local(address: str) -> str:
    """The address if it is a path of a page here, else nothing; what follows "?" is left out."""
    path = address.split("?", 1)[0].split("#", 1)[0]
    if not path.startswith("/") or len(path) > _MOST or not path.isprintable():
        return ""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
