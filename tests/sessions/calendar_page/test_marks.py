"""The calendar: holidays and busy periods."""

from __future__ import annotations

from datetime import date

import pytest

from experts.enums import Role
from tests import factories as make
from tests.sessions.calendar_page.world import CALENDAR, MONTH, VIEWS, body, busy

pytestmark = pytest.mark.django_db


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
