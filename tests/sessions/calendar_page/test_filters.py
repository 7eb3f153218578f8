"""The calendar: filters, and one zone for a page."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse

from experts.enums import Role
from experts.models import Charter, Topic
from tests import factories as make
from tests.sessions.calendar_page.world import (
    CALENDAR,
    MONTH,
    VIEWS,
    WEEK,
    body,
    busy,
    days_of,
    session,
)

pytestmark = pytest.mark.django_db


def titles(client, query: str) -> set[str]:
    sheet = client.get(CALENDAR + query).context["sheet"]
    days = [c.day for c in sheet.columns] if hasattr(sheet, "columns") else sheet.days_in_use
    return {entry.card.title for day in days for entry in day.entries}


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
