"""Members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from cop_platform.common.routes import Route

ROUTES: dict[str, Route] = {}
