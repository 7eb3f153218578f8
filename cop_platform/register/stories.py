"""Stories that members tell."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_STORY = Route(Audience.MEMBER, shows="story")

ROUTES: dict[str, Route] = {
    "story_list": MEMBER,
    "story_new": MEMBER,
    "story_detail": _STORY,
    "story_edit": _STORY,
    "story_take_back": Route(Audience.MEMBER, shows="story", post_only=True),
    "story_words": _STORY,
    "story_clip": _STORY,
}
