"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

# By the token in the address alone; the language is the page's own, not the screens'.
_EASY = Route(Audience.GUEST, shows="easy form link", translated=True)

ROUTES: dict[str, Route] = {
    # consents and receipts
    "consent_list": MEMBER,
    "consent_new": MEMBER,
    "consent_words": MEMBER,
    "consent_sound": Route(Audience.MEMBER, shows="consent text"),
    "group_consent": Route(Audience.MEMBER, shows="group capture"),
    "participant_consent": Route(Audience.MEMBER, shows="participant"),
    "guest_receipt": Route(Audience.PUBLIC, translated=True),
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
    # easy forms
    "easy_form": _EASY,
    "easy_question": _EASY,
    "easy_last": _EASY,
    "easy_end": _EASY,
    "easy_question_sound": _EASY,
    "easy_purpose_sound": _EASY,
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
