"""Who goes well with whom, by what people say of themselves; pure, so that every reason shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.domain.people import wording

# A buddy who looks after so many has no room for one more.
MOST_NEWCOMERS = 3


@dataclass(frozen=True)
class Member:
    """A person as fitting sees them; `load` is how many newcomers they look after."""

    id: int
    name: str
    country_id: int | None
    country: str
    languages: frozenset[str]
    profession: str = ""
    profession_name: str = ""
    groups: frozenset[str] = frozenset()
    ask_me_about: str = ""
    load: int = 0


@dataclass(frozen=True)
class Fit:
    """Somebody who fits, how well, and why in sentences."""

    member: Member
    score: int
    reasons: tuple[str, ...]


def buddies(newcomer: Member, members: Iterable[Member]) -> list[Fit]:
    """Who could be asked to look after a newcomer, the best first.

    A shared language is needed; one's own country comes first, then the profession, the groups
    worked with, and a light load.
    """
    found = [
        Fit(
            other,
            10 * (other.country_id == newcomer.country_id)
            + _likeness(newcomer, other)
            - other.load,
            _reasons(newcomer, other, near=True),
        )
        for other in members
        if other.id != newcomer.id
        and newcomer.languages & other.languages
        and other.load < MOST_NEWCOMERS
    ]
    return _best_first(found)


def to_know(newcomer: Member, members: Iterable[Member]) -> list[Fit]:
    """Whom a newcomer might get to know: other countries first, a country at a time."""
    found = _best_first(
        Fit(other, _likeness(newcomer, other), _reasons(newcomer, other, near=False))
        for other in members
        if other.id != newcomer.id and newcomer.languages & other.languages
    )
    abroad = [fit for fit in found if fit.member.country_id != newcomer.country_id]
    first_of_each = {fit.member.country_id: fit for fit in reversed(abroad)}
    spread = _best_first(first_of_each.values())
    rest = [fit for fit in abroad if fit not in spread]
    near = [fit for fit in found if fit.member.country_id == newcomer.country_id]
    return [*spread, *rest, *near]


def _best_first(fits: Iterable[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: (-fit.score, fit.member.load, fit.member.id))


def _likeness(one: Member, other: Member) -> int:
    same_work = bool(one.profession) and one.profession == other.profession
    home = one.languages & other.languages - {"en"}
    return 2 * same_work + bool(one.groups & other.groups) + bool(home) + bool(other.ask_me_about)


def _reasons(one: Member, other: Member, *, near: bool) -> tuple[str, ...]:
    """Why the two fit, the most telling first."""
    said = []
    if near and one.country_id == other.country_id:
        said.append(_("Works in the same country"))
    if one.profession and one.profession == other.profession:
        said.append(_("Has the same role: %(role)s") % {"role": other.profession_name})
    elif one.groups & other.groups:
        said.append(_("Works with the same groups"))
    shared = one.languages & other.languages
    if shared:
        said.append(_("Speaks %(languages)s too") % {"languages": wording.languages(shared)})
    if near and other.load:
        said.append(
            ngettext(
                "Looks after %(n)d newcomer already",
                "Looks after %(n)d newcomers already",
                other.load,
            )
            % {"n": other.load}
        )
    return tuple(said)
