"""What the pages about health show, ready for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cop_platform.common.panels import Panel
from experts import reference
from experts.models import CommunityOfPractice, Country, User
from practices import permissions
from practices.domain.health import goals, silent, suggestions, wording
from practices.domain.health import kept as kept_figures
from practices.domain.health.figure import LEAST
from practices.domain.health.indicators import BY_KEY
from practices.domain.health.kept import Health
from practices.domain.health.map import TieMap, draw
from practices.domain.health.silent import Quiet
from practices.domain.health.wording import Said

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Taking part"),
        ("participation", "levels", "retention", "activation", "voice"),
    ),
    (
        _("Helping each other"),
        ("reciprocity", "cross_country", "interaction", "first_answer", "slow_answer", "waiting"),
    ),
    (
        _("Learning and changing"),
        ("reuse", "ideas_acted", "ideas_answered", "loop", "told", "validated", "value"),
    ),
    (_("Meeting regularly"), ("rhythm", "covered")),
    (_("How people feel about it"), ("pulse_useful", "pulse_heard", "pulse_will_use")),
)
COMPARED = (
    "participation",
    "retention",
    "voice",
    "cross_country",
    "reciprocity",
    "first_answer",
    "reuse",
    "ideas_answered",
    "rhythm",
    "covered",
    "validated",
    "pulse_heard",
)
IN_PANEL = ("participation", "cross_country", "covered")


@dataclass(frozen=True)
class Group:
    """Figures that belong together; `without` are reasons why others have no value, with their
    names.
    """

    label: Any
    figures: tuple[Said, ...]
    without: tuple[tuple[str, list[Any]], ...]


@dataclass(frozen=True)
class Compared:
    """An indicator beside itself: the project's cell, then one for each country; a value, or why
    there is none.
    """

    label: Any
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class QuietList:
    """Members nobody has heard of: `said` is their number in words, names only where allowed."""

    n: int
    said: str
    people: tuple[Quiet, ...]
    may_see: bool


def groups(health: Health, country: int | None = None) -> list[Group]:
    said = {one.indicator.key: wording.say(one) for one in health.figures(country)}
    return [_group(label, [said[key] for key in keys if key in said]) for label, keys in GROUPS]


def _group(label: Any, figures: list[Said]) -> Group:
    without: dict[str, list[Any]] = {}
    for one in figures:
        if not one.value:
            without.setdefault(one.why, []).append(one.indicator.label)
    return Group(label, tuple(one for one in figures if one.value), tuple(without.items()))


def advice(health: Health, cop: CommunityOfPractice | None, country: int | None = None) -> list:
    """Suggestions for weak figures, tied to the goals of the community's charter."""
    wanted = goals.goals_for(cop) if cop else []
    return suggestions.of(health.figures(country), wanted)


def comparison(health: Health, countries: Sequence[Country]) -> list[Compared]:
    """Countries side by side, in the order of their codes: nobody is first."""
    found = []
    for key in COMPARED:
        said = [wording.say(health.figure(key, country.pk)) for country in countries]
        project = wording.say(health.figure(key))
        cells = tuple((one.value, one.why) for one in (project, *said))
        found.append(Compared(project.indicator.label, cells))
    return found


def tie_map(health: Health, countries: Sequence[Country]) -> TieMap:
    return draw(countries, health.ties, health.isolated)


def isolated(health: Health) -> list[Country]:
    """Communities without any tie to another one."""
    return [country for country in reference.countries() if country.pk in health.isolated]


def quiet(health: Health, user: User, country: Country, at: datetime) -> QuietList:
    """How many were not heard of; who they are only for their own coordinators."""
    keys = health.quiet.get(country.pk, ())
    may_see = permissions.may_see_quiet.allows(user, country.pk)
    people = tuple(silent.named(keys, country.pk, at)) if may_see and keys else ()
    n = len(keys)
    return QuietList(n, str(n) if n >= LEAST else str(_("fewer than 5")), people, may_see)


def slopes(health: Health) -> list[tuple[Any, str]]:
    """How each question of the pulse moves from quarter to quarter, in points."""
    return [
        (BY_KEY[f"pulse_{question}"].label, f"{round(slope, 1) + 0.0:+.1f}")
        for question, slope in health.slopes.items()
        if slope is not None
    ]


def panels_of(user: User, country: Country) -> list[Panel]:
    """Three figures on a country's page, as far as they were counted, and the way to all."""
    health = kept_figures.if_kept()
    context: dict[str, Any] = {"country": country}
    if health is not None and country.pk in health.pairs:
        said = [wording.say(health.figure(key, country.pk)) for key in IN_PANEL]
        context |= {"figures": said, "is_isolated": country.pk in health.isolated}
    return [Panel("practices/_health_panel.html", context)]
