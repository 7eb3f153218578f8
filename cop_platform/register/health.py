"""How healthy the communities are."""

from __future__ import annotations

from cop_platform.common.routes import Route

ROUTES: dict[str, Route] = {}
