"""Promises of one country or several, what a look back taught, and the goals they serve."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_ACTION = Route(Audience.MEMBER, shows="action")
_LESSON = Route(Audience.MEMBER, shows="lesson")

ROUTES: dict[str, Route] = {
    "action_list": MEMBER,
    "action_new": MEMBER,
    "action_detail": _ACTION,
    "action_edit": _ACTION,
    "action_done": Route(Audience.MEMBER, shows="action", post_only=True),
    "action_drop": _ACTION,
    "action_handover": Route(Audience.MEMBER, shows="owner of actions"),
    "action_handed": Route(Audience.MEMBER, shows="hand-over of actions"),
    "action_handed_undo": Route(Audience.MEMBER, shows="hand-over of actions", post_only=True),
    "goal_detail": Route(Audience.MEMBER, shows="goal"),
    "lesson_list": MEMBER,
    "lesson_detail": _LESSON,
    "lesson_edit": _LESSON,
    "lesson_owner": _LESSON,
    "lesson_changed": _LESSON,
    "lesson_new": Route(Audience.MEMBER, shows="review session"),
}
