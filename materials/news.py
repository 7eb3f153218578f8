"""A registry: upper apps hear that the pages of a version were drawn, first or anew."""

from __future__ import annotations

from collections.abc import Callable

# Is called with the id of the version, inside the transaction that wrote its pages.
Listener = Callable[[int], None]

_listeners: list[Listener] = []


def on_drawn(listener: Listener) -> None:
    """Called once per listener from AppConfig.ready; a second call with the same one is ignored."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_drawn(version_id: int) -> None:
    """Tells everybody who listens, in the order in which they registered."""
    for listener in _listeners:
        listener(version_id)
