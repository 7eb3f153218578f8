"""Addresses that stand in mails and calendars."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

_TOKEN = "TOKEN"  # noqa: S105  stands for one


def absolute(name: str, *args: object) -> str:
    """The full address of a page, for mails and calendars."""
    return settings.BASE_URL + path(name, *args)


@lru_cache(maxsize=5000)
def path(name: str, *args: object) -> str:
    """The path of a page; mails name the same few again and again."""
    return reverse(name, args=args)


def own_page(name: str, token: str, *args: object) -> str:
    """The path of a page that a link token opens; tokens hold nothing an address would escape."""
    return path(name, _TOKEN, *args).replace(_TOKEN, token)
