"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import Audience, Route

ROUTES: dict[str, Route] = {
    # what was said in a group
    "group_capture": Route(Audience.MEMBER, shows="group capture"),
    "capture_lines": Route(Audience.MEMBER, shows="group capture"),
    "capture_print": Route(Audience.MEMBER, shows="group capture"),
    "capture_csv": Route(Audience.MEMBER, shows="group capture"),
    "capture_xlsx": Route(Audience.MEMBER, shows="group capture"),
    "group_check": Route(Audience.MEMBER, shows="group capture"),
    "group_priorities": Route(Audience.MEMBER, shows="group capture"),
    "priority_give": Route(Audience.MEMBER, shows="group capture", post_only=True),
    "group_recording": Route(Audience.MEMBER, shows="group capture"),
    "recording_sound": Route(Audience.MEMBER, shows="group capture"),
    "recording_transcript": Route(Audience.MEMBER, shows="group capture", post_only=True),
    "recording_delete": Route(Audience.MEMBER, shows="group capture", post_only=True),
    "quote_edit": Route(Audience.MEMBER, shows="quote"),
    "quote_delete": Route(Audience.MEMBER, shows="quote"),
from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    # plans, attendance lists, referral cards
    "group_list": MEMBER,
    "group_plan": Route(Audience.MEMBER, shows="session"),
    "group_detail": Route(Audience.MEMBER, shows="focus group"),
    "group_edit": Route(Audience.MEMBER, shows="focus group"),
    "group_told": Route(Audience.MEMBER, shows="focus group"),
    "group_numbers": Route(Audience.MEMBER, shows="focus group"),
    "group_close": Route(Audience.MEMBER, shows="focus group", post_only=True),
    "group_reopen": Route(Audience.MEMBER, shows="focus group", post_only=True),
    "attendance_list": Route(Audience.MEMBER, shows="group capture"),
    "attendance_mark": Route(Audience.MEMBER, shows="group capture", post_only=True),
    "attendance_sheet": Route(Audience.MEMBER, shows="group capture"),
    "referral_card": Route(Audience.MEMBER, shows="country"),
    "referral_print": Route(Audience.MEMBER, shows="country"),
    # guides
    "guide_list": MEMBER,
    "guide_new": MEMBER,
    "guide_detail": Route(Audience.MEMBER, shows="guide"),
    "guide_edit": Route(Audience.MEMBER, shows="guide"),
    "guide_revise": Route(Audience.MEMBER, shows="guide", post_only=True),
    "guide_retire": Route(Audience.MEMBER, shows="guide", post_only=True),
    "guide_piloted": Route(Audience.MEMBER, shows="guide", post_only=True),
    "guide_words": Route(Audience.MEMBER, shows="guide"),
    "guide_print": Route(Audience.MEMBER, shows="guide"),
    "guide_question_new": Route(Audience.MEMBER, shows="guide"),
    "guide_question_edit": Route(Audience.MEMBER, shows="guide question"),
    "guide_question_move": Route(Audience.MEMBER, shows="guide question", post_only=True),
    "guide_question_delete": Route(Audience.MEMBER, shows="guide question", post_only=True),
}
