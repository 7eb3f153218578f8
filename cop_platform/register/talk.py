"""Comments on anything, follows, moderation."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_SHOWN = Route(Audience.MEMBER, shows="comment")
_DONE = Route(Audience.MEMBER, shows="comment", post_only=True)
_MODERATED = Route(Audience.COORDINATOR, shows="comment", post_only=True)

ROUTES: dict[str, Route] = {
    "talk_list": MEMBER,
    "talk_all_read": Route(Audience.MEMBER, post_only=True),
    "talk_thread": Route(Audience.MEMBER, shows="discussion"),
    "talk_follow": Route(Audience.MEMBER, shows="discussion", post_only=True),
    "moderation_list": Route(Audience.COORDINATOR),
    "comment_detail": _SHOWN,
    "comment_edit": _SHOWN,
    "comment_delete": _DONE,
    "comment_restore": _DONE,
    "comment_translate": _SHOWN,
    "comment_report": _SHOWN,
    "comment_take_down": Route(Audience.COORDINATOR, shows="comment"),
    "comment_put_back": _MODERATED,
    "comment_keep": _MODERATED,
}
