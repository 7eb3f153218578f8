"""The goals of a charter that are bound to figures; whoever keeps charters registers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from experts.models import CommunityOfPractice


@dataclass(frozen=True)
class Goal:
    """What a community wants, and the key of the indicator that shows how far it is."""

    title: str
    indicator: str
    url: str = ""


GoalSource = Callable[[CommunityOfPractice], Iterable[Goal]]
_sources: list[GoalSource] = []


def register(source: GoalSource) -> None:
    """Adds a source, called with the community; in AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def goals_for(cop: CommunityOfPractice) -> list[Goal]:
    """The goals of a community that figures can speak to."""
    return [goal for source in _sources for goal in source(cop)]
