"""The Chatham House rule of a session: what is said may be told, who said it may not.

Nor is told who was there. Those who run the session and those who have a part in it know anyway.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy, pgettext

from experts.models import User
from sessions import permissions
from sessions.models import CopSession

SENTENCE = gettext_lazy("What is said may be told; who said it and who was there may not.")


def say(holds: bool) -> str:
    """Whether the rule holds, in a word."""
    return pgettext("a rule", "on") if holds else pgettext("a rule", "off")


def names_people(session: CopSession, user: User, *, leaders: Collection[int]) -> bool:
    """Whether this reader is told who takes part; `leaders` are the people with a duty in it."""
    if not session.chatham_house or user.person.pk in leaders:
        return True
    return permissions.may_run.allows(user, session)
