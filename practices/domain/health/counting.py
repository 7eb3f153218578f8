"""Counts every indicator of every community, now and as of ninety days ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from practices.domain.health import (
    cross_country,
    idea_to_action,
    interaction,
    levels,
    loop,
    participation,
    pulse,
    reciprocity,
    responsiveness,
    retention,
    reuse,
    rhythm,
    ties,
    value,
    voice,
)
from practices.domain.health.cadence import month_of, months_between
from practices.domain.health.facts import SPAN, Facts
from practices.domain.health.figure import NOTHING, Measure, share
from practices.domain.health.moments import Past, Slice

YEAR = timedelta(days=365)
PROJECT: None = None


def _participation(of: Slice) -> Measure:
    own = (one for one in of.past.facts.sessions if _hosts(of, one.countries))
    return participation.lately(own, of.past.at)


def _hosts(of: Slice, countries: frozenset[int]) -> bool:
    return of.country is None or of.country in countries


def _levels(of: Slice) -> Measure:
    if of.country is not None:
        return NOTHING
    answers = of.past.facts.answers[of.past.shift]
    return levels.of(of.people, answers, of.past.long_amounts)


def _reciprocity(of: Slice) -> Measure:
    found = ties.touching(of.past.ties, of.past.facts.country_of, of.country)
    return reciprocity.of(found)


def _questions(of: Slice) -> list[responsiveness.Asked]:
    until = of.past.at
    return [
        _as_of(one.asked, until)
        for one in of.past.facts.questions
        if of.has(one.country_id) and until - SPAN <= one.asked[0] < until
    ]


def _as_of(asked: responsiveness.Asked, at: datetime) -> responsiveness.Asked:
    """What was known of a question then."""
    since, first, closed = asked
    return (
        since,
        first if first and first < at else None,
        closed if closed and closed < at else None,
    )


def _interaction(of: Slice) -> Measure:
    found = {key: who for key, who in of.past.threads.items() if who & of.people}
    return interaction.of(found)


def _cross(of: Slice) -> Measure:
    return cross_country.of(of.past.ties, of.past.facts.country_of, of.country)


def _reuse(of: Slice) -> Measure:
    own = [one for one in of.past.facts.practices if of.has(one.country_id)]
    return reuse.of(own, of.past.at.date())


def _ideas(of: Slice) -> list[idea_to_action.Suggested]:
    return [one for one in of.past.facts.ideas if of.has(one.country_id)]


def _retention(of: Slice) -> Measure:
    first, second = of.past.activity
    return retention.kept(first & of.people, second & of.people)


def _activation(of: Slice) -> Measure:
    joined = {who: of.past.facts.joined[who] for who in of.people}
    given_on = ((one.person_id, one.at.date()) for one in of.past.facts.given)
    return retention.activated(joined, given_on, of.past.at.date())


def _rhythm(of: Slice) -> Measure:
    """A community's own; for the project the mean of the communities: they meet apart."""
    if of.country is None:
        own = [_rhythm(Slice(of.past, country)) for country in of.past.facts.started]
        return rhythm.mean(own)
    until = of.past.at
    return rhythm.of(
        one.day
        for one in of.past.facts.sessions
        if until - YEAR < one.ended_at <= until and of.country in one.countries
    )


def _covered(of: Slice) -> Measure:
    """Months of the year before the current one, in which each community met or should have."""
    facts, today = of.past.facts, of.past.at.date()
    due, met = 0, 0
    for country, started in facts.started.items():
        if of.has(country):
            months = months_between(max(started, today - YEAR), today)[:-1]
            days = (one.day for one in facts.sessions if country in one.countries)
            found = rhythm.covered((month_of(day) for day in days), months)
            due, met = due + found.n, met + int(found.numerator or 0)
    return share(met, due)


def _voice(of: Slice) -> Measure:
    return voice.of(of.past.amounts[person] for person in of.people)


def _value(of: Slice) -> Measure:
    own = (one for one in of.past.facts.stories if of.has(one.country_id))
    return value.of(own, of.past.at.date())


def _changes(of: Slice) -> list[loop.Asked]:
    return [one for one in of.past.facts.changes if of.has(one.country_id)]


def _validated(of: Slice) -> Measure:
    if of.past.shift:
        return NOTHING  # what was validated then is not kept
    own = [one for one in of.past.facts.cells if of.has(one.country_id)]
    return share(sum(one.validated for one in own), sum(one.required for one in own))


def _pulse(question: str) -> Callable[[Slice], Measure]:
    def counted(of: Slice) -> Measure:
        over = pulse.earlier(pulse.quarter(of.past.facts.at.date()), 1 + of.past.shift)
        return pulse_of(of.past.facts, question, over).get(of.country, NOTHING)

    return counted


def pulse_of(facts: Facts, question: str, quarter: date) -> dict[int | None, Measure]:
    """A question's scores of a quarter that is over, by country; None is the project."""
    own = {
        country: pulse.of((one for one in facts.tallies if one[0] == country), question, quarter)
        for country in {one[0] for one in facts.tallies}
    }
    whole: dict[int | None, Measure] = {PROJECT: pulse.of(facts.tallies, question, quarter)}
    return whole | dict(pulse.veiled(own))


def slope_of(facts: Facts, question: str) -> float | None:
    """By how much the project's score changed a quarter, over the last four that are over."""
    this = pulse.quarter(facts.at.date())
    quarters = [pulse.earlier(this, ago) for ago in (4, 3, 2, 1)]
    return pulse.slope([pulse.of(facts.tallies, question, first) for first in quarters])


COUNTED: dict[str, Callable[[Slice], Measure]] = {
    "participation": _participation,
    "levels": _levels,
    "reciprocity": _reciprocity,
    "first_answer": lambda of: responsiveness.middle(_questions(of)),
    "slow_answer": lambda of: responsiveness.slowest(_questions(of)),
    "waiting": lambda of: responsiveness.waiting(_questions(of), of.past.at),
    "interaction": _interaction,
    "cross_country": _cross,
    "reuse": _reuse,
    "ideas_acted": lambda of: idea_to_action.acted(_ideas(of), of.past.at.date()),
    "ideas_answered": lambda of: idea_to_action.answered(_ideas(of), of.past.at.date()),
    "retention": _retention,
    "activation": _activation,
    "rhythm": _rhythm,
    "covered": _covered,
    "voice": _voice,
    "loop": lambda of: loop.decided(_changes(of), of.past.at.date()),
    "told": lambda of: loop.told(_changes(of), of.past.at.date()),
    "validated": _validated,
    "value": _value,
    "pulse_useful": _pulse("useful"),
    "pulse_heard": _pulse("heard"),
    "pulse_will_use": _pulse("will_use"),
}
Pairs = dict[str, tuple[Measure, Measure]]


def count(facts: Facts, countries: tuple[int, ...]) -> dict[int | None, Pairs]:
    """(now, ninety days ago) of every indicator, by country; None is the project."""
    now, before = Past(facts), Past(facts, 1)
    return {
        country: {
            key: (counted(Slice(now, country)), counted(Slice(before, country)))
            for key, counted in COUNTED.items()
        }
        for country in (PROJECT, *countries)
    }
