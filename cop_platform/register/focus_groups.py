"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    # consents and receipts
    "consent_list": MEMBER,
    "consent_new": MEMBER,
    "consent_words": MEMBER,
    "consent_sound": Route(Audience.MEMBER, shows="consent text"),
    "group_consent": Route(Audience.MEMBER, shows="group capture"),
    "participant_consent": Route(Audience.MEMBER, shows="participant"),
    "guest_receipt": Route(Audience.PUBLIC, translated=True),
}
