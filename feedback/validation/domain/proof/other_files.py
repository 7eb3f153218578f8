"""What other rooms know of a file by its hash; each registers its own look-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FileAnswer:
    """An answer for the verification page: a template of the room, and what it shows."""

    template: str
    context: Mapping[str, Any]


LookUp = Callable[[str], list[FileAnswer]]
_look_ups: list[LookUp] = []


def register(look_up: LookUp) -> None:
    """Adds a room's look-up; called in AppConfig.ready."""
    if look_up not in _look_ups:
        _look_ups.append(look_up)


def answers(sha256: str) -> list[FileAnswer]:
    """Everything that is known of the file with this hash."""
    return [answer for look_up in _look_ups for answer in look_up(sha256)]
