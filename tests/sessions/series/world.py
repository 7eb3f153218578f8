"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar

from cop_platform.common.times import to_wall
from sessions.domain import (
    invitations,
    planning,
    series_edit,
    series_invitations,
    series_text,
)
from sessions.domain.series_edit import Seen
from sessions.domain.series_text import Reader
from sessions.enums import Answer, SeriesScope
from sessions.models import CopSession, Invitation, Series
from tests import factories as make

SOFIA_26 = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


ALL, FOLLOWING, ONE = SeriesScope.ALL, SeriesScope.FOLLOWING, SeriesScope.ONE


def rows(series: Series) -> list[CopSession]:
    return list(series.sessions.order_by("original_start"))


def clocks(series: Series) -> list[str]:
    return [f"{to_wall(r.starts_at, r.zone):%d.%m. %H:%M}" for r in rows(series)]


def seen(session: CopSession) -> Seen:
    return Seen(session.version, Series.objects.get(pk=session.series_id).version)


def as_planned(session: CopSession, **changes) -> planning.SessionPlan:
    """The plan a session has now, with changes."""
    plan = make.plan(title=session.title, minutes=session.minutes, zone=session.zone)
    kept = {"day": session.wall_day, "clock": session.wall_clock, "place": session.place}
    return replace(plan, **kept | changes)


def change(session, scope, *, at=make.NOW, keep_moved=True, by=None, **changes):
    session.refresh_from_db()
    return series_edit.change(
        session_id=session.pk,
        scope=scope,
        plan=as_planned(session, **changes),
        keep_moved=keep_moved,
        seen=seen(session),
        by=by or session.planned_by.user,
        at=at,
    )


def cancel(session, scope, *, at=make.NOW, reason="Flood"):
    session.refresh_from_db()
    return series_edit.cancel(
        session_id=session.pk,
        scope=scope,
        reason=reason,
        seen=seen(session),
        by=session.planned_by.user,
        at=at,
    )


def invite(series, *people, at=make.NOW):
    return series_invitations.invite(
        series_id=series.pk, people=people, by=series.planned_by.user, at=at
    )


def answer(session, person, said: Answer, at=make.NOW):
    row = Invitation.objects.get(session=session, person=person)
    token = invitations.link_token(row)
    invitations.answer_by_link(token=token, answer=said, note="", at=at)


def reader(series, person, **more) -> Reader:
    found = Invitation.objects.filter(session__series=series, person=person)
    return Reader(person, tuple(found), **more)


def page(session) -> str:
    return f"https://cop.example/sessions/{session.pk}/"


def request_text(series, person, **more) -> str:
    series.refresh_from_db()
    found = series.sessions.select_related("series", "planned_by")
    return series_text.request(series, found, reader(series, person, **more), page)


def events(text: str):
    return Calendar.from_ical(text).walk("VEVENT")


def calendar_of(mail):
    return next(p for p in mail.walk() if p.get_content_type() == "text/calendar").get_content()


def others(event) -> bool:
    return "RECURRENCE-ID" in event
