"""Reads the sessions of a report's countries and days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q, QuerySet

from cop_platform.common.reporting.cells import count_or_none
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.times import to_wall
from sessions.domain.report.facts import (
    KindTotal,
    MeetingFacts,
    MonthTotal,
    RecordFacts,
    SessionFacts,
    StepFacts,
)
from sessions.enums import Answer, Duty, Kind, Mode
from sessions.models import CopSession


def collect(scope: Scope) -> SessionFacts:
    """Sessions of these countries that took place: ended within the bounds, not cancelled.

    A session of several countries is one session. The public learns no titles, and months instead
    of days; only the newest day stands in every report.
    """
    found = list(_held(scope))
    meetings = [_meeting(session, scope) for session in found]
    if not scope.for_agency:
        # The order of rows would tell which came first within a month.
        meetings.sort(key=lambda row: (row.month, list(Kind).index(row.kind), row.minutes))
    zone = scope.countries[0].zone if scope.countries else "UTC"
    whole = _total(None, meetings)
    return SessionFacts(
        meetings=tuple(meetings),
        kinds=_by_kind(meetings),
        months=_by_month(scope, meetings),
        whole=whole,
        hours=whole.minutes // 60,
        cancelled=_cancelled(scope),
        newest=max((to_wall(s.ends_at, zone).date().isoformat() for s in found), default=""),
    )


def _held(scope: Scope) -> QuerySet[CopSession]:
    own = CopSession.objects.in_countries(scope.country_ids)
    found = own.ended(scope.until).filter(ends_at__gt=scope.after)
    counted = found.annotate(
        asked=Count("invitations"),
        said_yes=Count("invitations", filter=Q(invitations__answer=Answer.YES)),
    )
    rows = counted.with_hosts().order_by("starts_at", "pk")
    if not scope.for_agency:
        return rows
    return rows.select_related("topic").prefetch_related("steps", "materials", "duty_holders")


def _cancelled(scope: Scope) -> int:
    own = CopSession.objects.in_countries(scope.country_ids)
    gone = own.filter(cancelled_at__lte=scope.until)
    return gone.filter(ends_at__gt=scope.after, ends_at__lte=scope.until).count()


def _meeting(session: CopSession, scope: Scope) -> MeetingFacts:
    invited, yes = _told(session.asked, session.said_yes)  # type: ignore[attr-defined]
    days = (session.last_day - session.wall_day).days + 1 if session.last_day else 1
    return MeetingFacts(
        # What began the evening before the period and ended in it is of its first month.
        month=min(max(session.wall_day.isoformat(), scope.start), scope.end)[:7],
        kind=Kind(session.kind),
        mode=Mode(session.mode),
        countries=tuple(session.country_codes),
        minutes=session.minutes * days,
        invited=invited,
        yes=yes,
        record=_record(session) if scope.for_agency else None,
    )


def _told(invited: int, yes: int) -> tuple[int | None, int | None]:
    """Both counts, as far as neither of them nor their difference is a small group."""
    alike = {count_or_none(yes), count_or_none(invited - yes)}
    return count_or_none(invited), None if None in alike else yes


def _record(session: CopSession) -> RecordFacts:
    held = {holder.duty for holder in session.duty_holders.all()}
    return RecordFacts(
        id=session.pk,
        start=session.wall_start.isoformat(timespec="minutes"),
        zone=session.zone,
        title=session.title,
        topic=session.topic.name if session.topic else "",
        hosts=tuple(sorted(c.country.iso_code for c in session.host_cops.all() if c.country)),
        languages=tuple(session.languages),
        materials=tuple(sorted(material.code for material in session.materials.all())),
        duties=tuple(duty for duty in Duty if duty in held),
        steps=tuple(StepFacts(step.title, step.minutes) for step in session.steps.all()),
    )


def _by_kind(meetings: Iterable[MeetingFacts]) -> tuple[KindTotal, ...]:
    """One row a kind, in the order of the kinds."""
    of_kind: dict[Kind, list[MeetingFacts]] = defaultdict(list)
    for row in meetings:
        of_kind[row.kind].append(row)
    return tuple(_total(kind, of_kind[kind]) for kind in Kind if kind in of_kind)


def _total(kind: Kind | None, rows: list[MeetingFacts]) -> KindTotal:
    # Only what each session tells is added up, so that no total gives a small group away.
    told = [(row.invited or 0, row.yes) for row in rows if row.yes is not None]
    return KindTotal(
        kind=kind,
        sessions=len(rows),
        minutes=sum(row.minutes for row in rows),
        told=len(told),
        invited=sum(invited for invited, _yes in told),
        yes=sum(yes for _invited, yes in told),
    )


def _by_month(scope: Scope, meetings: Iterable[MeetingFacts]) -> tuple[MonthTotal, ...]:
    """Every month from the period's first to its last."""
    counted = Counter(row.month for row in meetings)
    months, day = [], date.fromisoformat(scope.start).replace(day=1)
    while day.isoformat() <= scope.end:
        key = f"{day:%Y-%m}"
        months.append(MonthTotal(key, counted[key]))
        day += relativedelta(months=1)
    return tuple(months)
