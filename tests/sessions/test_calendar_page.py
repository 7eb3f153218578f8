"""The calendar: views, filters, zones, holidays, busy periods, days of workshops, counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.times import When
from experts.enums import Role
from experts.models import Charter, Topic
from sessions.domain import calendar_days, week
from sessions.domain.calendar_links import way_back
from sessions.models import BusyPeriod, CopSession
from tests import factories as make

pytestmark = pytest.mark.django_db
CALENDAR = "/calendar/"
MONTH = "?view=month&month=2026-12"
WEEK = "?view=week&week=2026-12-07"
AGENDA = "?view=agenda&month=2026-12"
VIEWS = [MONTH, WEEK, AGENDA]


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def session(*codes: str, **more) -> CopSession:
    manager = make.user(Role.PROJECT_MANAGER)
    return make.cop_session(*(codes or ("BG",)), by=manager, **{"day": date(2026, 12, 8)} | more)


def workshop(first: date, last: date, **more) -> CopSession:
    made = session(day=first, title="Workshop", **more)
    made.last_day = last
    made.save()
    return made


def body(client, query: str) -> str:
    page = client.get(CALENDAR + query)
    assert page.status_code == 200
    return page.content.decode()


def titles(client, query: str) -> set[str]:
    sheet = client.get(CALENDAR + query).context["sheet"]
    days = [c.day for c in sheet.columns] if hasattr(sheet, "columns") else sheet.days_in_use
    return {entry.card.title for day in days for entry in day.entries}


def days_of(client, query: str) -> dict[str, list[str]]:
    """Iso day -> titles, of every day that is drawn."""
    sheet = client.get(CALENDAR + query).context["sheet"]
    drawn = (
        [c.day for c in sheet.columns]
        if hasattr(sheet, "columns")
        else [day for row in sheet.weeks for day in row]
    )
    return {d.iso: [e.card.title for e in d.entries] for d in drawn if d.entries}


# --- Views ------------------------------------------------------------------------------------


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


# --- Filters ----------------------------------------------------------------------------------


def test_language_topic_and_country_narrow_each(client):
    charter = Charter.objects.create(
        cop=make.cop(make.country("BG")), domain="x", purpose="x", adopted_on=date(2025, 9, 1)
    )
    topic = Topic.objects.create(charter=charter, name="Recognition")
    one = session(title="One")
    session("IT", title="Two")
    one.languages, one.topic = ["bg", "en"], topic
    one.save()
    for query in ("&language=bg", "&topic=Recognition", "&country=BG"):
        assert titles(client, MONTH + query) == {"One"}, query
    assert titles(client, MONTH + "&language=sv") == set()


def test_only_mine_and_search_narrow(client, coordinator):
    mine = session(title="Mine")
    session(title="Other")
    make.invitation(mine, coordinator.person)
    assert titles(client, MONTH + "&mine=on") == {"Mine"}
    assert titles(client, MONTH + "&q=othe") == {"Other"}


def test_filters_in_use_are_chips_that_take_them_away(client):
    page = body(client, f"{MONTH}&language=bg&kind=regular")
    assert "Language: Bulgarian" in page
    assert "Kind: Regular session" in page


@pytest.mark.parametrize(
    "query",
    [
        "view=grid",
        "month=2026-13",
        "month=9999-01",
        "week=2026-02-30",
        "view=week&week=1999-01-01",
        "zone=Mars/Base",
        "zone=Asia/Tokyo",
        "language=xx",
        "topic=Nowhere",
        "topic=%00",
        "country=XX",
        "kind=<script>",
        "zone=../../etc/passwd",
    ],
)
def test_security_5_what_is_not_offered_is_refused(client, query):
    assert client.get(f"{CALENDAR}?{query}").status_code == 400


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_security_22_hostile_titles_topics_and_busy_names_are_text(client, query, text):
    by = make.user(Role.COORDINATOR, "BG")
    charter = Charter.objects.create(
        cop=make.cop(make.country("BG")), domain="x", purpose="x", adopted_on=date(2025, 9, 1)
    )
    Topic.objects.create(charter=charter, name=text)
    made = make.cop_session(by=by, title=text, day=date(2026, 12, 8))
    make.invitation(made, make.person(name=text))
    busy("BG", text, date(2026, 12, 9), date(2026, 12, 9))
    page = body(client, query)
    move = client.get(reverse("session_move", args=[made.pk]), {"day": "2026-12-09"})
    for shown in (page, move.content.decode()):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


# --- One zone per page -------------------------------------------------------------------------


def test_lesson_b32_pretalx_2081_2103_one_zone_for_everything_on_the_page(client):
    make.country("ES")
    session("EL", zone="Europe/Athens", clock=time(0, 30))
    here, there = (
        days_of(client, MONTH),
        days_of(client, MONTH + "&zone=Europe/Madrid"),
    )
    # 00:30 in Sofia is 23:30 of the day before in Madrid.
    assert (list(here), list(there)) == (["2026-12-08"], ["2026-12-07"])
    page = body(client, WEEK + "&zone=Europe/Madrid")
    assert "times are shown in Europe/Madrid" in page
    assert "23:30" in page


def test_lesson_b33_indico_3105_ten_stays_ten_across_the_change_of_clocks(client):
    for day in (date(2026, 10, 20), date(2026, 10, 27)):
        session(day=day, clock=time(10))
    cards = [
        entry.card.clock
        for day in client.get(f"{CALENDAR}?view=agenda&month=2026-10").context["sheet"].days_in_use
        for entry in day.entries
    ]
    assert cards == ["10:00", "10:00"]


def test_the_zone_chosen_stays_in_every_link_and_the_profile_is_one_click_away(client):
    make.country("IT")
    page = client.get(f"{CALENDAR}{MONTH}&zone=Europe/Rome")
    links = page.context["links"]
    assert all("zone=Europe%2FRome" in q for q in (links.previous, links.week, links.today))
    assert ("zone", "Europe/Rome") in links.kept
    assert reverse("profile") in page.content.decode()


@pytest.mark.parametrize("query", VIEWS)
def test_a_session_of_another_zone_says_its_own_hour_too(client, query):
    session("IT", zone="Europe/Rome", clock=time(9))
    page = body(client, query)
    assert "10:00" in page
    assert "9:00" in page
    assert "Rome" in page


# --- Holidays and busy periods ------------------------------------------------------------------


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


def marks(client, query: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    sheet = client.get(CALENDAR + query).context["sheet"]
    return {d.iso: [(m.name, m.codes) for m in d.marks] for d in sheet.days_in_use if d.marks}


def test_holidays_of_ones_own_country_are_marked_by_code_and_name(client):
    make.country("ES")
    found = marks(client, MONTH)
    assert found["2026-12-25"] == [("Christmas Day", ("BG",))]
    assert "2026-12-08" not in found  # Spain's Immaculate Conception
    page = body(client, MONTH)
    assert 'class="calendar-off"' in page
    assert "Christmas Day" in page


def test_the_filtered_country_decides_whose_holidays_count(client):
    make.country("ES")
    found = marks(client, f"{MONTH}&country=ES")
    assert found["2026-12-08"] == [("Immaculate Conception", ("ES",))]


def test_project_roles_see_the_holidays_of_all_countries_together(as_user):
    for code in ("BG", "ES"):
        make.country(code)
    found = marks(as_user(make.user(Role.PROJECT_MANAGER)), MONTH)
    assert ("Christmas Day", ("BG", "ES")) in found["2026-12-25"]


@pytest.mark.parametrize("query", VIEWS)
def test_busy_periods_are_shown_with_their_name_on_each_day(client, query):
    busy("BG", "Exam weeks", date(2026, 12, 8), date(2026, 12, 9))
    busy("IT", "Elsewhere", date(2026, 12, 8), date(2026, 12, 9))
    page = body(client, query)
    assert page.count("Exam weeks") == 2
    assert "Elsewhere" not in page


# --- What it costs -----------------------------------------------------------------------------


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


# --- Moving, as the page offers it --------------------------------------------------------------


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


# --- A property of the week's columns -----------------------------------------------------------


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
