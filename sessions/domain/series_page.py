"""What the pages of a series show: its dates before they are planned, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cop_platform.common.times import When, city, say_clock, say_day
from experts.models import Country, Person, User
from sessions import permissions
from sessions.domain import public_holidays, rule_words, series_invitations
from sessions.domain.cards import SessionCard, cards
from sessions.domain.recurrence import Occurrence, normalise
from sessions.domain.series import SeriesPlan, ask_for_fold, slots_of
from sessions.domain.series_hours import Hours, hours
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, Series, SeriesInvitation


@dataclass(frozen=True)
class DateLine:
    """A date of a series that is not planned yet."""

    day: date
    clock: str
    line: str
    reader_line: str
    note: str
    real_clock: str
    holidays: list[tuple[str, str]]
    is_past: bool
    is_left_out: bool


@dataclass(frozen=True)
class Preview:
    """All dates of a plan; `elsewhere` names countries that meet at another hour at times."""

    words: str
    dates: list[DateLine]
    elsewhere: list[tuple[str, Hours]]

    @property
    def count(self) -> int:
        return sum(not line.is_left_out for line in self.dates)

    @property
    def has_gap(self) -> bool:
        return any(line.note == "gap" and not line.is_left_out for line in self.dates)


def preview(plan: SeriesPlan, user: User, at: datetime) -> Preview:
    """The dates of a plan on the session's clock and the viewer's, with what speaks against them.

    One query, whatever the number of dates. Raises BadRule, TwiceThatDay.
    """
    slots = plan.slots()
    ask_for_fold(slots, plan.session.fold)
    hosts = [cop.country_id for cop in plan.session.host_cops]
    countries = list(Country.objects.filter(pk__in=[key for key in hosts if key]))
    if None in hosts:
        # The project's own community is at home everywhere.
        countries = list(Country.objects.all())
    closed = _holidays(countries, slots)
    kept = [slot for slot in slots if slot.wall.date() not in plan.left_out]
    return Preview(
        words=rule_words.say(_normal(plan), slots[0].wall, plan.session.zone),
        dates=[_date_line(slot, plan, closed, user.person.zone, at) for slot in slots],
        elsewhere=_elsewhere(countries, kept),
    )


def _normal(plan: SeriesPlan) -> str:
    return normalise(plan.rule, start=plan.start, zone=plan.session.zone)


def _holidays(
    countries: list[Country], slots: list[Occurrence]
) -> dict[date, list[tuple[str, str]]]:
    first, last = slots[0].wall.date(), slots[-1].wall.date() + timedelta(days=1)
    found: dict[date, list[tuple[str, str]]] = {}
    for country in countries:
        for day, name in public_holidays.between(country.iso_code, first, last).items():
            found.setdefault(day, []).append((country.code, name))
    return found


def _date_line(
    slot: Occurrence,
    plan: SeriesPlan,
    closed: dict[date, list[tuple[str, str]]],
    zone: str,
    at: datetime,
) -> DateLine:
    when = When(slot.utc, plan.session.minutes, slot.zone, zone)
    own = When(slot.utc, plan.session.minutes, slot.zone, slot.zone)
    return DateLine(
        day=slot.wall.date(),
        clock=say_clock(slot.wall),
        line=own.reader_line(),
        reader_line="" if when.same_clock else when.reader_line(),
        note=slot.note or "",
        real_clock=say_clock(own.wall),
        holidays=closed.get(slot.wall.date(), []),
        is_past=slot.utc <= at,
        is_left_out=slot.wall.date() in plan.left_out,
    )


def _elsewhere(countries: list[Country], kept: list[Occurrence]) -> list[tuple[str, Hours]]:
    instants = [slot.utc for slot in kept]
    found = [(country.name, hours(instants, country.zone)) for country in countries]
    return [(name, shown) for name, shown in found if shown]


@dataclass(frozen=True)
class LeftOut:
    """A day of the rule on which nothing takes place."""

    day: date
    line: str


@dataclass(frozen=True)
class SeriesPage:
    """A series as its page shows it."""

    words: str
    zone_city: str
    coming: list[SessionCard]
    over: list[SessionCard]
    left_out: list[LeftOut]
    people: list[Person]
    answers: dict[str, int]
    runs: bool
    next_session: int | None

    @property
    def invited(self) -> int:
        return sum(self.answers.values())

    @property
    def waiting(self) -> int:
        return self.answers[Answer.NONE]


def build(series: Series, user: User, at: datetime) -> SeriesPage:
    """The same number of queries for three dates and for thirty."""
    sessions = list(series.sessions.order_by("starts_at", "pk"))
    runs = permissions.may_run_series.allows(user, series)
    coming = [s for s in sessions if s.ends_at > at]
    shown = {card.pk: card for card in cards(sessions, user, at)}
    asked = Invitation.objects.filter(session__in=[s for s in coming if not s.cancelled_at])
    answers = {answer.value: 0 for answer in Answer}
    for answer in asked.values_list("answer", flat=True):
        answers[answer] += 1
    alive = [s.pk for s in coming if not s.cancelled_at and s.starts_at > at]
    return SeriesPage(
        words=rule_words.say(
            series.rule, datetime.combine(series.wall_day, series.wall_clock), series.zone
        ),
        zone_city=city(series.zone),
        coming=[shown[s.pk] for s in coming],
        over=[shown[s.pk] for s in sessions if s.ends_at <= at],
        left_out=left_out(series, sessions, at) if runs else [],
        people=_people(series) if runs else [],
        answers=answers,
        runs=runs,
        next_session=alive[0] if alive else None,
    )


def left_out(series: Series, sessions: list[CopSession], at: datetime) -> list[LeftOut]:
    """Days of the rule still to come on which nothing takes place: left out, or cancelled."""
    alive = {s.original_start for s in sessions if not s.cancelled_at}
    return [
        LeftOut(slot.wall.date(), f"{say_day(slot.wall)}, {say_clock(slot.wall)}")
        for slot in slots_of(series)
        if slot.utc not in alive and slot.utc > at
    ]


def _people(series: Series) -> list[Person]:
    asked = series.invitations.select_related("person__country", "person__expert")
    return [invitation.person for invitation in asked]


@dataclass(frozen=True)
class GuestDate:
    """A date as its guest sees it by the link; `answer` is what was typed, else what is stored."""

    key: int
    session: CopSession
    when: When
    answer: str
    label: str
    is_open: bool


def guest_dates(
    invitation: SeriesInvitation, typed: dict[int, str], at: datetime
) -> list[GuestDate]:
    """The dates still to come, cancelled ones among them, in order."""
    zone = invitation.person.zone
    return [
        GuestDate(
            key=row.pk,
            session=row.session,
            when=When(row.session.starts_at, row.session.minutes, row.session.zone, zone),
            answer=typed.get(row.pk) or row.answer,
            label=row.get_answer_display(),
            is_open=series_invitations.is_open(row.session, at),
        )
        for row in series_invitations.own_dates(invitation)
        if row.session.starts_at > at
    ]
