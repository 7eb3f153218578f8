"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

# By the token in the address alone; the language is the page's own, not the screens'.
_EASY = Route(Audience.GUEST, shows="easy form link", translated=True)

ROUTES: dict[str, Route] = {
    "easy_form": _EASY,
    "easy_question": _EASY,
    "easy_last": _EASY,
    "easy_end": _EASY,
    "easy_question_sound": _EASY,
    "easy_purpose_sound": _EASY,
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
    # coding and themes
    "codebook": MEMBER,
    "codebook_csv": MEMBER,
    "code_new": MEMBER,
    "code_edit": Route(Audience.MEMBER, shows="code"),
    "merge_decide": Route(Audience.MEMBER, shows="merge proposal", post_only=True),
    "group_coding": Route(Audience.MEMBER, shows="group capture"),
    "theme_list": MEMBER,
    "theme_new": MEMBER,
    "theme_detail": Route(Audience.MEMBER, shows="theme"),
    "theme_edit": Route(Audience.MEMBER, shows="theme"),
}
