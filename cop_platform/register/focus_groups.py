"""Focus groups, their guides and codes, and forms by link."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    # how long things are kept
    "retention": MEMBER,
    "retention_edit": Route(Audience.MEMBER, shows="retention rule"),
}
