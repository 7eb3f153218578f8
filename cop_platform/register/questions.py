"""Questions put to the community, and their answers."""

from __future__ import annotations

from cop_platform.common.routes import Route

ROUTES: dict[str, Route] = {}
