"""What changes in law and policy, and what of ours it touches."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_ITEM = Route(Audience.MEMBER, shows="watch item")
_ITEM_POST = Route(Audience.MEMBER, shows="watch item", post_only=True)

ROUTES: dict[str, Route] = {
    "watch_list": MEMBER,
    "watch_new": MEMBER,
    "watch_detail": _ITEM,
    "watch_edit": _ITEM,
    "watch_close": _ITEM_POST,
    "watch_add": _ITEM_POST,
    "watch_settle": Route(Audience.MEMBER, shows="watch target", post_only=True),
}
