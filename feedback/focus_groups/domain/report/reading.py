"""Reads the groups and forms of a report's countries and days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

from cop_platform.common.reporting.cells import REST, count_or_none, merge_counts
from cop_platform.common.reporting.sections import Scope
from feedback.focus_groups.domain.report import (
    asked_reading,
    form_reading,
    scoping,
    theme_reading,
    words_reading,
)
from feedback.focus_groups.domain.report.facts import (
    BandFacts,
    FlowFacts,
    GroupFacts,
    HeardFacts,
    NotesFacts,
)
from feedback.focus_groups.domain.report.increments import in_fives
from feedback.focus_groups.domain.report.scoping import Told
from feedback.focus_groups.enums import Recruited, Voice
from feedback.focus_groups.models import FocusGroup
from sessions.enums import Mode


def collect(scope: Scope) -> HeardFacts:
    """Groups that were closed, and answers whose batches closed, on whole days of the period."""
    told = scoping.groups(scope)
    said = words_reading.read(told)
    forms, newest_answer = form_reading.read(scope)
    closed = [str(one.row.closed_on) for one in told]
    return HeardFacts(
        groups=tuple(group_facts(one, with_day=scope.for_agency) for one in _ordered(told, scope)),
        flows=tuple(flows(told)),
        ages=bands(told, "age"),
        genders=bands(told, "gender"),
        tongues=bands(told, "language"),
        guides=words_reading.guides(told, said),
        themes=theme_reading.read(scope, told, said),
        asked=asked_reading.read(scope),
        forms=forms,
        notes=tuple(_notes(told)) if scope.for_agency else (),
        held=len(told),
        heard=sum(len(one.people) for one in told if one.is_large),
        answers=sum(form.answers for form in forms),
        incidents=sum(bool(one.row.incidents) for one in told),
        newest=max([*closed, newest_answer]),
    )


def _ordered(told: Sequence[Told], scope: Scope) -> Sequence[Told]:
    """As held; for the public the order within a month tells nothing."""
    if scope.for_agency:
        return told
    return sorted(told, key=lambda t: (t.row.session.wall_day.isoformat()[:7], t.row.pk))


def group_facts(told: Told, *, with_day: bool) -> GroupFacts:
    """A group by its session; needs `scoping.with_all`."""
    session = told.row.session
    day = session.wall_day.isoformat()
    return GroupFacts(
        country=told.row.country.code,
        month=day[:7],
        day=day if with_day else "",
        voice=Voice(told.row.voice),
        mode=Mode(session.mode),
        languages=tuple(told.row.languages or session.languages),
        is_interpreted=is_interpreted(told.row),
        minutes=minutes(told.row),
        people=count_or_none(len(told.people)) or None,
        versions=versions(told.row),
    )


def is_interpreted(group: FocusGroup) -> bool:
    """Whether somebody rendered what was said; needs `scoping.with_all`."""
    return bool(group.interpreters.all() or group.session.interpreting)  # type: ignore[attr-defined]


def minutes(group: FocusGroup) -> int:
    """Those of all days of its session."""
    session = group.session
    days = (session.last_day - session.wall_day).days + 1 if session.last_day else 1
    return session.minutes * days


def versions(group: FocusGroup) -> tuple[str, ...]:
    """What was shown, by code and number."""
    shown = sorted((v.material.code, v.number) for v in group.versions.all())
    return tuple(f"{code} v{number}" for code, number in shown)


def flows(told: Iterable[Told]) -> Iterable[FlowFacts]:
    """One row a country whose groups wrote numbers down."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    groups = Counter[str]()
    for one in told:
        counted = list(one.row.recruited.all())
        if counted:
            code = one.row.country.code
            groups[code] += 1
            people[code].update({row.step: row.people for row in counted})
    for code in sorted(groups):
        steps = {step.value: in_fives(people[code][step]) for step in Recruited}
        yield FlowFacts(code, groups[code], **steps)


def bands(told: Iterable[Told], field: str) -> tuple[BandFacts, ...]:
    """People of groups of five and more by what they said of themselves; small bands are merged."""
    read = attrgetter(field)
    people = Counter(read(who) for one in told if one.is_large for who in one.people)
    cells = merge_counts(people, REST)
    if {cell.label for cell in cells} <= {"", REST}:
        return ()
    return tuple(BandFacts(cell.label, in_fives(cell.people or 0)) for cell in cells)


def _notes(told: Iterable[Told]) -> Iterable[NotesFacts]:
    for one in told:
        if one.row.silences or one.row.incidents:
            yield NotesFacts(
                country=one.row.country.code,
                day=one.row.session.wall_day.isoformat(),
                silences=words_reading.masked(one.row.silences),
                incidents=words_reading.masked(one.row.incidents),
            )
