"""What belongs to a country and a period, and what a whole dataset is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import jsonschema
import pytest

from cop_platform.common.reporting.document import plain
from cop_platform.common.reporting.sections import Profile
from feedback.reports.domain import assembly, facts, period
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.collecting import collect
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.period import BadPeriod, Period
from tests import factories as make
from tests.reports import stored

LATER = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def read(code="BG", days=NOVEMBER, at=LATER, profile=Profile.AGENCY) -> facts.Dataset:
    asked = Asked(period=days, profile=profile, country=make.country(code))
    return collect(asked=asked, at=at)


def sessions(dataset: facts.Dataset) -> int:
    """How many sessions the dataset tells of."""
    return len(dataset.sections["sessions"].meetings)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("clock", "minutes", "in_first", "in_second"),
    [
        (time(22, 30), 90, 1, 0),  # ends at midnight sharp: the day before
        (time(22, 31), 90, 0, 1),  # ends a minute later: the next period
        (time(10, 0), 90, 1, 0),
    ],
)
def test_every_session_belongs_to_one_of_two_periods(clock, minutes, in_first, in_second):
    make.cop_session("BG", day=date(2026, 11, 30), clock=clock, minutes=minutes)

    first = read(days=Period(date(2026, 11, 1), date(2026, 11, 30)))
    second = read(days=Period(date(2026, 12, 1), date(2026, 12, 31)))

    assert (sessions(first), sessions(second)) == (in_first, in_second)


@pytest.mark.django_db(transaction=True)
def test_a_dataset_is_what_its_published_schema_says(client):
    stored.rated("BG", [[4, 3, 2], [3, 3, 1], [4, 4, 4]], asked=5)
    make.cop_session("BG")

    schema = client.get("/reports/schema.json")
    dataset = json.loads(facts.to_json(read()))

    assert schema["Content-Type"] == "application/schema+json"
    jsonschema.Draft202012Validator.check_schema(schema.json())
    jsonschema.validate(dataset, schema.json())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(dataset | {"profile": "everybody"}, schema.json())


@pytest.mark.django_db(transaction=True)
def test_at_limits_the_rows_and_is_not_written():
    session = make.cop_session("BG")

    at_its_end = read(at=session.ends_at)
    just_before = read(at=session.ends_at - timedelta(seconds=1))
    much_later = read(at=LATER)

    assert (sessions(at_its_end), sessions(just_before)) == (1, 0)
    assert facts.to_json(at_its_end) == facts.to_json(much_later)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("profile", list(Profile))
def test_an_empty_country_has_a_whole_dataset_that_is_read_back(profile):
    make.cop()

    dataset = read(profile=profile)

    written = facts.to_json(dataset)
    assert facts.to_json(facts.from_json(written)) == written


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("profile", list(Profile))
def test_no_reviewer_is_named_in_either_profile(profile):
    make.cop()
    asked = stored.rated("BG", [[4, 3, 2], [3, 3, 1], [4, 4, 4]], asked=4)
    codes = [str(code) for code in asked.assignments.values_list("reviewer_code", flat=True)]

    text = facts.to_json(read(days=period.year(date(2026, 1, 1)), profile=profile)).decode()

    assert not [code for code in codes if code in text]
    assert (asked.opened_by.name in text) is False
    json.loads(text)


@pytest.mark.django_db(transaction=True)
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    counts = []
    for days in ([25], [26, 27]):
        for day in days:
            session = make.cop_session("BG", day=date(2026, 11, day))
            make.invitation(session, make.person())
        with django_assert_max_num_queries(150) as counted:
            read()
        counts.append(len(counted))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 2, 2), date(2026, 2, 1)),
        (date(1999, 12, 31), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2101, 1, 1)),
        (date.min, date.max),
    ],
)
def test_days_that_make_no_period_are_refused(start, end):
    with pytest.raises(BadPeriod):
        Period(start, end)


@pytest.mark.django_db
def test_the_usual_period_is_the_project_until_yesterday():
    make.cop()

    days = period.chosen(start=None, end=None, zone="Europe/Sofia", at=make.NOW)

    assert days == Period(date(2025, 9, 1), date(2026, 11, 23))


@pytest.mark.django_db(transaction=True)
def test_lesson_a31_what_funders_ask_for_each_year_is_a_standing_table():
    """Planned beside reached, also where nothing was planned: reviews that came in among them."""
    make.cop()
    stored.rated("BG", [[4, 3, 2], [3, 3, 1], [4, 4, 4]], asked=5)

    whole = assembly.document(read(days=period.year(date(2026, 1, 1))), Edition("BG", 1, "en"))

    table = next(table for table in whole.tables() if table.key == "indicators")
    at = [column.label for column in table.columns].index("Reached")
    reached = {plain(row[0].text): row[at].value for row in table.rows}
    assert 3 in reached.values()
    assert len(reached) >= 4
