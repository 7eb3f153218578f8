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
