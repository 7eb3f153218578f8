"""Panels beside each other: which are compared on an item, and where a difference may come from.

A country is compared with the others that read the same edition: there a difference is a question
of the content. An edition is compared with the version it is made of: there it is one of the
translation, unless only one country read it, when nobody can tell the two apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.utils.translation import gettext as _

from feedback.validation import shifts
from feedback.validation.shifts import Panel


class Edition(Protocol):
    """What is compared of a version, whether it is a row or a report's fact."""

    @property
    def pk(self) -> int: ...

    @property
    def source_id(self) -> int | None: ...

    def get_language_display(self) -> str: ...


class Place(Protocol):
    """What is compared of a country."""

    @property
    def pk(self) -> int | str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Cell:
    """A panel: the experts of one country with one edition."""

    version: Edition
    country: Place

    @property
    def name(self) -> str:
        return f"{self.country.name} ({self.version.get_language_display()})"


@dataclass(frozen=True)
class Compared:
    """One test on one item; `question` says what a flagged difference may come from.

    `q` is its p, corrected together with all others of the page.
    """

    name: str
    against: str
    ours: Panel
    theirs: Panel
    question: str
    q: float = 1.0

    @property
    def p(self) -> float:
        return shifts.exact_p(self.ours, self.theirs)

    @property
    def least(self) -> float:
        """The smallest p this comparison could have given."""
        return shifts.least_p(self.ours, self.theirs)

    @property
    def flagged(self) -> bool:
        return self.q <= shifts.ALPHA

    @property
    def sentence(self) -> str:
        """Both panels in whole numbers, and the corrected p."""
        return _(
            "%(name)s: %(a)d of %(n)d relevant; %(against)s: %(b)d of %(m)d (corrected p %(q)s)."
        ) % {
            "name": self.name,
            "against": self.against,
            "a": self.ours[0],
            "n": self.ours[1],
            "b": self.theirs[0],
            "m": self.theirs[1],
            "q": _p(self.q),
        }

    @property
    def interval(self) -> str:
        """The difference of the two shares in points, with its interval."""
        found = shifts.difference(self.ours, self.theirs)
        if found.low is None or found.high is None:
            return ""
        points = self.ours[0] / self.ours[1] - self.theirs[0] / self.theirs[1]
        return _("%(points)+.0f points (95 %%: %(low)+.0f to %(high)+.0f)") % {
            "points": 100 * points,
            "low": 100 * found.low,
            "high": 100 * found.high,
        }


def tests(rated: Mapping[Cell, Panel]) -> tuple[Compared, ...]:
    """All comparisons of an item among the panels that rated it; not corrected yet."""
    return (*_by_country(rated), *_by_language(rated))


def corrected(found: Iterable[tuple[Compared, ...]]) -> list[tuple[Compared, ...]]:
    """The tests of several items, all of them corrected together."""
    items = list(found)
    every = [test for item in items for test in item]
    raised = iter(shifts.corrected([test.p for test in every], [test.least for test in every]))
    return [tuple(replace(test, q=next(raised)) for test in item) for item in items]


def _by_country(rated: Mapping[Cell, Panel]) -> Iterator[Compared]:
    """Each country against the others with the same edition; two are compared once."""
    for mine in _by_version(rated).values():
        for place, cell in enumerate(mine):
            others = [other for other in mine if other != cell]
            if not others or (len(mine) == 2 and place):
                continue
            theirs = _pooled(rated[other] for other in others)
            yield Compared(
                name=cell.country.name,
                against=others[0].country.name if len(others) == 1 else _("the other countries"),
                ours=rated[cell],
                theirs=theirs,
                question=_("A question of the content: all read the same edition."),
            )


def _by_language(rated: Mapping[Cell, Panel]) -> Iterator[Compared]:
    """Each edition against the version it is made of."""
    versions = _by_version(rated)
    for mine in versions.values():
        source = versions.get(mine[0].version.source_id or 0)
        if source is None:
            continue
        ours = _pooled(rated[cell] for cell in mine)
        theirs = _pooled(rated[cell] for cell in source)
        shared = {cell.country.pk for cell in mine} & {cell.country.pk for cell in source}
        apart = len(mine) > 1 or bool(shared)
        yield Compared(
            name=mine[0].version.get_language_display(),
            against=source[0].version.get_language_display(),
            ours=ours,
            theirs=theirs,
            question=_("A question of the translation.")
            if apart
            else _(
                "A question of the translation or of the content: only %(country)s read this "
                "edition."
            )
            % {"country": mine[0].country.name},
        )


def _by_version(rated: Mapping[Cell, Panel]) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = defaultdict(list)
    for cell in rated:
        found[cell.version.pk].append(cell)
    return found


def _pooled(panels: Iterable[Panel]) -> Panel:
    some = list(panels)
    return sum(a for a, _n in some), sum(n for _a, n in some)


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"
