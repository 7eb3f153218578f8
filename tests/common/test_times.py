"""Wall times and instants; the numbers are the platform's calendar cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import times

ZONES = ["Europe/Athens", "Europe/Rome", "Atlantic/Azores", "Africa/Casablanca", "UTC"]
walls = st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2099, 12, 30))


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Europe/Athens", datetime(2026, 10, 12, 10), datetime(2026, 10, 12, 7)),
        ("Europe/Athens", datetime(2026, 11, 2, 10), datetime(2026, 11, 2, 8)),
    ],
)
def test_case_1_ten_in_athens_stays_ten_over_the_clock_change(zone, wall, utc):
    assert times.to_utc(wall, zone) == utc.replace(tzinfo=UTC)


def test_case_3_a_skipped_hour_is_refused_until_somebody_decides():
    wall = datetime(2026, 3, 29, 2, 30)
    with pytest.raises(times.NoSuchTime):
        times.to_utc(wall, "Europe/Rome")
    assert times.to_utc(wall, "Europe/Rome", fold=0) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_case_4_a_doubled_hour_is_asked_for():
    wall = datetime(2026, 10, 25, 2, 30)
    with pytest.raises(times.TwiceThatDay):
        times.to_utc(wall, "Europe/Rome")
    assert times.to_utc(wall, "Europe/Rome", fold=0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert times.to_utc(wall, "Europe/Rome", fold=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_case_8_one_day_before_goes_by_the_wall_clock():
    wall = datetime(2026, 3, 29, 10)
    due = times.wall_before(wall, "Europe/Rome", days=1)
    assert due == datetime(2026, 3, 28, 9, tzinfo=UTC)


@given(wall=walls, zone=st.sampled_from(ZONES))
def test_an_unambiguous_wall_time_survives_the_way_there_and_back(wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    try:
        instant = times.to_utc(wall, zone)
    except (times.NoSuchTime, times.TwiceThatDay):
        return
    assert times.to_wall(instant, zone) == wall


@given(wall=walls, zone=st.sampled_from(ZONES), days=st.integers(0, 30))
def test_a_wall_offset_keeps_the_clock_unless_the_hour_is_skipped(wall, zone, days):
    wall = wall.replace(second=0, microsecond=0) + timedelta(days=31)
    shown = times.to_wall(times.wall_before(wall, zone, days=days), zone)
    earlier = wall - timedelta(days=days)
    exists = earlier.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    assert shown == exists.replace(tzinfo=None)


def test_the_readers_clock_comes_first_and_the_sessions_own_second():
    when = times.When(datetime(2026, 11, 26, 8, tzinfo=UTC), 90, "Europe/Athens", "Europe/Rome")
    assert when.reader_line() == "Thu 26 Nov 2026, 09:00–10:30"
    assert when.full_line() == (
        "Thu 26 Nov 2026, 09:00–10:30 your time (Thu 26 Nov 2026, 10:00–11:30 Athens time)"
    )


def test_one_line_is_enough_where_both_clocks_agree():
    when = times.When(datetime(2026, 11, 26, 8, tzinfo=UTC), 60, "Europe/Sofia", "Europe/Athens")
    assert when.full_line() == "Thu 26 Nov 2026, 10:00–11:00 Sofia time"


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-3, "3 days ago")],
)
def test_distance_is_counted_in_the_readers_calendar_days(days, said):
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert times.say_distance(at + timedelta(days=days), at, "Europe/Sofia") == said


def test_near_midnight_the_readers_date_decides():
    at = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
    soon = at + timedelta(hours=1)
    assert times.say_distance(soon, at, "Europe/Sofia") == "tomorrow"
    assert times.say_distance(soon, at, "Europe/Madrid") == "today"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("bg", "чет, 26 ноември 2026 г., 10:00–11:30 ч., часово време: София"),
        ("de", "Do, 26. November 2026, 10:00–11:30 Uhr Ortszeit Sofia"),
        ("el", "Πέμ 26 Νοεμβρίου 2026, 10:00–11:30, ώρα: Σόφια"),
        ("es", "jue 26 de noviembre de 2026, 10:00–11:30, hora de Sofía"),
        ("it", "gio 26 novembre 2026, ore 10:00–11:30, ora di Sofia"),
        ("sv", "tors 26 november 2026 kl. 10:00–11:30, tid i Sofia"),
        ("ar", "الخميس 26 نوفمبر 2026، 10:00–11:30 بتوقيت صوفيا"),
    ],
)
def test_a_moment_is_said_as_each_language_says_it(language, said):
    when = times.When(datetime(2026, 11, 26, 8, tzinfo=UTC), 90, "Europe/Sofia", "Europe/Sofia")
    with translation.override(language):
        assert when.zone_line() == said


def test_arabic_counts_one_two_few_and_many_days():
    with translation.override("ar"):
        said = [times.say_days(days) for days in (2, 5, 11, 100)]
    assert said == ["بعد يومين", "بعد 5 أيام", "بعد 11 يومًا", "بعد 100 يوم"]
