"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import Audience, Route

# By the token in the address alone; the language is the page's own, not the screens'.
_EASY = Route(Audience.GUEST, shows="easy form link", translated=True)

ROUTES: dict[str, Route] = {
    "easy_form": _EASY,
    "easy_question": _EASY,
    "easy_last": _EASY,
    "easy_end": _EASY,
    "easy_question_sound": _EASY,
    "easy_purpose_sound": _EASY,
}
