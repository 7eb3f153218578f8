"""Threads in which nobody is named: what is written there names nobody either."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person, User
from practices.domain.talk import mentions


class NamesSomebody(NotPossible):
    """The text names a member where the Chatham House rule holds."""


def check(text: str, *, by: User) -> None:
    """Raises NamesSomebody for a mention, an address, and the whole name of anybody `by` knows.

    Not only people of the session are looked for: a refusal would tell who was there.
    """
    if _mentions(text, by) or _tells_name(text, by):
        raise NamesSomebody(
            _(
                "The Chatham House rule holds here: nobody is named, also not with an @. "
                "Take the name or address out, please."
            )
        )


def _mentions(text: str, by: User) -> bool:
    try:
        return bool(mentions.read(text, by=by, chosen={}))
    except NotPossible:
        return True


def _tells_name(text: str, by: User) -> bool:
    names = Person.objects.visible_to(by).active().order_by().values_list("name", flat=True)
    return without_names(text, names) != text
