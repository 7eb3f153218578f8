"""The calendar: what it costs, moving, and the week's columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.times import When
from experts.enums import Role
from sessions.domain import calendar_days, week
from sessions.domain.calendar_links import way_back
from tests import factories as make
from tests.sessions.calendar_page.world import VIEWS, body, busy, session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", VIEWS)
def test_one_row_and_three_rows_cost_the_same_nine_queries(client, coordinator, query):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            body(client, query)
        return len(found)

    def add() -> None:
        made = session()
        make.invitation(made, coordinator.person)
        busy("BG", "Busy", date(2026, 12, 8), date(2026, 12, 9))

    add()
    body(client, query)
    one = count()
    add()
    add()
    assert count() == one
    assert one <= 9


@pytest.mark.parametrize("query", VIEWS)
def test_only_who_runs_a_session_to_come_is_offered_to_move_it(client, as_user, query):
    make.cop_session(by=make.user(Role.COORDINATOR, "BG"), day=date(2036, 12, 9))
    make.cop_session("IT", by=make.user(Role.PROJECT_MANAGER), day=date(2036, 12, 9))
    query = query.replace("2026-12-07", "2036-12-09").replace("2026", "2036")
    assert body(client, query).count('class="calendar-move"') == 1
    assert 'class="calendar-move"' not in body(as_user(make.user()), query)
    past = query.replace("2036", "2020")
    make.cop_session(day=date(2020, 12, 8))
    assert 'class="calendar-move"' not in body(client, past)


def test_planners_can_plan_on_a_day_and_the_day_is_filled_in(client):
    assert 'href="/sessions/new/?day=2036-12-09"' in body(client, "?month=2036-12")
    form = client.get("/sessions/new/?day=2036-12-09&clock=14:30&zone=Europe/Athens").context[
        "form"
    ]
    assert form["day"].value() == date(2036, 12, 9)
    assert form["clock"].value() == time(14, 30)
    assert form["zone"].value() == "Europe/Athens"


@pytest.mark.parametrize(
    "query", ["day=2036-13-01", "day=x", "clock=25:00", "zone=Mars", "day=1999-01-01"]
)
def test_security_5_a_prefill_that_is_not_one_is_refused(client, query):
    assert client.get(f"/sessions/new/?{query}").status_code == 400


@given(text=st.text(max_size=300))
def test_any_way_back_leads_into_the_calendar(text):
    query = way_back(text, date(2026, 12, 8))
    assert query.startswith(
        ("view=month&month=2026-12", "view=week&week=2026-12-08", "view=agenda")
    )


@given(
    starts=st.lists(
        st.tuples(st.integers(0, 7 * 24 * 4), st.integers(5, 1440)), min_size=1, max_size=12
    ),
    zone=st.sampled_from(["Europe/Sofia", "Europe/Lisbon", "Atlantic/Reykjavik", "UTC"]),
)
def test_blocks_of_a_column_never_cover_one_another(starts, zone):
    monday = datetime(2026, 10, 19, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    pieces: dict[date, list] = {}
    for offset, minutes in starts:
        when = When(monday + timedelta(minutes=15 * offset), minutes, "Europe/Sofia", zone)
        for day, piece in week._pieces(calendar_days.Entry(_Card(when))):
            pieces.setdefault(day, []).append(piece)
    for found in pieces.values():
        column = week._column(_DAY, found)
        assert len(column.blocks) + len(column.surplus) == len(found)
        for one in column.blocks:
            assert 0 <= one.begins < one.ends <= 24 * 60
            assert 0 <= one.lane < one.lanes <= week.MAX_LANES
            for other in column.blocks:
                if one is not other and one.lane == other.lane:
                    assert one.ends <= other.begins or other.ends <= one.begins


class _Card:
    """As much of a card as a column looks at."""

    shown_days = None

    def __init__(self, when: When) -> None:
        self.when = when


_DAY = calendar_days.Day(date(2026, 10, 19), in_period=True, is_today=False, is_past=False)
