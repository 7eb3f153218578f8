"""How communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_CHARTER = Route(Audience.MEMBER, shows="charter")
_DRAFT = Route(Audience.MEMBER, shows="charter draft")
_CIRCLE = Route(Audience.MEMBER, shows="circle")

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
    "handover": Route(Audience.COORDINATOR, shows="community"),
    "start_cop": MEMBER,
    "circle_list": MEMBER,
    "circle_new": MEMBER,
    "circle_detail": _CIRCLE,
    "circle_session": _CIRCLE,
    "circle_join": Route(Audience.MEMBER, shows="circle", post_only=True),
    "circle_leave": Route(Audience.MEMBER, shows="circle", post_only=True),
    "interest_new": Route(Audience.COORDINATOR, shows="community"),
    "interest_detail": Route(Audience.COORDINATOR, shows="interest poll"),
    "interest_renew": Route(Audience.COORDINATOR, shows="interest poll", post_only=True),
    "interest_answer": Route(Audience.GUEST, shows="interest link", translated=True),
    "topic_propose": MEMBER,
    "topic_answer": Route(Audience.MEMBER, shows="topic proposal"),
}
