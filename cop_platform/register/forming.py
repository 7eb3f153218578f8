"""How communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from cop_platform.common.routes import Route

ROUTES: dict[str, Route] = {}
