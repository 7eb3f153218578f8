"""The door for upper apps: who was asked to read a version before it is released."""

from __future__ import annotations

from materials.readers import Source, asked_to_read, register

__all__ = ["Source", "asked_to_read", "register"]
