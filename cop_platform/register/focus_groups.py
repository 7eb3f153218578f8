"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
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
