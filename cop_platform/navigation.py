"""The navigation of a signed-in person, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.access import Access
from experts.enums import Role


@dataclass(frozen=True)
class NavItem:
    """One entry; `primary` ones stand in the phone's bar."""

    label: str
    url: str
    icon: str
    current: bool
    primary: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, empty for people who are not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.access.is_member:
        return {"nav": []}
    entries = [
        ("today", _("Today"), "home", True, True),
        ("session_calendar", _("Calendar"), "calendar", True, True),
        ("session_list", _("Sessions"), "list", True, True),
        ("poll_list", _("Polls"), "question", True, False),
        ("material_list", _("Materials"), "file", True, False),
        ("review_list", _("Reviews"), "check", _has_reviews(user.access), False),
        ("country_list", _("Countries"), "globe", True, False),
        ("person_list", _("People"), "people", True, True),
        ("message_list", _("Outbox"), "mail", user.access.manages_people, False),
    ]
    return {
        "nav": [
            NavItem(label, reverse(name), icon, _is_current(request, reverse(name)), primary)
            for name, label, icon, shown, primary in entries
            if shown
        ]
    }


def _has_reviews(access: Access) -> bool:
    """The entry stands where its page opens: for experts and those who coordinate them."""
    return access.plans_sessions or Role.EXPERT in access.roles


def _is_current(request: HttpRequest, url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(url))
