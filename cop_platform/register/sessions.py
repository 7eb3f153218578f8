"""Sessions, the calendar, polls, series."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    # sessions
    "session_calendar": MEMBER,
    "session_list": MEMBER,
    "session_new": Route(Audience.COORDINATOR),
    "session_detail": Route(Audience.MEMBER, shows="session"),
    "session_edit": Route(Audience.MEMBER, shows="session"),
    "session_cancel": Route(Audience.MEMBER, shows="session"),
    "session_move": Route(Audience.MEMBER, shows="session"),
    "session_invite": Route(Audience.MEMBER, shows="session"),
    "session_mails": Route(Audience.MEMBER, shows="session"),
    "session_seats": Route(Audience.MEMBER, shows="session"),
    "session_undo": Route(Audience.MEMBER, shows="undo window", post_only=True),
    "invitation_answer": Route(Audience.MEMBER, shows="session invitation", post_only=True),
    "session_answer": Route(Audience.GUEST, shows="session invitation", translated=True),
    "library_list": MEMBER,
    "kind_edit": Route(Audience.MEMBER, shows="kind template"),
    "method_edit": Route(Audience.MEMBER, shows="method"),
    "room_list": Route(Audience.COORDINATOR),
    "room_edit": Route(Audience.COORDINATOR, shows="room"),
    # polls and fair times
    "fair_times": Route(Audience.COORDINATOR),
    "busy_list": MEMBER,
    "busy_remove": Route(Audience.MEMBER, shows="busy period", post_only=True),
    "poll_list": MEMBER,
    "poll_new": Route(Audience.COORDINATOR),
    "poll_detail": Route(Audience.MEMBER, shows="poll"),
    "poll_edit": Route(Audience.MEMBER, shows="poll"),
    "poll_ask": Route(Audience.MEMBER, shows="poll"),
    "poll_vote": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_nudge": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_close": Route(Audience.MEMBER, shows="poll"),
    "poll_end": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_answer": Route(Audience.GUEST, shows="poll voter", translated=True),
    # series of sessions
    "series_new": Route(Audience.COORDINATOR),
    "series_detail": Route(Audience.MEMBER, shows="series"),
    "series_invite": Route(Audience.MEMBER, shows="series"),
    "series_bring_back": Route(Audience.MEMBER, shows="series"),
    "series_change": Route(Audience.MEMBER, shows="series session"),
    "series_cancel": Route(Audience.MEMBER, shows="series session"),
    "series_answer": Route(Audience.GUEST, shows="series invitation", translated=True),
    "invitation_take_back": Route(Audience.MEMBER, shows="session invitation", post_only=True),
    "proposal_decide": Route(Audience.COORDINATOR, shows="proposal", post_only=True),
    "mail_review": Route(Audience.COORDINATOR),
    "mail_count": Route(Audience.COORDINATOR, shows="inbound mail", post_only=True),
    "mail_set_aside": Route(Audience.COORDINATOR, shows="inbound mail", post_only=True),
    "session_import": Route(Audience.COORDINATOR),
    "feed_list": MEMBER,
    "feed_alarm": Route(Audience.MEMBER, shows="feed", post_only=True),
    "feed_rotate": Route(Audience.MEMBER, shows="feed", post_only=True),
    "feed": Route(Audience.GUEST, shows="feed"),
}
