"""Words this part says in several places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_LANGUAGES: dict[str, Any] = dict(settings.PROJECT_LANGUAGES)


def languages(codes: Iterable[str]) -> str:
    """Languages by their names, as a person reads them."""
    return ", ".join(sorted(str(_LANGUAGES.get(code, code)) for code in codes))


def spent(minutes: int) -> str:
    """A length of time: minutes below an hour, else hours with at most one decimal."""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60, 1)
    if hours == 1:
        return _("1 hour")
    return _("%(n)s hours") % {"n": f"{hours:g}"}


@cache
def has_page(name: str) -> bool:
    """Whether an object of this route has a page of its own here."""
    try:
        reverse(name, args=[1])
    except NoReverseMatch:
        return False
    return True
