"""What the calendar remembers to be quick is never older than what it stands for."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.utils import translation

from cop_platform.common.templatetags.ui import fixed
from experts import reference
from experts.models import Charter, Country, Topic
from sessions.templatetags.calendar_filters import open_filters
from sessions.templatetags.calendar_marks import month_table, week_grid
from tests import factories as make
from tests.sessions.calendar_page.world import CALENDAR, MONTH, VIEWS, WEEK, body, days_of, session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zone", ["", "&zone=Europe/Athens"])
@pytest.mark.parametrize("query", VIEWS[:2])
def test_the_written_question_finds_what_its_queryset_finds(client, query, zone):
    make.country("EL")
    # Around the edges of the month's sheet and of the week; a workshop that begins before them.
    for day in (date(2026, 11, 29), date(2026, 12, 6), date(2026, 12, 13), date(2027, 1, 3)):
        session(title=f"Late on {day}", day=day, clock=time(23, 30))
        session(title=f"Early on {day}", day=day, clock=time(0, 15))
    workshop = session(title="Workshop", day=date(2026, 11, 28))
    workshop.last_day = date(2026, 12, 7)
    workshop.save()
    found = days_of(client, query + zone)
    assert found == days_of(client, f"{query}{zone}&kind=regular")
    assert any("Workshop" in titles for titles in found.values())


@pytest.mark.parametrize("query", VIEWS)
def test_a_day_drawn_before_shows_a_change_at_once(client, query):
    made = session(title="Old name")
    assert "Old name" in body(client, query)
    made.title = "New name"
    made.save()
    page = body(client, query)
    assert "New name" in page
    assert "Old name" not in page


def test_the_open_filter_bar_offers_a_new_topic_and_a_renamed_country_at_once(client):
    home = make.country("BG")
    reference.countries()
    assert "Recognition" not in body(client, MONTH)
    charter = Charter.objects.create(
        cop=make.cop(home), domain="x", purpose="x", adopted_on=date(2025, 9, 1)
    )
    Topic.objects.create(charter=charter, name="Recognition")
    Country.objects.filter(pk=home.pk).update(name="Renamed")
    reference.forget()
    page = body(client, MONTH)
    assert '<option value="Recognition">Recognition</option>' in page
    assert '<option value="BG">Renamed</option>' in page


@pytest.mark.parametrize("query", VIEWS)
def test_the_open_filter_bar_is_the_one_drawn_for_empty_fields(client, query):
    session()
    bar = _bar(body(client, query))
    assert bar == _bar(body(client, f"{query}&q=&country=&kind=&language=&topic="))
    assert 'name="topic"' in bar


def test_what_was_drawn_in_one_language_is_not_shown_in_another(client):
    session()
    month = client.get(CALENDAR + MONTH).context["sheet"]
    week = client.get(CALENDAR + WEEK).context["sheet"]

    def drawn() -> list[str]:
        day = fixed("sessions/_agenda_day.html", day=month.days_in_use[0], here="")
        bar = open_filters((), (("BG", "Bulgaria"),), ())
        return [month_table(month, "", True), week_grid(week, "UTC", "", True), day, bar]

    english = drawn()
    with translation.override("ar"):
        arabic = drawn()
    assert [one == other for one, other in zip(english, arabic, strict=True)] == [False] * 4
    assert drawn() == english


def _bar(page: str) -> str:
    """The form of filters, without the spaces between its lines."""
    form = page.split('<form class="filter-bar"')[1].split("</form>", maxsplit=1)[0]
    return "\n".join(line.strip() for line in form.splitlines() if line.strip())
