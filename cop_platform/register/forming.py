"""How communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_CHARTER = Route(Audience.MEMBER, shows="charter")
_DRAFT = Route(Audience.MEMBER, shows="charter draft")

ROUTES: dict[str, Route] = {
    "charter_list": MEMBER,
    "charter_detail": _CHARTER,
    "charter_compare": _CHARTER,
    "charter_accept": Route(Audience.MEMBER, shows="charter", post_only=True),
    "charter_edit": _DRAFT,
    "charter_open": _DRAFT,
    "charter_vote": _DRAFT,
    "charter_draft": Route(Audience.MEMBER, shows="community", post_only=True),
    "charter_drop": Route(Audience.MEMBER, shows="charter draft", post_only=True),
    "goal_new": Route(Audience.MEMBER, shows="community"),
    "goal_drop": Route(Audience.MEMBER, shows="goal", post_only=True),
    "session_aim": Route(Audience.MEMBER, shows="session"),
    "life_stage": Route(Audience.MEMBER, shows="community"),
    "topic_propose": MEMBER,
    "topic_answer": Route(Audience.MEMBER, shows="topic proposal"),
}
