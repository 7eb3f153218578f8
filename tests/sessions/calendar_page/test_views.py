"""The calendar: month, week and agenda."""

from __future__ import annotations

from datetime import date, time

import pytest

from experts.enums import Role
from sessions.models import CopSession
from tests import factories as make
from tests.sessions.calendar_page.world import CALENDAR, MONTH, VIEWS, WEEK, body, days_of, session

pytestmark = pytest.mark.django_db


def workshop(first: date, last: date, **more) -> CopSession:
    made = session(day=first, title="Workshop", **more)
    made.last_day = last
    made.save()
    return made


@pytest.mark.parametrize("query", VIEWS)
def test_each_view_shows_the_session_its_zone_and_its_country(client, query):
    session(title="Found here")
    page = body(client, query)
    assert "Found here" in page
    assert "Europe/Sofia" in page
    assert "BG" in page


def test_list_is_still_the_name_of_the_agenda(client):
    assert client.get(f"{CALENDAR}?view=list").context["view"] == "agenda"


def test_the_title_says_the_month_or_the_days_of_the_week(client):
    assert "<h1>December 2026</h1>" in body(client, MONTH)
    assert "<h1>7 Dec – 13 Dec 2026</h1>" in body(client, WEEK)


def test_a_week_shows_eight_to_eighteen_and_more_where_it_is_used(client):
    plain = client.get(CALENDAR + WEEK).context["sheet"]
    session(clock=time(6, 30))
    session(clock=time(20, 15), minutes=60)
    used = client.get(CALENDAR + WEEK).context["sheet"]
    assert (plain.first_hour, plain.last_hour) == (8, 18)
    assert (used.first_hour, used.last_hour) == (6, 22)


def test_overlapping_sessions_stand_side_by_side_and_surplus_on_top(client):
    for number in range(5):
        session(title=f"At once {number}", clock=time(10))
    session(title="Alone", clock=time(15))
    column = client.get(CALENDAR + WEEK).context["sheet"].columns[1]
    together = [b for b in column.blocks if b.entry.card.title != "Alone"]
    alone = [b for b in column.blocks if b.entry.card.title == "Alone"]
    assert [(b.lane, b.lanes) for b in together] == [(0, 3), (1, 3), (2, 3)]
    assert [(b.lane, b.lanes) for b in alone] == [(0, 1)]
    assert len(column.surplus) == 2


def test_lesson_d_pretalx_1087_a_session_that_passes_midnight_stands_in_both_days(client):
    session(title="Late", clock=time(23), minutes=120)
    columns = client.get(CALENDAR + WEEK).context["sheet"].columns
    pieces = [(c.day.iso, b.begins, b.ends, b.continues) for c in columns for b in c.blocks]
    assert pieces == [
        ("2026-12-08", 1380, 1440, False),
        ("2026-12-09", 0, 60, True),
    ]


def test_the_night_the_clocks_go_back_has_a_block_that_does_not_end_before_it_begins(client):
    # 03:30 Sofia, the first of the two: ninety minutes later clocks read 04:00.
    session(day=date(2027, 10, 31), clock=time(3, 30), fold=0, minutes=45)
    sheet = client.get(f"{CALENDAR}?view=week&week=2027-10-31").context["sheet"]
    block = sheet.columns[6].blocks[0]
    assert (block.begins, block.ends) == (210, 255)
    assert block.clocks == "03:30–03:15"


@pytest.mark.parametrize("query", VIEWS)
def test_a_workshop_stands_on_each_of_its_days_and_says_which(client, query):
    workshop(date(2026, 12, 8), date(2026, 12, 10))
    assert list(days_of(client, query)) == ["2026-12-08", "2026-12-09", "2026-12-10"]
    assert "Day 2 of 3" in body(client, query)


def test_a_workshop_that_began_before_the_first_day_shown_is_there(client):
    workshop(date(2026, 11, 20), date(2026, 12, 9))
    assert list(days_of(client, WEEK)) == ["2026-12-07", "2026-12-08", "2026-12-09"]


def test_lesson_b24_rallly_2467_22_90_days_of_a_workshop_never_convert(as_user):
    workshop(date(2026, 12, 8), date(2026, 12, 9), clock=time(0, 30))
    azores = make.user(Role.EXPERT, "BG", zone="Atlantic/Azores")
    assert list(days_of(as_user(azores), WEEK)) == ["2026-12-08", "2026-12-09"]


def test_today_and_the_neighbours_are_links_that_keep_the_filters(client):
    links = client.get(f"{CALENDAR}{WEEK}&country=BG&kind=regular").context["links"]
    assert links.previous == "view=week&week=2026-11-30&country=BG&kind=regular"
    assert links.following == "view=week&week=2026-12-14&country=BG&kind=regular"
    assert links.month == "view=month&month=2026-12&country=BG&kind=regular"


@pytest.mark.parametrize(
    ("query", "gone"),
    [
        ("?month=2000-01", "previous"),
        ("?month=2100-12", "following"),
        ("?view=week&week=2000-01-01", "previous"),
        ("?view=week&week=2100-12-31", "following"),
    ],
)
def test_the_ends_of_the_years_we_keep_lead_nowhere(client, query, gone):
    assert getattr(client.get(CALENDAR + query).context["links"], gone) == ""


def test_nothing_planned_gives_one_thing_to_do(client, as_user):
    make.cop_session()
    assert "Plan the first one" in body(client, "?month=2027-05")
    assert "See what comes next" in body(as_user(make.user()), "?month=2027-05")
    assert "Show all sessions" in body(client, "?month=2027-05&kind=regular")
