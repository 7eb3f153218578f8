"""Members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_POST = Route(Audience.MEMBER, post_only=True)

ROUTES: dict[str, Route] = {
    "welcome": MEMBER,
    "buddy_list": Route(Audience.COORDINATOR),
    "person_buddy": Route(Audience.MEMBER, shows="person", post_only=True),
    "person_thank": Route(Audience.MEMBER, shows="person"),
    "thanks_show": Route(Audience.MEMBER, shows="thanks", post_only=True),
    "stream_choice": _POST,
    "coffee": MEMBER,
    "coffee_choice": _POST,
    "coffee_round": Route(Audience.COORDINATOR, post_only=True),
    "coffee_met": Route(Audience.MEMBER, shows="coffee pair", post_only=True),
    "exchange_list": MEMBER,
    "exchange_new": MEMBER,
    "exchange_close": Route(Audience.MEMBER, shows="offer or need", post_only=True),
    "exchange_contact": Route(Audience.MEMBER, shows="offer or need"),
    "help_list": MEMBER,
    "help_delete": Route(Audience.MEMBER, shows="line of help", post_only=True),
}
