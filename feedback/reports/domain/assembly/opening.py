"""What stands before the sections: the whole report on a page, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Heading,
    Note,
    Paragraph,
    Sign,
    Stats,
)
from cop_platform.common.reporting.sections import Head, Section
from feedback.reports.domain.assembly import plan
from feedback.reports.domain.facts import Dataset

T = TypeVar("T")
# What fits on one page.
_STATS, _SENTENCES, _HIGHLIGHTS, _EASY = 5, 6, 3, 12


def summary(dataset: Dataset) -> Chapter:
    """One page: numbers, the sample, how it came out, what is good, what changed."""
    blocks: list[Block] = []
    stats = _turns(dataset, lambda section: section.stats, _STATS)
    if stats:
        blocks.append(Stats(tuple(stats)))
    blocks += [Paragraph(said) for said in _all(dataset, lambda section: section.sample)]
    said = _turns(dataset, lambda section: section.headline, _SENTENCES)
    if said:
        blocks.append(Bullets(tuple(said)))
    if not blocks:
        blocks.append(Paragraph(_("Nothing is known yet that this report could sum up.")))
    blocks += _highlights(
        _("What is good"),
        _turns(dataset, lambda section: section.strengths, _HIGHLIGHTS),
        _("No strength can be told from the answers yet."),
    )
    blocks += _highlights(
        _("What was changed"),
        _turns(dataset, lambda section: section.changes, _HIGHLIGHTS),
        _("No change that can be told was made yet."),
    )
    return Chapter("summary", _("Executive summary"), tuple(blocks))


def _highlights(heading: str, said: list[str], nothing: str) -> Iterator[Block]:
    yield Heading(heading)
    yield Bullets(tuple(said), ordered=True) if said else Paragraph(nothing)


def easy(dataset: Dataset) -> Chapter:
    """Half a page in short sentences, one idea each."""
    names = [sayings.country(country.iso_code) for country in dataset.countries]
    opening = [
        _("We make materials for migrants and their mentors."),
        _("Experts look at the materials before people use them."),
        _("This report says what they found."),
    ]
    if len(names) == 1:
        opening.append(_("It is about %(country)s.") % {"country": names[0]})
    elif names:
        opening.append(
            ngettext("It is about %(n)s country.", "It is about %(n)s countries.", len(names))
            % {"n": sayings.count(len(names))}
        )
    found = list(islice(_all(dataset, lambda section: section.easy), _EASY))
    said = [*opening, *found, _("Everybody can check the numbers.")]
    return Chapter("easy", _("In easy words"), tuple(Paragraph(sentence) for sentence in said))


def context(dataset: Dataset) -> Chapter:
    """Period and plan: what was promised, and what was reached."""
    days = {
        "period": sayings.period(dataset.start, dataset.end),
        "countries": sayings.listed([sayings.country(c.iso_code) for c in dataset.countries]),
    }
    blocks: list[Block] = [
        Paragraph(_("This report covers %(countries)s from %(period)s.") % days),
        Paragraph(
            _(
                "It shows whether materials are good enough for the people they are made for: who "
                "judged them, by which rule, what was changed because of it, and what is not known."
            )
        ),
        *(_community(dataset)),
        Heading(_("Objectives")),
        *_planned(dataset),
    ]
    return Chapter("context", _("Context and objectives"), tuple(blocks))


def _community(dataset: Dataset) -> Iterator[Block]:
    if dataset.countries:
        said = [
            _("%(community)s, since %(day)s")
            % {"community": country.community, "day": sayings.day(country.started_on)}
            for country in dataset.countries
        ]
        yield Paragraph(_("The communities behind it:"))
        yield Bullets(tuple(said))


def _planned(dataset: Dataset) -> Iterator[Block]:
    rows = plan.held(dataset)
    wanted = [row for row in rows if row.planned is not None]
    if wanted:
        reached = sum(row.sign == Sign.GOOD for row in wanted)
        yield Paragraph(
            ngettext(
                "The quality plan holds %(n)s number; %(reached)s was reached.",
                "The quality plan holds %(n)s numbers; %(reached)s were reached.",
                len(wanted),
            )
            % {"n": sayings.count(len(wanted)), "reached": sayings.count(reached)}
        )
    else:
        yield Note(
            _("No planned number can be held against what was reached."),
            Sign.OPEN,
        )
    if rows:
        yield plan.table(rows)


def _all(
    dataset: Dataset, what: Callable[[Section[Any]], Callable[[Any, Head], Iterable[T]]]
) -> Iterator[T]:
    """What every section says of something, in the order of the report."""
    for section, facts in dataset.parts():
        yield from what(section)(facts, dataset.head)


def _turns(
    dataset: Dataset,
    what: Callable[[Section[Any]], Callable[[Any, Head], Iterable[T]]],
    most: int,
) -> list[T]:
    """So many of them, each section's first before anybody's second; in the report's order."""
    rows = [list(what(section)(facts, dataset.head)) for section, facts in dataset.parts()]
    chosen = islice(chain.from_iterable(_columns(rows)), most)
    places = sorted(chosen)
    return [rows[section][n] for section, n in places]


def _columns(rows: list[list[T]]) -> Iterator[list[tuple[int, int]]]:
    """(section, place) of all first ones, then of all second ones, and so on."""
    nested = [[(section, n) for n in range(len(row))] for section, row in enumerate(rows)]
    for column in zip_longest(*nested):
        yield [place for place in column if place is not None]
