"""Who is who in the demo."""

from __future__ import annotations

from experts.models import User


def user(name: str) -> User:
    """Somebody by the first half of the address: "manager", "coordinator.bg", "expert.it-02"."""
    return User.objects.get(email=f"{name}@demo.example")
