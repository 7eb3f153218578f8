"""Foreign calendar files: read, refused with a sentence, never an error of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.enums import Role
from sessions.domain import calendar_reading, imports
from sessions.models import CopSession
from tests import factories as make

pytestmark = pytest.mark.django_db
LIBRARY = Path(icalendar.__file__).parent / "tests"
FIXTURES = sorted([*LIBRARY.glob("calendars/*.ics"), *LIBRARY.glob("events/*.ics")])
LISTED = [
    "calendars/issue_722_timezone_transition_ambiguity",
    "calendars/issue_722_missing_timezones",
    "calendars/issue_218_bad_tzid",
    "calendars/issue_313_globally_unique_tzid",
    "calendars/issue_836_do_not_quote_tzid",
    "calendars/issue_466_respect_unique_timezone",
    "calendars/issue_466_convert_tzid_with_slash",
    "calendars/issue_237_fail_to_parse_timezone_with_non_ascii_tzid",
    "calendars/america_new_york_forward_reference",
    "calendars/timezone_same_start",
    "calendars/bom_calendar",
    "calendars/big_bad_calendar",
    "calendars/alarm_google_future",
    "calendars/alarm_thunderbird_future",
    "calendars/alarm_etar_future",
    "calendars/rfc_7986_conferences",
    "calendars/rfc_7986_image",
    "calendars/rfc_7986_properties",
    "events/event_with_rsvp",
    "events/event_with_recurrence_exdates_on_different_lines",
    "events/issue_101_icalendar_chokes_on_umlauts_in_organizer",
    "events/issue_112_missing_tzinfo_on_exdate",
]


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


@pytest.fixture
def cop(coordinator):
    return make.cop(make.country("BG"))


def calendar(*events: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}END:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inside}END:VCALENDAR\r\n"


def entry(start=";TZID=Europe/Athens:20261012T100000", length="PT90M", **more: str) -> str:
    lines = {"UID": "abc@example.org", "SUMMARY": "Talk", **more}
    text = "".join(f"{name}:{value}\r\n" for name, value in lines.items())
    return f"DTSTART{start}\r\nDURATION:{length}\r\n{text}"


def rows(text: str, cop, user) -> list[imports.ImportRow]:
    return [line.row for line in imports.preview(text, cop=cop, user=user)]


def starts(text: str, cop, user) -> list[datetime]:
    (row,) = rows(text, cop, user)
    assert row.problem == ""
    return [occurrence.starts_at for occurrence in row.occurrences]


def problem(text: str, cop, user) -> str:
    (row,) = rows(text, cop, user)
    assert row.occurrences == []
    return row.problem


@pytest.mark.parametrize("name", LISTED)
def test_the_listed_fixtures_are_there(name):
    assert (LIBRARY / f"{name}.ics").is_file()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.stem)
def test_every_fixture_of_the_library_is_read_or_refused_with_a_sentence(
    path, cop, coordinator, as_user
):
    client = as_user(coordinator)
    file = SimpleUploadedFile("calendar.ics", path.read_bytes())
    page = client.post(reverse("session_import"), {"file": file, "cop": cop.pk, "kind": "regular"})
    assert page.status_code == 200
    lines = page.context.get("lines")
    if lines is None:
        assert page.context["form"].errors
    else:
        assert all(line.row.problem or line.when for line in lines)
    assert not CopSession.objects.exists()


@pytest.mark.parametrize(
    ("zone", "iana", "offset"),
    [
        ("GTB Standard Time", "Europe/Bucharest", 3),
        ("W. Europe Standard Time", "Europe/Berlin", 2),
        ("Turkey Standard Time", "Europe/Istanbul", 3),
    ],
)
def test_case_21_windows_names_are_understood(cop, coordinator, zone, iana, offset):
    (row,) = rows(calendar(entry(f";TZID={zone}:20261012T100000")), cop, coordinator)
    (occurrence,) = row.occurrences
    assert occurrence.zone == iana
    assert occurrence.starts_at == datetime(2026, 10, 12, 10 - offset, tzinfo=UTC)


def test_case_22_a_customized_zone_is_asked_about(cop, coordinator):
    text = calendar(entry(";TZID=Customized Time Zone:20261012T100000"))
    assert "Customized Time Zone" in problem(text, cop, coordinator)
    assert "no time zone" in problem(calendar(entry(":20261012T100000")), cop, coordinator)


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
def test_case_23_a_vendors_prefix_is_taken_off(cop, coordinator):
    text = calendar(entry(";TZID=/vendor/Europe/Berlin:20261012T100000"))
    assert starts(text, cop, coordinator) == [datetime(2026, 10, 12, 8, tzinfo=UTC)]


def test_a_time_in_utc_becomes_wall_time_of_the_host(cop, coordinator):
    (row,) = rows(calendar(entry(":20261012T080000Z")), cop, coordinator)
    assert row.occurrences[0].zone == "Europe/Sofia"


def utc(*days: str) -> list[datetime]:
    return [datetime.fromisoformat(f"2026-{day}:00+00:00") for day in days]


def test_a_rule_keeps_the_wall_time_over_the_change_of_clocks(cop, coordinator):
    text = calendar(entry(RRULE="FREQ=WEEKLY;COUNT=4"))
    assert starts(text, cop, coordinator) == utc(
        "10-12T07:00", "10-19T07:00", "10-26T08:00", "11-02T08:00"
    )


@pytest.mark.parametrize(
    "until", ["20261109T080000Z", "20261109T100000", "20261109T235959", "20261109"]
)
def test_lesson_b50_dateutil_1390_until_is_normalised_with_or_without_z(cop, coordinator, until):
    text = calendar(entry(RRULE=f"FREQ=WEEKLY;UNTIL={until}"))
    found = starts(text, cop, coordinator)
    assert len(found) == 5
    assert found[-1] == datetime(2026, 11, 9, 8, tzinfo=UTC)


def test_exceptions_are_matched_by_instant_and_changed_dates_replace_theirs(cop, coordinator):
    changed = entry(
        ";TZID=Europe/Athens:20261027T150000",
        **{"RECURRENCE-ID;TZID=Europe/Athens": "20261026T100000"},
    )
    cancelled = entry(
        ";TZID=Europe/Athens:20261102T100000",
        STATUS="CANCELLED",
        **{"RECURRENCE-ID": "20261102T080000Z"},
    )
    text = calendar(
        entry(RRULE="FREQ=WEEKLY;COUNT=4", EXDATE="20261019T070000Z"), changed, cancelled
    )
    assert starts(text, cop, coordinator) == utc("10-12T07:00", "10-27T13:00")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY;COUNT=3", "more than once a day"),
        ("FREQ=HOURLY;COUNT=3", "more than once a day"),
        ("FREQ=DAILY;COUNT=501", "more than 500"),
        ("FREQ=DAILY", "more than 500"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=20200101T000000Z", "gives no date"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "gives no date"),
        ("COUNT=3", "cannot be read"),
        ("FREQ=NEVER", "cannot be read"),
        ("nonsense", "cannot be read"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_a_sentence(cop, coordinator, rule, words):
    found = problem(calendar(entry(RRULE=rule)), cop, coordinator)
    assert words in found or "cannot be read" in found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": ";VALUE=DATE:20261012"}, "whole days"),
        ({"start": ":nonsense"}, "no time"),
        ({"start": ":99990101T000000Z"}, "2000 to 2100"),
        ({"length": "-PT1H"}, "ends before"),
        ({"length": "P3D"}, "more than a day"),
        ({"length": "PT1M"}, "less than 5"),
        ({"length": "P999999999999W"}, "no end"),
        ({"SUMMARY": ""}, "no title"),
        ({"STATUS": "CANCELLED"}, "cancelled"),
    ],
)
def test_an_event_that_cannot_be_a_session_says_why(cop, coordinator, changes, words):
    assert words in problem(calendar(entry(**changes)), cop, coordinator)


def test_preview_writes_nothing_and_confirming_twice_imports_once(cop, coordinator, as_user):
    client = as_user(coordinator)
    text = calendar(
        entry(
            LOCATION="Hall 1",
            URL="https://meet.example.org/x",
            DESCRIPTION="One\\nTwo",
            RRULE="FREQ=WEEKLY;COUNT=2",
        ),
        entry(":20261012T100000", UID="floating"),
    )
    file = SimpleUploadedFile("a.ics", text.encode())
    data = {"cop": cop.pk, "kind": "training"}
    page = client.post(reverse("session_import"), data | {"file": file})
    assert (page.context["good"], CopSession.objects.count()) == (2, 0)
    assert "names no time zone" in page.content.decode()
    shown = page.context["text"]
    confirm = data | {"text": shown, "confirm": "1"}
    assert client.post(reverse("session_import"), confirm).status_code == 302
    first, second = CopSession.objects.all()
    assert (first.title, first.place, first.online_link) == (
        "Talk",
        "Hall 1",
        "https://meet.example.org/x",
    )
    assert (first.purpose, first.kind, first.mode) == ("One\nTwo", "training", "hybrid")
    assert second.starts_at - first.starts_at == timedelta(days=7)
    assert first.invitations.count() == 0
    again = client.post(reverse("session_import"), confirm)
    assert "nothing in this file" in again.content.decode()
    assert CopSession.objects.count() == 2
    page = client.post(reverse("session_import"), data | {"text": shown})
    assert "It is here already" in page.content.decode()


def test_a_session_that_left_and_comes_back_is_recognised(cop, coordinator):
    session = make.cop_session(by=coordinator)
    text = calendar(entry(UID=f"{session.uid}@demo.example"))
    (row,) = rows(text, cop, coordinator)
    assert row.is_known


def test_who_may_import_and_a_failure_leaves_nothing(cop, coordinator, monkeypatch):
    text = calendar(entry(RRULE="FREQ=WEEKLY;COUNT=3"))
    with pytest.raises(Refused):
        imports.run(
            text, cop=cop, kind="regular", by=make.user(Role.COORDINATOR, "IT"), at=make.NOW
        )
    calls = []
    original = imports.planning.plan_session

    def fails_late(**given):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError
        return original(**given)

    monkeypatch.setattr(imports.planning, "plan_session", fails_late)
    with pytest.raises(RuntimeError):
        imports.run(text, cop=cop, kind="regular", by=coordinator, at=make.NOW)
    assert not CopSession.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a calendar file"),
        ({"text": "nonsense"}, "that can be read"),
        ({"text": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}, "no event"),
        ({"text": "x" * 1_000_001}, "too long"),
        ({"text": "x", "cop": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_files_are_answered_on_the_page(cop, coordinator, as_user, data, words):
    client = as_user(coordinator)
    page = client.post(reverse("session_import"), {"cop": cop.pk, "kind": "regular"} | data)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_community_of_another_country_cannot_be_chosen(coordinator, as_user):
    foreign = make.cop(make.country("IT"))
    page = as_user(coordinator).post(
        reverse("session_import"), {"cop": foreign.pk, "kind": "regular", "text": "x"}
    )
    assert "cop" in page.context["form"].errors


def test_hostile_words_are_shown_as_words(cop, coordinator, as_user):
    text = calendar(entry(SUMMARY="<script>alert(1)</script>"))
    page = as_user(coordinator).post(
        reverse("session_import"), {"cop": cop.pk, "kind": "regular", "text": text}
    )
    assert "<script>alert" not in page.content.decode()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_never_raises_anything_but_a_sentence(cop, coordinator, data):
    text = list(calendar(entry(RRULE="FREQ=WEEKLY;COUNT=4", EXDATE="20261019T070000Z")))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.characters(codec="utf-8"))
    try:
        found = rows("".join(text), cop, coordinator)
    except calendar_reading.Unreadable:
        return
    assert all(row.problem or row.occurrences or row.is_known for row in found)
