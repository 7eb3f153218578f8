"""Who fits a question: a pure function of plain values, the same every time it is asked.

Points are added for what a person can be asked about, their work, groups and languages, and taken
off for questions that wait for them. Nobody of the asker's country, nobody who is away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

MOST = 5
FEWEST = 3

_WORD = re.compile(r"[^\W\d_]{4,}")
# Two words that begin alike mean the same: "certificate" and "certificates".
_STEM = 5
_SAY_NOTHING = frozenset(
    word
    for line in (
        "about after again asked being could does doing first from have helps into like make",
        "more most need needs never only other people person should some somebody someone start",
        "that their them then there these they this what when where which while whom with without",
        "work works would your migrant migrants question portfolio portfolios three four five week",
        "weeks year years small smallest thing things stay stays begin begins",
    )
    for word in line.split()
)


@dataclass(frozen=True)
class Case:
    """What is asked, as far as it says whom to ask; `countries` are those of the asker."""

    asker: int
    countries: frozenset[int]
    words: str
    languages: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """An expert: `waiting` is the number of questions put to them that they have not answered.

    From `away_from` to `away_until`, both included, nobody asks them; a missing end is open.
    """

    person: int
    country: int | None
    ask_about: str
    profession: str
    languages: frozenset[str]
    groups: frozenset[str]
    waiting: int = 0
    away_from: date | None = None
    away_until: date | None = None

    def is_away(self, today: date) -> bool:
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from or date.min) <= today <= (self.away_until or date.max)


@dataclass(frozen=True)
class Reason:
    """Why somebody fits: `why` is words, profession, groups, languages or free.

    `what` says which words, groups or languages.
    """

    why: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """Somebody to ask, with the reasons, the weightiest first."""

    person: int
    points: int
    reasons: tuple[Reason, ...]


def propose(
    case: Case, candidates: Iterable[Candidate], today: date, *, most: int = MOST
) -> list[Fit]:
    """At most `most` people, the best first: three where there are three, more where they fit.

    Among people who fit alike, countries that were not named yet come first, then the person whose
    key is smaller.
    """
    eligible = {one.person: one for one in candidates if _may_be_asked(one, case, today)}
    fits = {person: _fit(case, one) for person, one in eligible.items()}
    chosen: list[Fit] = []
    named: Counter[int | None] = Counter()
    while fits and len(chosen) < min(most, MOST):
        best = min(fits.values(), key=lambda fit: _order(fit, named[eligible[fit.person].country]))
        if best.points <= 0 and len(chosen) >= FEWEST:
            break
        chosen.append(fits.pop(best.person))
        named[eligible[best.person].country] += 1
    return chosen


def _may_be_asked(one: Candidate, case: Case, today: date) -> bool:
    abroad = one.country is not None and one.country not in case.countries
    return abroad and one.person != case.asker and not one.is_away(today)


def _order(fit: Fit, from_there: int) -> tuple[int, int]:
    return (2 * from_there - fit.points, fit.person)


def _fit(case: Case, one: Candidate) -> Fit:
    scored = list(_scored(case, one))
    points = sum(points for points, _reason in scored) - 2 * one.waiting
    if not case.languages & one.languages:
        points -= 8
    reasons = [reason for _points, reason in sorted(scored, key=lambda pair: -pair[0])]
    return Fit(one.person, points, tuple(reasons))


def _scored(case: Case, one: Candidate) -> Iterator[tuple[int, Reason]]:
    asked = stems(case.words)
    known = stems(one.ask_about)
    shared = sorted(known[stem] for stem in known.keys() & asked.keys())
    if shared:
        yield 4 * min(len(shared), 3), Reason("words", tuple(shared))
    if stems(one.profession.replace("_", " ")).keys() & asked.keys():
        yield 5, Reason("profession", (one.profession,))
    if groups := sorted(case.groups & one.groups):
        yield 2 * min(len(groups), 2), Reason("groups", tuple(groups))
    if languages := sorted(case.languages & one.languages):
        yield 3 if languages != ["en"] else 2, Reason("languages", tuple(languages))
    if not one.waiting:
        yield 1, Reason("free")


def stems(text: str) -> dict[str, str]:
    """The telling words of a text by how they begin."""
    words = (found.group().casefold() for found in _WORD.finditer(text))
    return {word[:_STEM]: word for word in words if word not in _SAY_NOTHING}
