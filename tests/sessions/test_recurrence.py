"""Rules of a series: wall time first, every refusal a sentence (calendar cases 1 to 17)."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_platform.common.times import to_utc, to_wall, wall_before, zone_names
from sessions.domain import recurrence, rule_words
from sessions.domain.recurrence import BadRule

MONDAY = datetime(2026, 10, 12, 10, 0)


def expand(rule: str, start: datetime = MONDAY, zone: str = "Europe/Athens", **more):
    return recurrence.expand(rule=rule, start=start, zone=zone, **more)


def utc(found) -> list[str]:
    return [f"{o.utc:%m-%dT%H:%MZ}" for o in found]


def days(found) -> list[str]:
    return [f"{o.wall:%Y-%m-%d}" for o in found]


def test_case_1_ten_in_athens_stays_ten_when_the_clocks_go_back():
    found = expand("FREQ=WEEKLY;COUNT=4")
    assert utc(found) == ["10-12T07:00Z", "10-19T07:00Z", "10-26T08:00Z", "11-02T08:00Z"]
    assert {o.wall.hour for o in found} == {10}


def test_case_2_expanding_in_utc_would_say_nine_from_the_26th():
    start = to_utc(MONDAY, "Europe/Athens")
    wrong = [to_wall(i, "Europe/Athens") for i in rrulestr("FREQ=WEEKLY;COUNT=4", dtstart=start)]
    right = [o.wall for o in expand("FREQ=WEEKLY;COUNT=4")]
    assert [w.hour for w in wrong] == [10, 10, 9, 9]
    assert wrong[:2] == right[:2]
    assert wrong[2:] != right[2:]


def test_case_3_a_skipped_hour_is_read_with_the_offset_before():
    (found,) = expand("FREQ=DAILY;COUNT=1", datetime(2026, 3, 29, 2, 30), "Europe/Rome")
    assert (found.note, utc([found])) == ("gap", ["03-29T01:30Z"])
    assert to_wall(found.utc, "Europe/Rome") == datetime(2026, 3, 29, 3, 30)


@pytest.mark.parametrize(
    ("fold", "note", "instant"), [(0, "first", "10-25T00:30Z"), (1, "second", "10-25T01:30Z")]
)
def test_case_4_of_a_doubled_hour_the_first_or_the_second_is_taken(fold, note, instant):
    start = datetime(2026, 10, 25, 2, 30)
    (found,) = expand("FREQ=DAILY;COUNT=1", start, "Europe/Rome", fold=fold)
    assert (found.note, utc([found])) == (note, [instant])


@pytest.mark.parametrize("fold", [0, 1])
def test_case_5_daily_over_a_skipped_hour(fold):
    start = datetime(2026, 3, 28, 2, 30)
    found = expand("FREQ=DAILY;COUNT=3", start, "Europe/Rome", fold=fold)
    assert utc(found) == ["03-28T01:30Z", "03-29T01:30Z", "03-30T00:30Z"]
    assert [o.note for o in found] == [None, "gap", None]


def test_case_6_ten_in_athens_in_june_and_december():
    start = datetime(2026, 6, 8, 10, 0)
    found = expand("FREQ=MONTHLY;INTERVAL=6;COUNT=2", start)
    west = ["Europe/Rome", "Europe/Lisbon", "Atlantic/Azores"]
    zones = [*west, "Europe/Istanbul", "Atlantic/Reykjavik"]
    assert [[to_wall(o.utc, zone).hour for o in found] for zone in zones] == [
        [9, 9],
        [8, 8],
        [7, 7],
        [10, 11],
        [7, 8],
    ]


def test_case_8_a_day_before_is_counted_by_the_wall_clock():
    start = datetime(2026, 3, 29, 10, 0)
    (found,) = expand("FREQ=DAILY;COUNT=1", start, "Europe/Rome")
    before = wall_before(found.wall, found.zone, days=1)
    assert before == datetime(2026, 3, 28, 9, 0, tzinfo=UTC)
    assert before != found.utc - timedelta(hours=24)


@pytest.mark.parametrize(
    "until",
    [
        "20261102",
        "20261102T100000",
        "20261102T080000Z",
        "2026-11-02",
        "2026-11-02T10:00",
        "2026-11-02T09:00+01:00",
    ],
)
def test_case_10_and_lesson_b50_xandikos_572_dateutil_1390_until_is_taken_in_every_form(until):
    found = expand(f"FREQ=WEEKLY;UNTIL={until}")
    assert days(found) == ["2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"]


def test_lesson_b50_dateutil_851_the_library_alone_refuses_a_naive_until():
    start = MONDAY.replace(tzinfo=UTC)
    with pytest.raises(ValueError, match="UNTIL"):
        rrulestr("FREQ=WEEKLY;UNTIL=20261102", dtstart=start)
    stored = recurrence.normalise("FREQ=WEEKLY;UNTIL=20261102", start=MONDAY, zone="Europe/Athens")
    assert stored == "FREQ=WEEKLY;UNTIL=20261102T215959Z"
    assert len(list(rrulestr(stored, dtstart=start))) == 4


def test_case_11_until_is_compared_as_an_instant():
    found = expand("FREQ=WEEKLY;UNTIL=20261109T080000Z")
    assert (len(found), days(found)[-1]) == (5, "2026-11-09")
    assert len(expand("FREQ=WEEKLY;UNTIL=20261109T075959Z")) == 4


@pytest.mark.parametrize(("first", "expected"), [("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])])
def test_case_12_the_week_begins_where_the_rule_says(first, expected):
    rule = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={first}"
    found = expand(rule, datetime(1997, 8, 5, 9, 0), "America/New_York")
    assert [o.wall.day for o in found] == expected


@pytest.mark.parametrize("rule", ["BYDAY=-1TH", "BYDAY=TH;BYSETPOS=-1"])
def test_case_14_the_last_thursday_of_a_month(rule):
    found = expand(f"FREQ=MONTHLY;COUNT=5;{rule}", datetime(2026, 9, 24, 10, 0))
    assert days(found) == ["2026-09-24", "2026-10-29", "2026-11-26", "2026-12-31", "2027-01-28"]


@pytest.mark.parametrize(
    "exdate",
    ["20261019T070000Z", "2026-10-19T07:00Z", "2026-10-19T10:00", "2026-10-19", date(2026, 10, 19)],
)
def test_case_17_an_exception_is_matched_by_instant(exdate):
    found = expand("FREQ=WEEKLY;COUNT=4", exdates=[exdate])
    assert days(found) == ["2026-10-12", "2026-10-26", "2026-11-02"]


def test_an_exception_at_another_hour_takes_nothing_out():
    assert len(expand("FREQ=WEEKLY;COUNT=4", exdates=["2026-10-19T09:00"])) == 4


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=SECONDLY;COUNT=4", "FREQ=SECONDLY is too often"),
        ("FREQ=MINUTELY;COUNT=4", "FREQ=MINUTELY is too often"),
        ("FREQ=HOURLY;COUNT=4", "FREQ=HOURLY is too often"),
        ("FREQ=DAILY;COUNT=501", "more than 500 dates"),
        ("FREQ=DAILY;UNTIL=20300101", "more than 500 dates"),
        ("FREQ=WEEKLY", "A series needs an end"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "COUNT or UNTIL, not both"),
        ("FREQ=WEEKLY;UNTIL=20261001", "ends before it begins"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT does not fit"),
        ("FREQ=WEEKLY;COUNT=2,3", "COUNT does not fit"),
        ("FREQ=WEEKLY;COUNT=" + "9" * 5000, "COUNT does not fit"),
        ("FREQ=WEEKLY;COUNT=\u0664", "COUNT does not fit"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=XX", "BYDAY does not fit"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=1MO", "BYDAY does not fit"),
        ("FREQ=WEEKLY;COUNT=2;BYMONTHDAY=3", "BYMONTHDAY does not fit"),
        ("FREQ=WEEKLY;COUNT=2;BYHOUR=9,10", "BYHOUR of the rule is not supported"),
        ("FREQ=MONTHLY;COUNT=2;BYSETPOS=1", "BYSETPOS chooses among days"),
        ("FREQ=WEEKLY;COUNT=2;COUNT=3", "This is not a rule"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "no date at all"),
        ("FREQ=YEARLY;COUNT=200", "end by the year 2100"),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z", "UNTIL does not fit"),
        ("FREQ=WEEKLY;UNTIL=soon", "UNTIL does not fit"),
        ("every Monday", "This is not a rule"),
        ("", "This is not a rule"),
        ("COUNT=3", "Say how often"),
        ("\x00\ud800", "This is not a rule"),
    ],
)
def test_a_bad_rule_is_refused_in_one_sentence(rule, sentence):
    with pytest.raises(BadRule, match=sentence):
        expand(rule)


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        ("GTB Standard Time", "write the time zone as Europe/Bucharest"),
        ("Customized Time Zone", "is unknown"),
        ("Mars/Base", "is unknown"),
        ("../../etc/passwd", "is unknown"),
        ("", "is unknown"),
    ],
)
def test_an_unknown_zone_is_refused_in_one_sentence(zone, sentence):
    with pytest.raises(BadRule, match=sentence):
        expand("FREQ=WEEKLY;COUNT=2", zone=zone)


def test_exactly_five_hundred_are_a_series():
    assert len(expand("FREQ=DAILY;COUNT=500")) == 500


def command(capsys, *args: str) -> tuple[int, dict]:
    try:
        call_command("preview_series", *args)
        code = 0
    except SystemExit as error:
        code = error.code
    return code, json.loads(capsys.readouterr().out)


def test_the_command_prints_the_contracts_json(capsys):
    code, printed = command(
        capsys,
        "--start=2026-10-12T10:00",
        "--zone=Europe/Athens",
        "--rule=FREQ=WEEKLY;COUNT=4",
        "--show-in=Europe/Rome,Atlantic/Reykjavik",
        "--exdate=2026-10-19,2026-10-26T08:00Z",
        "--exdate=20261102T100000",
    )
    assert code == 0
    assert printed == {
        "occurrences": [
            {
                "wall": "2026-10-12T10:00",
                "zone": "Europe/Athens",
                "utc": "2026-10-12T07:00:00Z",
                "shown": {
                    "Europe/Rome": "2026-10-12T09:00",
                    "Atlantic/Reykjavik": "2026-10-12T07:00",
                },
                "note": None,
            }
        ]
    }


def test_the_command_takes_the_second_of_a_doubled_hour(capsys):
    night = ("--start=2026-10-25T02:30", "--zone=Europe/Rome", "--rule=FREQ=DAILY;COUNT=1")
    assert command(capsys, *night)[1]["occurrences"][0]["note"] == "first"
    second = command(capsys, *night, "--fold=second")[1]["occurrences"][0]
    assert (second["note"], second["utc"]) == ("second", "2026-10-25T01:30:00Z")


@pytest.mark.parametrize(
    "change",
    [
        {"--start": "2026-10-12"},
        {"--start": "tomorrow"},
        {"--start": "2026-10-12T10:00Z"},
        {"--start": "9999-12-31T10:00"},
        {"--zone": "GTB Standard Time"},
        {"--rule": "FREQ=SECONDLY"},
        {"--show-in": "Nowhere"},
        {"--fold": "third"},
        {"--exdate": "later"},
    ],
)
def test_the_command_answers_bad_input_with_a_sentence_and_2(capsys, change):
    good = {"--start": "2026-10-12T10:00", "--zone": "Europe/Rome", "--rule": "FREQ=DAILY;COUNT=2"}
    code, printed = command(capsys, *(f"{k}={v}" for k, v in (good | change).items()))
    assert code == 2
    assert set(printed) == {"error"}
    assert printed["error"]


STARTS = st.datetimes(datetime(2001, 1, 1), datetime(2085, 1, 1)).map(
    lambda d: d.replace(second=0, microsecond=0)
)
BY_DAY = st.sets(st.sampled_from(recurrence.WEEKDAYS), max_size=3).map(sorted)


@settings(max_examples=200, deadline=None)
@given(STARTS, st.sampled_from(zone_names()), st.integers(1, 9), st.integers(1, 60), BY_DAY)
def test_every_date_of_a_weekly_rule_shows_the_same_wall_clock(start, zone, every, count, by_day):
    rule = f"FREQ=WEEKLY;INTERVAL={every};COUNT={count}"
    rule += f";BYDAY={','.join(by_day)}" if by_day else ""
    found = expand(rule, start, zone)
    assert len(found) == count
    for occurrence in found:
        shown = to_wall(occurrence.utc, zone)
        assert occurrence.wall.time() == start.time()
        assert (shown == occurrence.wall) is (occurrence.note != "gap")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.one_of(
        st.integers(1, 2000).map("COUNT={}".format), st.dates().map("UNTIL={:%Y%m%d}".format)
    ),
    STARTS,
)
def test_a_rule_never_gives_more_than_500_dates(frequency, end, start):
    try:
        found = expand(f"FREQ={frequency};{end}", start)
    except BadRule:
        return
    assert 1 <= len(found) <= 500


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    for rule in (text, f"FREQ=WEEKLY;COUNT=2;{text}", f"FREQ=MONTHLY;COUNT=2;BYDAY={text}"):
        with contextlib.suppress(BadRule):
            expand(rule)


@settings(max_examples=150, deadline=None)
@given(STARTS, st.integers(1, 4), st.integers(2, 30), BY_DAY, st.data())
def test_a_rule_cut_in_two_gives_the_same_dates(start, every, count, by_day, data):
    rule = f"FREQ=WEEKLY;INTERVAL={every};COUNT={count}"
    rule += f";BYDAY={','.join(by_day)}" if by_day else ""
    whole = expand(rule, start)
    cut = data.draw(st.integers(1, count - 1))
    before = expand(rule_words.counted(rule, cut), start)
    after = expand(rule_words.counted(rule, count - cut), whole[cut].wall)
    assert before + after == whole


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;COUNT=4", "every week on Monday, 4 times"),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU",
            "every 2 weeks on Tuesday and Sunday, 4 times",
        ),
        ("FREQ=DAILY;COUNT=2", "every day, 2 times"),
        ("FREQ=MONTHLY;COUNT=3", "every month on day 12, 3 times"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=2MO", "every month on the second Monday, 3 times"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=-1TH", "every month on the last Thursday, 3 times"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TH;BYSETPOS=-1", "every month on the last Thursday, 3 times"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1", "every month on the last day, 3 times"),
        ("FREQ=WEEKLY;UNTIL=20261102T215959Z", "every week on Monday, until Mon 2 Nov 2026"),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=3", "by the rule FREQ=YEARLY;COUNT=2;BYMONTH=3"),
    ],
)
def test_a_rule_is_said_in_words(rule, words):
    assert rule_words.say(rule, MONDAY, "Europe/Athens") == words


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ({"repeat": "weekly", "count": 4}, "FREQ=WEEKLY;COUNT=4"),
        ({"repeat": "weeks", "every": 2, "count": 4}, "FREQ=WEEKLY;INTERVAL=2;COUNT=4"),
        ({"repeat": "daily", "count": 3}, "FREQ=DAILY;COUNT=3"),
        ({"repeat": "month_day", "count": 3}, "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=12"),
        ({"repeat": "month_nth", "count": 3}, "FREQ=MONTHLY;COUNT=3;BYDAY=2MO"),
        ({"repeat": "month_last", "count": 3}, "FREQ=MONTHLY;COUNT=3;BYDAY=-1MO"),
        ({"repeat": "weekly", "until": date(2026, 11, 2)}, "FREQ=WEEKLY;UNTIL=20261102"),
    ],
)
def test_a_choice_on_the_page_becomes_a_rule(chosen, rule):
    assert rule_words.compose(start=MONDAY, **chosen) == rule


def test_the_fifth_weekday_of_a_month_is_its_last():
    fifth = datetime(2026, 10, 29, 10, 0)
    assert "BYDAY=-1TH" in rule_words.compose(start=fifth, repeat="month_nth", count=3)


@pytest.mark.parametrize(
    ("rule", "to", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=9", MONDAY + timedelta(days=2), "FREQ=WEEKLY;COUNT=4"),
        (
            "FREQ=WEEKLY;COUNT=9;BYDAY=MO,SU",
            MONDAY + timedelta(days=1),
            "FREQ=WEEKLY;COUNT=4;BYDAY=TU,MO",
        ),
        (
            "FREQ=MONTHLY;COUNT=9;BYDAY=2MO",
            MONDAY + timedelta(days=3),
            "FREQ=MONTHLY;COUNT=4;BYDAY=3TH",
        ),
        (
            "FREQ=MONTHLY;COUNT=9;BYMONTHDAY=12",
            MONDAY + timedelta(days=1),
            "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=13",
        ),
    ],
)
def test_a_rule_moves_with_its_first_day(rule, to, expected):
    assert rule_words.moved(rule, old=MONDAY, new=to, count=4) == expected
