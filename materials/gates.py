"""A registry: an upper app says what keeps a version from being released, and what excuses it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cop_platform.common.refusals import NotPossible

if TYPE_CHECKING:
    from experts.models import User
    from materials.models import Version


@dataclass(frozen=True)
class Obstacle:
    """Why a version cannot be released yet; `url` is where that is settled, `action` its link.

    Without an address there is nothing this person could do about it.
    """

    sentence: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Gate:
    """Who has a say about releasing.

    `obstacles` are the open points of a version, with links for this person; `waivers` the reasons
    for which versions may be released in spite of open points, by the key of the version.
    """

    obstacles: Callable[[Version, User, datetime], Iterable[Obstacle]]
    waivers: Callable[[Collection[int]], dict[int, list[str]]]


class NotReleasable(NotPossible):
    """Something is still open; `obstacles` names each."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(one.sentence for one in obstacles))
        self.obstacles = obstacles


_gates: list[Gate] = []


def register(gate: Gate) -> None:
    """Called once per gate from AppConfig.ready; a second call with the same one is ignored."""
    if gate not in _gates:
        _gates.append(gate)


def obstacles(version: Version, user: User, at: datetime) -> list[Obstacle]:
    """Everything that keeps the version from being released, in the order of registration."""
    return [one for gate in _gates for one in gate.obstacles(version, user, at)]


def check(version: Version, user: User, at: datetime) -> None:
    """Raises NotReleasable while something is open."""
    if found := obstacles(version, user, at):
        raise NotReleasable(found)


def waivers(versions: Collection[int]) -> dict[int, list[str]]:
    """The reasons of all waivers that hold, by version; a version without one is missing."""
    found: dict[int, list[str]] = {}
    for gate in _gates:
        for pk, reasons in gate.waivers(versions).items():
            found.setdefault(pk, []).extend(reasons)
    return found
