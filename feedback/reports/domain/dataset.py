"""Reads one country's period in one snapshot; every document is drawn from what comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.db.models import Count, Q

from cop_platform.common.times import to_wall
from experts.enums import Role, Scope
from experts.models import CommunityOfPractice, Country, Expert, Membership
from feedback.reports.domain import gaps, ratings
from feedback.reports.domain.cells import count_or_none, merge_small
from feedback.reports.domain.period import Period
from feedback.reports.domain.shapes import (
    CharterFacts,
    CountryFacts,
    Dataset,
    KindTotal,
    MaterialRow,
    MonthTotal,
    Panel,
    PeriodFacts,
    SessionRow,
)
from sessions.enums import Answer, Kind
from sessions.models import CopSession

_YEARS = ((2, "up to 2 years"), (5, "3 to 5 years"), (10, "6 to 10 years"))
_MORE_YEARS = "11 years and more"


def collect(*, country: Country, period: Period, at: datetime) -> Dataset:
    """The dataset of `country` for `period`, out of rows that existed by `at`.

    One REPEATABLE READ transaction of its own, so that no document mixes two states; therefore
    never called inside another transaction. `at` limits the rows and is not written.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _read(country, period, at)


def _read(country: Country, period: Period, at: datetime) -> Dataset:
    after, until = period.bounds(country.zone)
    until = min(until, at)
    cop = country.cop
    held = _held(country, after, until)
    sessions = tuple(_session(row) for row in held)
    panel = _panel(_experts(cop, period))
    tables = ratings.tables(country_id=country.pk, until=until)
    materials = ratings.materials(tables, until=until)
    cancelled = _cancelled(country, after, until)
    newest = _newest(period, held, materials, until, country)
    return Dataset(
        project=_project_name(),
        country=_facts(country, cop),
        charter=_charter(cop, period),
        period=PeriodFacts(period.start.isoformat(), period.end.isoformat()),
        newest_row=newest.isoformat(),
        sessions=sessions,
        cancelled_sessions=cancelled,
        totals=_totals(sessions),
        months=_months(period, sessions),
        panel=panel,
        materials=tuple(row for row, _day in materials),
        ratings=tables,
        gaps=gaps.of(sessions, panel, [row for row, _day in materials], tables),
    )


def _project_name() -> str:
    project = CommunityOfPractice.objects.filter(scope=Scope.PROJECT).first()
    return project.name if project else ""


def _facts(country: Country, cop: CommunityOfPractice) -> CountryFacts:
    return CountryFacts(
        code=country.code,
        iso_code=country.iso_code,
        name=country.name,
        zone=country.zone,
        language=ratings.language_name(country.language),
        community=cop.name,
        started_on=cop.started_on.isoformat(),
        partners=tuple(country.partners.order_by("name").values_list("name", flat=True)),
    )


def _charter(cop: CommunityOfPractice, period: Period) -> CharterFacts | None:
    adopted = cop.charters.filter(adopted_on__lte=period.end)
    charter = adopted.order_by("-version").prefetch_related("topics").first()
    if charter is None:
        return None
    return CharterFacts(
        version=charter.version,
        domain=charter.domain,
        purpose=charter.purpose,
        topics=tuple(topic.name for topic in charter.topics.all()),
        adopted_on=charter.adopted_on.isoformat(),
    )


# --- Sessions ---------------------------------------------------------------------------------


def _held(country: Country, after: datetime, until: datetime) -> list[CopSession]:
    """Sessions that took place: ended within the bounds, not cancelled; answers counted."""
    counts = {
        f"said_{name}": Count("invitations", filter=Q(invitations__answer=answer))
        for name, answer in _ANSWERS.items()
    }
    found = CopSession.objects.in_country(country.pk).ended(until).filter(ends_at__gt=after)
    return list(found.annotate(**counts).with_hosts().order_by("starts_at", "pk"))


_ANSWERS = {"yes": Answer.YES, "maybe": Answer.MAYBE, "no": Answer.NO, "nothing": Answer.NONE}


def _cancelled(country: Country, after: datetime, until: datetime) -> int:
    found = CopSession.objects.in_country(country.pk).filter(cancelled_at__lte=until)
    return found.filter(ends_at__gt=after, ends_at__lte=until).count()


def _session(session: CopSession) -> SessionRow:
    said = {name: getattr(session, f"said_{name}") for name in _ANSWERS}
    return SessionRow(
        id=session.pk,
        start=session.wall_start.isoformat(timespec="minutes"),
        zone=session.zone,
        title=session.title,
        kind=session.kind,
        kind_label=session.get_kind_display(),
        mode=session.get_mode_display(),
        countries=tuple(session.country_codes),
        minutes=session.minutes,
        invited=sum(said.values()),
        yes=said["yes"],
        maybe=said["maybe"],
        no=said["no"],
        silent=said["nothing"],
    )


def _totals(sessions: Iterable[SessionRow]) -> tuple[KindTotal, ...]:
    """One row a kind, in the order of the kinds."""
    by_kind: dict[str, list[SessionRow]] = defaultdict(list)
    for row in sessions:
        by_kind[row.kind].append(row)
    return tuple(
        KindTotal(
            kind=kind.value,
            kind_label=str(kind.label),
            sessions=len(by_kind[kind]),
            minutes=sum(row.minutes for row in by_kind[kind]),
            invited=sum(row.invited for row in by_kind[kind]),
            yes=sum(row.yes for row in by_kind[kind]),
        )
        for kind in Kind
        if kind.value in by_kind
    )


def _months(period: Period, sessions: Iterable[SessionRow]) -> tuple[MonthTotal, ...]:
    """Every month from the period's first to its last, also those without a session."""
    counted: dict[str, int] = defaultdict(int)
    for row in sessions:
        counted[row.start[:7]] += 1
    months, day = [], period.start.replace(day=1)
    while day <= period.end:
        key = f"{day:%Y-%m}"
        months.append(MonthTotal(key, counted[key]))
        day += relativedelta(months=1)
    return tuple(months)


# --- Panel ------------------------------------------------------------------------------------


def _experts(cop: CommunityOfPractice, period: Period) -> list[Expert]:
    """Experts who belonged to the community at some time of the period."""
    joined = Membership.objects.filter(cop=cop, role=Role.EXPERT, joined_on__lte=period.end)
    inside = joined.filter(Q(left_on__isnull=True) | Q(left_on__gte=period.start))
    return list(Expert.objects.filter(person__in=inside.values("person")).select_related("person"))


def _panel(experts: list[Expert]) -> Panel:
    professions: dict[str, set[int]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    languages: dict[str, set[int]] = defaultdict(set)
    for expert in experts:
        professions[expert.get_profession_display()].add(expert.pk)
        years[_band(expert.years)].add(expert.pk)
        for code in expert.person.languages:
            languages[ratings.language_name(code)].add(expert.pk)
    return Panel(
        size=count_or_none(len(experts)),
        professions=merge_small(professions, "other roles"),
        years=merge_small(years, "other lengths of experience"),
        languages=merge_small(languages, "other languages"),
    )


def _band(years: int) -> str:
    return next((label for most, label in _YEARS if years <= most), _MORE_YEARS)


# --- The newest row ---------------------------------------------------------------------------


def _newest(
    period: Period,
    held: list[CopSession],
    materials: list[tuple[MaterialRow, date]],
    until: datetime,
    country: Country,
) -> date:
    """The day of the newest row; the period's first day where there is none."""
    days = [to_wall(session.ends_at, country.zone).date() for session in held]
    days += [day for _row, day in materials]
    rated = ratings.newest(country_id=country.pk, until=until)
    return max([period.start, *days, *([rated] if rated else [])])
