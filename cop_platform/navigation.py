"""The navigation of a signed-in person, by role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
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
    """Context processor: `nav`, empty for people who are not signed in, and `unread` notices."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.access.is_member:
        return {"nav": ()}
    access = user.access
    current = next((url for url in _urls() if _is_current(_place(request.path), url)), "")
    shown = (
        access.manages_people,
        access.is_manager,
        _has_reviews(access),
        access.plans_sessions or Role.AUTHOR in access.roles,
        access.is_manager or bool(access.countries(Role.COORDINATOR, Role.PARTNER)),
        access.is_manager or bool(access.countries(Role.COORDINATOR, Role.FACILITATOR)),
    )
    items = _items(*shown, current, get_language())
    return {"nav": items, "unread": user.unread}


@lru_cache(maxsize=500)
def _items(
    manages_people: bool,
    is_manager: bool,
    has_reviews: bool,
    has_changes: bool,
    has_reports: bool,
    has_groups: bool,
    current: str,
    _language: str | None,
) -> tuple[NavItem, ...]:
    """The entries that a combination of rights opens; the same tuple for the same page."""
    entries = [
        ("today", _("Today"), "home", True, True),
        ("session_calendar", _("Calendar"), "calendar", True, True),
        ("session_list", _("Sessions"), "list", True, True),
        ("poll_list", _("Polls"), "question", True, False),
        ("group_list", _("Focus groups"), "people", has_groups, False),
        ("form_list", _("Forms"), "question", has_groups, False),
        ("material_list", _("Materials"), "file", True, False),
        ("glossary_list", _("Glossary"), "list", True, False),
        ("catalogue", _("Catalogue"), "search", True, False),
        ("review_list", _("Reviews"), "check", has_reviews, False),
        ("change_list", _("Changes"), "edit", has_changes, False),
        ("quality_board", _("Quality"), "chart", True, False),
        ("report_list", _("Reports"), "chart", has_reports, False),
        ("country_list", _("Countries"), "globe", True, False),
        ("person_list", _("People"), "people", True, True),
        ("message_list", _("Outbox"), "mail", manages_people, False),
        ("mail_text_list", _("Mail texts"), "edit", is_manager, False),
    ]
    return tuple(
        NavItem(label, reverse(name), icon, reverse(name) == current, primary)
        for name, label, icon, shown, primary in entries
        if shown
    )


@cache
def _urls() -> tuple[str, ...]:
    """Where the entries lead."""
    names = ("today", "session_calendar", "session_list", "poll_list")
    # The texts stand below the outbox's address, so they are looked at first.
    more = (
        "group_list",
        "form_list",
        "material_list",
        "glossary_list",
        "review_list",
        "change_list",
        "quality_board",
        "country_list",
        "person_list",
        "mail_text_list",
        "message_list",
        "catalogue",
    )
    return tuple(map(reverse, names + more))


# What belongs to focus groups stands at addresses of its own.
_OF_GROUPS = (
    "/guides/",
    "/referral-cards/",
    "/consents/",
    "/participants/",
    "/coding/",
    "/themes/",
)


def _has_reviews(access: Access) -> bool:
    """The entry stands where its page opens: for experts, authors and those who coordinate them."""
    return access.plans_sessions or bool({Role.EXPERT, Role.AUTHOR} & access.roles)


def _place(path: str) -> str:
    """Under which address a page stands: a version belongs to the materials, a guide to groups."""
    if path.startswith("/versions/"):
        return reverse("material_list")
    return reverse("group_list") if path.startswith(_OF_GROUPS) else path


def _is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
