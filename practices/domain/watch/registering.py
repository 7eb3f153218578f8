"""What the change watch brings to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs
from practices.domain.watch import needs as own_needs


def register() -> None:
    """Called once, when the app is ready."""
    needs.register(own_needs.of, own_needs.asks)
