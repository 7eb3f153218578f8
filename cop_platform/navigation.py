"""The navigation of a signed-in person, by role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _lazy

from experts.access import Access
from experts.enums import Role


@dataclass(frozen=True)
class NavItem:
    """One entry; `primary` ones stand in the phone's bar.

    `group` is the heading it stands under, `is_open` whether what stands there is shown at once.
    """

    label: str
    url: str
    icon: str
    current: bool
    primary: bool
    group: str
    is_open: bool


@dataclass(frozen=True)
class _Entry:
    """An entry as it is written down; `right` names who sees it, empty for every member."""

    name: str
    label: str | Promise
    icon: str
    right: str = ""
    primary: bool = False


_MEET = pgettext_lazy("heading of the navigation", "Meet")
_REVIEW = pgettext_lazy("heading of the navigation", "Materials")
_LEARN = pgettext_lazy("heading of the navigation", "Learn from each other")
_COMMUNITY = pgettext_lazy("heading of the navigation", "Community")
_KEEP = pgettext_lazy("heading of the navigation", "Mails and reports")
_GROUPS: tuple[tuple[str | Promise, tuple[_Entry, ...]], ...] = (
    ("", (_Entry("today", _lazy("Today"), "home", primary=True),)),
    (
        _MEET,
        (
            _Entry("session_calendar", _lazy("Calendar"), "calendar", primary=True),
            _Entry("session_list", _lazy("Sessions"), "list", primary=True),
            _Entry("action_list", _lazy("Actions"), "check"),
            _Entry("poll_list", _lazy("Polls"), "question"),
            _Entry("group_list", _lazy("Focus groups"), "people", "groups"),
            _Entry("form_list", _lazy("Forms"), "question", "groups"),
        ),
    ),
    (
        _REVIEW,
        (
            _Entry("material_list", _lazy("Materials"), "file"),
            _Entry("catalogue", _lazy("Catalogue"), "search"),
            _Entry("glossary_list", _lazy("Glossary"), "list"),
            _Entry("review_list", _lazy("Reviews"), "check", "reviews"),
            _Entry("change_list", _lazy("Changes"), "edit", "changes"),
            _Entry("quality_board", _lazy("Quality"), "chart"),
        ),
    ),
    (
        _LEARN,
        (
            _Entry("practice_list", _lazy("Good practices"), "check"),
            _Entry("idea_list", _lazy("Ideas"), "bulb"),
            _Entry("question_list", _lazy("Ask the CoP"), "question"),
            _Entry("talk_list", _lazy("Discussions"), "edit"),
            _Entry("story_list", _lazy("Stories"), "file"),
            _Entry("watch_list", _lazy("Change watch"), "warning"),
            _Entry("repertoire", _lazy("Repertoire"), "list"),
            _Entry("my_learning", _lazy("My learning"), "check"),
        ),
    ),
    (
        _COMMUNITY,
        (
            _Entry("person_list", _lazy("People"), "people", primary=True),
            _Entry("exchange_list", _lazy("Offers and needs"), "list"),
            _Entry("coffee", _lazy("Coffee"), "people"),
            _Entry("help_list", _lazy("Help given"), "check", "members"),
            _Entry("buddy_list", _lazy("Buddies"), "people", "coordinators"),
            _Entry("country_list", _lazy("Countries"), "globe"),
            _Entry("charter_list", _lazy("Charters"), "file"),
            _Entry("circle_list", _lazy("Circles"), "people"),
            _Entry("health_project", _lazy("Health"), "chart"),
        ),
    ),
    (
        _KEEP,
        (
            _Entry("report_list", _lazy("Reports"), "chart", "reports"),
            # The texts stand below the outbox's address; the longest address that fits wins.
            _Entry("mail_text_list", _lazy("Mail texts"), "edit", "manager"),
            _Entry("message_list", _lazy("Outbox"), "mail", "people"),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, empty for people who are not signed in, and `unread` notices."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.access.is_member:
        return {"nav": ()}
    place = _place(request.path)
    current = max((url for url in _urls() if _is_current(place, url)), key=len, default="")
    return {"nav": _items(_rights(user.access), current, get_language()), "unread": user.unread}


def _rights(access: Access) -> frozenset[str]:
    """Which entries beyond every member's a person sees."""
    shown = {
        "people": access.manages_people,
        "manager": access.is_manager,
        "members": bool(access.roles - {Role.PLATFORM_ADMIN}),
        "coordinators": access.plans_sessions,
        "reviews": _has_reviews(access),
        "changes": access.plans_sessions or Role.AUTHOR in access.roles,
        "reports": _acts_as(access, Role.COORDINATOR, Role.PARTNER),
        "groups": _acts_as(access, Role.COORDINATOR, Role.FACILITATOR),
    }
    return frozenset(name for name, is_shown in shown.items() if is_shown)


def _acts_as(access: Access, *roles: str) -> bool:
    return access.is_manager or bool(access.countries(*roles))


@lru_cache(maxsize=500)
def _items(rights: frozenset[str], current: str, _language: str | None) -> tuple[NavItem, ...]:
    """The entries that a combination of rights opens; the same tuple for the same page."""
    return tuple(
        NavItem(
            str(entry.label),
            reverse(entry.name),
            entry.icon,
            reverse(entry.name) == current,
            entry.primary,
            str(group),
            group is _MEET or any(reverse(entry.name) == current for entry in entries),
        )
        for group, entries in _GROUPS
        for entry in entries
        if not entry.right or entry.right in rights
    )


@cache
def _urls() -> tuple[str, ...]:
    """Where the entries lead."""
    return tuple(reverse(entry.name) for _group, entries in _GROUPS for entry in entries)


# What belongs to focus groups stands at addresses of its own.
_OF_GROUPS = (
    "/guides/",
    "/referral-cards/",
    "/consents/",
    "/participants/",
    "/coding/",
    "/themes/",
)

# Pages at addresses of their own, with the entry they belong to; the first that fits wins.
_STANDS_UNDER: tuple[tuple[tuple[str, ...], str], ...] = (
    (_OF_GROUPS, "group_list"),
    (("/versions/",), "material_list"),
    (("/lessons/",), "action_list"),
    (("/comments/",), "talk_list"),
    (("/briefs/",), "idea_list"),
    (("/certificates/",), "my_learning"),
    (("/communities/start/",), "circle_list"),
    (("/communities/", "/topics/", "/goals/", "/interest/"), "charter_list"),
)


def _has_reviews(access: Access) -> bool:
    """The entry stands where its page opens: for experts, authors and those who coordinate them."""
    return access.plans_sessions or bool({Role.EXPERT, Role.AUTHOR} & access.roles)


def _place(path: str) -> str:
    """Under which address a page stands: a version belongs to the materials, a guide to groups."""
    names = (name for starts, name in _STANDS_UNDER if path.startswith(starts))
    name = next(names, "")
    return reverse(name) if name else path


def _is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
