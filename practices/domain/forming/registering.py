"""What this part registers at start."""

from __future__ import annotations

from cop_platform.common import needs, periodic
from practices.domain.forming import needs as own_needs
from practices.domain.forming import voting


def register() -> None:
    """Called once, when the app is ready."""
    needs.register(own_needs.of)
    periodic.register("charter votes", voting.settle_due)
