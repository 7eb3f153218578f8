"""Good practices: the list, cards in versions, checks, adoptions."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_PRACTICE = Route(Audience.MEMBER, shows="practice")
_VERSION = Route(Audience.MEMBER, shows="practice version")
_DRAFT = Route(Audience.MEMBER, shows="practice draft")

ROUTES: dict[str, Route] = {
    "practice_list": MEMBER,
    "practice_new": MEMBER,
    "thrown_away": MEMBER,
    "practice_csv": MEMBER,
    "practice_xlsx": MEMBER,
    "practice_detail": _PRACTICE,
    "practice_about": _PRACTICE,
    "practice_revise": _PRACTICE,
    "practice_raise": Route(Audience.MEMBER, shows="practice", post_only=True),
    "practice_retire": _PRACTICE,
    "practice_adopt": _PRACTICE,
    "practice_version": _VERSION,
    "practice_words": _VERSION,
    "practice_edit": _DRAFT,
    "practice_discard": Route(Audience.MEMBER, shows="practice draft", post_only=True),
    "practice_take_back": Route(Audience.MEMBER, shows="practice draft", post_only=True),
    "practice_submit": Route(Audience.MEMBER, shows="practice draft", post_only=True),
    "practice_check": Route(Audience.MEMBER, shows="practice to check"),
    "adoption_report": Route(Audience.MEMBER, shows="adoption"),
}
