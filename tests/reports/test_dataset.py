"""What belongs to a country and a period, and what does not."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

import pytest

from experts.enums import Profession, Role
from experts.models import Expert, Membership
from feedback.reports.domain import period
from feedback.reports.domain.dataset import collect
from feedback.reports.domain.period import BadPeriod, Period
from feedback.reports.domain.shapes import to_json
from sessions.domain import planning
from sessions.enums import Answer, Kind
from sessions.models import Invitation
from tests import factories as make
from tests.reports import stored

LATER = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def read(code="BG", days=NOVEMBER, at=LATER):
    return collect(country=make.country(code), period=days, at=at)


@pytest.mark.django_db(transaction=True)
def test_sessions_that_took_place_are_listed_with_their_answers():
    session = make.cop_session("BG", title="Mentoring in pairs")
    for answer in (Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO, Answer.NONE):
        invitation = make.invitation(session, make.person())
        if answer:
            Invitation.objects.filter(pk=invitation.pk).update(answer=answer, answered_at=make.NOW)

    data = read()

    (row,) = data.sessions
    assert (row.title, row.start, row.zone, row.minutes) == (
        "Mentoring in pairs",
        "2026-11-26T10:00",
        "Europe/Sofia",
        90,
    )
    assert (row.invited, row.yes, row.maybe, row.no, row.silent) == (5, 2, 1, 1, 1)
    assert data.attendance_basis == "attendance by RSVP"
    assert [(t.kind, t.sessions, t.minutes, t.yes) for t in data.totals] == [("regular", 1, 90, 2)]


@pytest.mark.django_db(transaction=True)
def test_cancelled_planned_and_foreign_sessions_are_not_counted():
    cancelled = make.cop_session("BG", title="Cancelled")
    planning.cancel_session(
        session_id=cancelled.pk, reason="Ill", by=cancelled.planned_by.user, at=make.NOW
    )
    make.cop_session("BG", title="Still to come", day=date(2026, 11, 29))
    make.cop_session("IT", title="Italian")

    data = read(at=datetime(2026, 11, 28, tzinfo=UTC))

    assert data.sessions == ()
    assert data.cancelled_sessions == 1
    assert b"Cancelled" not in to_json(data)


@pytest.mark.django_db(transaction=True)
def test_a_joint_session_counts_in_each_host_country():
    make.cop_session("BG", "IT", title="Together")

    assert [row.title for row in read("BG").sessions] == ["Together"]
    assert [row.countries for row in read("IT").sessions] == [("BG", "IT")]


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

    assert (len(first.sessions), len(second.sessions)) == (in_first, in_second)


@pytest.mark.django_db(transaction=True)
def test_at_limits_the_rows_and_is_not_written():
    session = make.cop_session("BG")

    at_its_end = read(at=session.ends_at)
    just_before = read(at=session.ends_at - timedelta(seconds=1))
    much_later = read(at=LATER)

    assert (len(at_its_end.sessions), len(just_before.sessions)) == (1, 0)
    assert to_json(at_its_end) == to_json(much_later)


@pytest.mark.django_db(transaction=True)
def test_months_without_a_session_are_rows_too():
    make.cop_session("BG")

    data = read(days=Period(date(2026, 9, 15), date(2026, 12, 1)))

    assert [(m.month, m.sessions) for m in data.months] == [
        ("2026-09", 0),
        ("2026-10", 0),
        ("2026-11", 1),
        ("2026-12", 0),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_panel_is_counted_and_never_named():
    trades = (
        [Profession.CASE_WORKER] * 5 + [Profession.PSYCHOLOGIST] * 2 + [Profession.RESEARCHER] * 3
    )
    for n, trade in enumerate(trades):
        person = make.person(Role.EXPERT, "BG", name=f"Secret Name {n}", languages=["bg"])
        Expert.objects.create(person=person, profession=trade, years=n)

    data = read()

    assert data.panel.size == 10
    assert [(c.label, c.people) for c in data.panel.professions] == [
        ("Case worker", 5),
        ("other roles", 5),
    ]
    assert [(c.label, c.people) for c in data.panel.languages] == [("Bulgarian", 10)]
    assert b"Secret Name" not in to_json(data)


@pytest.mark.django_db(transaction=True)
def test_experts_who_left_before_or_joined_after_are_not_in_the_panel():
    for n in range(7):
        person = make.person(Role.EXPERT, "BG")
        Expert.objects.create(person=person, profession=Profession.CASE_WORKER)
        if n < 2:
            Membership.objects.filter(person=person).update(
                **[{"left_on": date(2026, 10, 31)}, {"joined_on": date(2026, 12, 1)}][n]
            )

    assert read().panel.size == 5


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_said():
    make.cop_session("BG", kind=Kind.FEEDBACK)

    gaps = " ".join(read().gaps)

    assert "No focus group was held" in gaps
    assert "attendance is what people answered" in gaps
    assert "No feedback session" not in gaps
    assert "No session took place" in " ".join(read("IT").gaps)


@pytest.mark.django_db(transaction=True)
def test_an_empty_country_has_a_dataset():
    data = read("ES")

    assert (data.sessions, data.ratings, data.panel.size) == ((), (), 0)
    assert data.newest_row == "2026-11-01"


@pytest.mark.django_db(transaction=True)
def test_the_dataset_is_plain_values_in_canonical_json():
    make.cop_session("BG", title="Среща с „кавички“ 🎉")
    data = read()

    content = to_json(data)

    assert content == to_json(read())
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert "Среща".encode() in content
    loaded = json.loads(content)
    assert loaded == json.loads(json.dumps(asdict(data)))
    assert list(loaded) == sorted(loaded)


@pytest.mark.django_db(transaction=True)
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    counts = []
    for days in ([25], [26, 27]):
        for day in days:
            session = make.cop_session("BG", day=date(2026, 11, day))
            make.invitation(session, make.person())
        with django_assert_max_num_queries(20) as counted:
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
def test_ratings_of_the_countrys_experts_with_their_figures():
    scores = [[4, 2], [4, 3], [3, None], [4, 1], [3, 4]]
    review_round = stored.rated("BG", scores, asked=6)
    version = review_round.version

    data = read()

    (table,) = data.ratings
    assert (table.code, table.version, table.sha256) == (
        version.material.code,
        version.number,
        version.sha256,
    )
    assert (table.assigned, table.submitted, table.withheld) == (6, 5, False)
    first, second = table.criteria[:2]
    assert (first.n, first.relevant, first.needed, first.passes) == (5, 5, 5, True)
    assert (first.i_cvi.value, first.distribution) == (1.0, (0, 0, 2, 3))
    assert (second.n, second.not_applicable, second.relevant, second.passes) == (4, 1, 2, False)
    assert second.i_cvi.value == 0.5
    assert [(row.code, row.assigned, row.submitted) for row in data.materials] == [
        (version.material.code, 6, 5)
    ]
    assert f"{table.code}, version 1: 5 of 6 reviews were sent in." in data.gaps


@pytest.mark.django_db(transaction=True)
def test_no_reviewer_and_no_comment_is_in_the_dataset():
    review_round = stored.rated("BG", [[3]] * 5, asked=5)

    content = to_json(read()).decode()

    assert "Secret comment" not in content
    for assignment in review_round.assignments.all():
        assert str(assignment.reviewer_code) not in content
        assert str(assignment.pk) not in content


@pytest.mark.django_db(transaction=True)
def test_few_reviews_give_no_figures():
    stored.rated("BG", [[1], [4]], asked=2)

    data = read()

    assert [(t.withheld, t.criteria) for t in data.ratings] == [(True, ())]
    assert "they would tell who said what" in " ".join(data.gaps)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("day", "counted"), [(30, 5), (31, 0)])
def test_a_review_counts_until_the_last_day_of_the_period(day, counted):
    stored.rated("BG", [[3]] * 5, asked=5, day=date(2026, 10, day))

    data = read(days=Period(date(2026, 1, 1), date(2026, 10, 30)), at=LATER)

    assert [t.submitted for t in data.ratings] == [counted]


@pytest.mark.django_db(transaction=True)
def test_materials_nobody_here_was_asked_about_are_listed_with_their_newest_version():
    of = make.material("IT", title="Abroad")
    make.version(of)
    newest = make.version(of)
    make.version(of, uploaded_at=LATER + timedelta(days=1))

    data = read(at=LATER)

    assert [(r.code, r.version, r.sha256, r.assigned) for r in data.materials] == [
        (of.code, 2, newest.sha256, 0)
    ]
    assert "1 of 1 materials has not been put before this country's panel." in data.gaps
