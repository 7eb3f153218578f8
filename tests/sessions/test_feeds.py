"""Calendars to subscribe to: what they show to whom, and what they cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from experts.enums import Role
from sessions.domain import feeds, planning
from sessions.enums import Answer, FeedScope
from sessions.models import Feed, Invitation
from tests import factories as make
from tests.sessions import calendars

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    return make.person()


def text_of(feed: Feed, at=make.NOW) -> str:
    found = feeds.find(feeds.token(feed))
    return feeds.render(feeds.look(found, at)).decode()


def events_of(feed: Feed, at=make.NOW) -> list:
    return Calendar.from_ical(text_of(feed, at)).walk("VEVENT")


def titles(feed: Feed, at=make.NOW) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_of(feed, at)]


def url(feed: Feed) -> str:
    return reverse("feed", args=[feeds.token(feed)])


def test_case_26_what_is_published_has_an_organiser_and_no_attendee(guest):
    make.invitation(make.cop_session(), guest)
    text = text_of(calendars.feed(guest))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert "METHOD:PUBLISH" in text
    assert event["ORGANIZER"] == "mailto:community@demo.example"
    assert "ATTENDEE" not in text
    assert guest.email not in text


def test_case_37_the_feed_says_its_name_and_when_to_come_again(guest):
    make.invitation(make.cop_session(), guest)
    text = text_of(calendars.feed(guest))
    for line in (
        "NAME:My sessions",
        "X-WR-CALNAME:My sessions",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "CATEGORIES:BG",
    ):
        assert line in text.split("\r\n")
    assert "\r\nCOLOR:" in text


def test_case_42_and_lesson_b21_indico_4317_an_alarm_is_a_relative_trigger_that_apple_reads(guest):
    make.invitation(make.cop_session(), guest)
    feed = calendars.feed(guest)
    assert "VALARM" not in text_of(feed)
    for minutes in (5, 15, 30):
        feeds.set_alarm(feed_id=feed.pk, minutes=minutes, by=guest.user)
        text = text_of(feed)
        assert f"TRIGGER:-PT{minutes}M\r\n" in text
        (alarm,) = Calendar.from_ical(text).walk("VALARM")
        assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "First meetings")


def test_case_41_and_lesson_b19_a_cancelled_session_stays_for_30_days_and_says_so(guest):
    session = make.cop_session()
    make.invitation(session, guest)
    feed = calendars.feed(guest)
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)
    (event,) = events_of(feed, make.NOW + timedelta(days=29))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Cancelled: First meetings"
    assert events_of(feed, make.NOW + timedelta(days=31)) == []


def test_lesson_b18_revision_marks_move_with_every_change(guest):
    session = make.cop_session()
    make.invitation(session, guest)
    (event,) = events_of(calendars.feed(guest))
    assert {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "UID"} <= set(event)


def test_lesson_b23_a_feed_reaches_from_the_first_session_to_the_last(guest):
    by = make.user(Role.COORDINATOR)
    for day in (date(2025, 10, 1), date(2028, 3, 1)):
        make.invitation(make.cop_session(by=by, day=day), guest, at=make.NOW - timedelta(days=900))
    assert len(events_of(calendars.feed(guest))) == 2


def test_my_feed_shows_what_i_am_invited_to_and_did_not_decline(guest):
    by = make.user(Role.COORDINATOR)
    for title in ("Asked", "Declined", "Not asked"):
        session = make.cop_session(by=by, title=title)
        if title != "Not asked":
            make.invitation(session, guest)
    Invitation.objects.filter(session__title="Declined").update(
        answer=Answer.NO, answered_at=make.NOW
    )
    assert titles(calendars.feed(guest)) == ["Asked"]


def test_the_project_feed_shows_of_foreign_sessions_what_every_member_may_know(guest):
    make.cop_session("BG", title="Ours", purpose="Inside", place="Sofia 1", mode="hybrid")
    make.cop_session("IT", title="Theirs", purpose="Inside", place="Rome 1", mode="hybrid")
    own, foreign = sorted(
        events_of(calendars.feed(guest, FeedScope.PROJECT)), key=lambda e: str(e["SUMMARY"])
    )
    assert {"LOCATION", "DESCRIPTION", "URL", "CONFERENCE"} <= set(own)
    assert {"LOCATION", "DESCRIPTION", "URL", "CONFERENCE"} & set(foreign) == set()
    assert foreign["DTSTART"].dt.tzinfo is not None


def test_a_communitys_feed_shows_its_sessions_only(guest):
    make.cop_session("BG", title="Ours")
    make.cop_session("IT", title="Theirs")
    feed = calendars.feed(guest, FeedScope.COP, cop=make.cop(make.country("BG")))
    assert titles(feed) == ["Ours"]
    with pytest.raises(feeds.NoSuchCommunity):
        feeds.make(scope=FeedScope.COP, cop=None, by=guest.user, at=make.NOW)


def test_rights_are_read_anew_a_left_member_sees_nothing_and_a_closed_account_is_gone(
    client, guest
):
    make.invitation(make.cop_session(day=date(2090, 1, 5)), guest)
    feed = calendars.feed(guest)
    first = client.get(url(feed))
    assert b"First meetings" in first.content
    make.ends(guest)
    left = client.get(url(feed), headers={"if-none-match": first.headers["ETag"]})
    assert left.status_code == 200
    assert b"VEVENT" not in left.content
    guest.user.is_active = False
    guest.user.save()
    assert client.get(url(feed)).status_code == 404


def test_lesson_b22_the_address_is_secret_and_a_new_one_stops_the_old_at_once(client, guest):
    feed = calendars.feed(guest)
    token = feeds.token(feed)
    assert token not in str(Feed.objects.values().get())
    assert len(token.partition(".")[2]) >= 26
    old = url(feed)
    assert client.get(old).status_code == 200
    feed = feeds.rotate(feed_id=feed.pk, by=guest.user, at=make.NOW)
    assert client.get(old).status_code == 404
    assert client.get(url(feed)).status_code == 200
    for wrong in ("x", "1.aaaa", "%F0%9F%98%80", "1." + "a" * 3000):
        assert client.get(f"/feeds/{wrong}.ics").status_code == 404


def test_an_unchanged_feed_is_answered_304_without_being_written(client, guest, monkeypatch):
    session = make.cop_session(day=date(2090, 1, 5))
    make.invitation(session, guest)
    feed = calendars.feed(guest)
    first = client.get(url(feed))
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Last-Modified" in first.headers
    etag = first.headers["ETag"]

    def never(_snapshot):
        raise AssertionError("rendered")

    with monkeypatch.context() as patch:
        patch.setattr(feeds, "render", never)
        again = client.get(url(feed), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    feeds.set_alarm(feed_id=feed.pk, minutes=5, by=guest.user)
    assert client.get(url(feed), headers={"if-none-match": etag}).status_code == 200
    assert client.head(url(feed)).status_code == 200
    assert client.post(url(feed)).status_code == 405


def test_two_readings_at_one_moment_give_the_same_bytes(guest):
    make.invitation(make.cop_session(), guest)
    feed = calendars.feed(guest)
    assert text_of(feed) == text_of(feed)


def test_the_count_of_queries_does_not_grow(client, guest):
    feed = calendars.feed(guest, FeedScope.PROJECT)
    counts = []
    for _ in range(2):
        make.cop_session("BG")
        make.cop_session("IT")
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(feed)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_lesson_b20_indico_4788_the_page_shows_webcal_https_and_qr(as_user, guest):
    client = as_user(guest.user)
    page = client.get(reverse("feed_list"))
    assert page.content.decode().count("Make an address") == 3
    assert not Feed.objects.exists()
    for _ in range(2):
        assert client.post(reverse("feed_list"), {"scope": "personal"}).status_code == 302
    feed = Feed.objects.get()
    page = client.get(reverse("feed_list")).content.decode()
    token = feeds.token(feed)
    assert f'value="http://127.0.0.1:8000/feeds/{token}.ics"' in page
    assert f'href="webcal://127.0.0.1:8000/feeds/{token}.ics"' in page
    assert '<svg class="qr"' in page
    client.post(reverse("feed_alarm", args=[feed.pk]), {"alarm": "30"})
    client.post(reverse("feed_alarm", args=[feed.pk]), {"alarm": "7"})
    client.post(reverse("feed_rotate", args=[feed.pk]))
    feed.refresh_from_db()
    assert (feed.alarm, feed.generation) == (30, 2)
    assert feed.rotated_at is not None
    cop = make.cop(make.country("IT"))
    assert client.post(reverse("feed_list"), {"scope": "cop", "cop": cop.pk}).status_code == 302
    for bad in ({"scope": "x"}, {"scope": "cop", "cop": "abc"}, {"scope": "cop", "cop": 10**30}):
        assert client.post(reverse("feed_list"), bad).status_code == 400
    stranger = as_user(make.user())
    assert stranger.post(reverse("feed_rotate", args=[feed.pk])).status_code == 404
