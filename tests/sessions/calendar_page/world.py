"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from datetime import UTC, date, datetime

from experts.enums import Role
from sessions.models import BusyPeriod, CopSession
from tests import factories as make

CALENDAR = "/calendar/"


MONTH = "?view=month&month=2026-12"


WEEK = "?view=week&week=2026-12-07"


AGENDA = "?view=agenda&month=2026-12"


VIEWS = [MONTH, WEEK, AGENDA]


def session(*codes: str, **more) -> CopSession:
    manager = make.user(Role.PROJECT_MANAGER)
    return make.cop_session(*(codes or ("BG",)), by=manager, **{"day": date(2026, 12, 8)} | more)


def body(client, query: str) -> str:
    page = client.get(CALENDAR + query)
    assert page.status_code == 200
    return page.content.decode()


def days_of(client, query: str) -> dict[str, list[str]]:
    """Iso day -> titles, of every day that is drawn."""
    sheet = client.get(CALENDAR + query).context["sheet"]
    drawn = (
        [c.day for c in sheet.columns]
        if hasattr(sheet, "columns")
        else [day for row in sheet.weeks for day in row]
    )
    return {d.iso: [e.card.title for e in d.entries] for d in drawn if d.entries}


def busy(code: str, name: str, first: date, last: date) -> BusyPeriod:
    partner = make.person(Role.PARTNER, code)
    return BusyPeriod.objects.create(
        country=make.country(code),
        name=name,
        first_day=first,
        last_day=last,
        entered_by=partner,
        entered_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
