"""Which sessions a report tells of, how they were answered, and what stays untold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from cop_platform.common.reporting.document import Figure, plain
from cop_platform.common.reporting.drawings import Columns, Timeline
from cop_platform.common.reporting.sections import Formula, Profile
from experts import reference
from experts.enums import Role
from feedback.reports.domain.period import Period
from sessions.domain import planning
from sessions.domain.report.section import SECTION
from sessions.enums import Answer, Duty, Kind
from sessions.models import AgendaStep, CopSession, DutyHolder, Invitation
from tests import factories as make
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


def answered(session, yes=0, no=0, nothing=0):
    """People asked to a session, with their answers."""
    says = [Answer.YES] * yes + [Answer.NO] * no + [Answer.NONE] * nothing
    people = [make.person(account=False, name=f"Secret Guest {n}") for n in range(len(says))]
    Invitation.objects.bulk_create(
        Invitation(
            session=session,
            person=person,
            invited_by=session.planned_by,
            invited_at=make.NOW,
            answer=answer,
            answered_at=make.NOW if answer else None,
        )
        for person, answer in zip(people, says, strict=True)
    )
    return session


@pytest.fixture
def november():
    """A feedback session with enough answers to tell, a regular one with too few."""
    coordinator = make.user(Role.COORDINATOR, name="Hidden Host")
    told = make.cop_session("BG", by=coordinator, kind=Kind.FEEDBACK, title="Reading M02 together")
    answered(told, yes=6, no=5)
    AgendaStep.objects.filter(session=told).delete()
    AgendaStep.objects.create(session=told, position=1, title="Walk-through", minutes=60)
    DutyHolder.objects.create(
        session=told, person=coordinator.person, duty=Duty.FACILITATOR, languages=[]
    )
    small = make.cop_session(
        "BG", by=coordinator, day=date(2026, 11, 28), minutes=45, title="A small circle"
    )
    return told, answered(small, yes=6, no=1)


def test_a_session_is_told_with_its_agenda_and_parts(november):
    facts = read()

    first = facts.meetings[0]
    assert (first.kind, first.minutes, first.invited, first.yes) == (Kind.FEEDBACK, 90, 11, 6)
    assert first.record.start == "2026-11-26T10:00"
    assert first.record.zone == "Europe/Sofia"
    assert first.record.duties == (Duty.FACILITATOR,)
    assert [(step.title, step.minutes) for step in first.record.steps] == [("Walk-through", 60)]
    assert facts.newest == "2026-11-28"


def test_an_answer_that_few_gave_is_not_told(november):
    facts = read()

    small = facts.meetings[1]
    assert (small.invited, small.yes) == (7, None)
    assert (facts.whole.told, facts.whole.invited, facts.whole.yes) == (1, 11, 6)


@pytest.mark.parametrize(
    ("yes", "no", "told"),
    [
        (4, 8, (12, None)),
        (8, 4, (12, None)),
        (5, 5, (10, 5)),
        (7, 0, (7, 7)),
        (0, 7, (7, 0)),
        (0, 4, (None, None)),
        (0, 0, (0, 0)),
    ],
)
def test_neither_a_small_group_nor_its_rest_can_be_counted_out(yes, no, told):
    answered(make.cop_session("BG"), yes=yes, no=no)

    (row,) = read().meetings

    assert (row.invited, row.yes) == told


def test_cancelled_planned_and_foreign_sessions_are_left_out():
    cancelled = make.cop_session("BG", title="Cancelled")
    planning.cancel_session(
        session_id=cancelled.pk, reason="Ill", by=cancelled.planned_by.user, at=make.NOW
    )
    make.cop_session("BG", title="Still to come", day=date(2026, 11, 29))
    make.cop_session("IT", title="Italian")

    facts = read(at=datetime(2026, 11, 28, tzinfo=UTC))

    assert facts.meetings == ()
    assert facts.cancelled == 1


def test_a_joint_session_counts_once_for_several_countries():
    make.cop_session("BG", "IT")

    assert read("BG").whole.sessions == 1
    assert read("IT").whole.sessions == 1
    assert read("BG", "IT").whole.sessions == 1
    assert read("BG", "IT").meetings[0].countries == ("BG", "IT")


@pytest.mark.parametrize(
    ("clock", "minutes", "in_first", "in_second"),
    [(time(22, 30), 90, 1, 0), (time(22, 31), 90, 0, 1), (time(10, 0), 90, 1, 0)],
)
def test_every_session_belongs_to_one_of_two_periods(clock, minutes, in_first, in_second):
    make.cop_session("BG", day=date(2026, 11, 30), clock=clock, minutes=minutes)
    december = Period(date(2026, 12, 1), date(2026, 12, 31))

    first, second = read(), read(period=december)

    assert (first.whole.sessions, second.whole.sessions) == (in_first, in_second)
    assert sum(month.sessions for month in second.months) == in_second


def test_a_workshop_counts_the_minutes_of_all_its_days():
    session = make.cop_session("BG", minutes=120)
    CopSession.objects.filter(pk=session.pk).update(
        last_day=session.wall_day + timedelta(days=2), ends_at=session.ends_at + timedelta(days=2)
    )

    assert read().whole.minutes == 360


def test_months_without_a_session_are_rows_too():
    make.cop_session("BG")

    facts = read(period=Period(date(2026, 9, 15), date(2026, 12, 1)))

    assert [(m.month, m.sessions) for m in facts.months] == [
        ("2026-09", 0),
        ("2026-10", 0),
        ("2026-11", 1),
        ("2026-12", 0),
    ]


@pytest.mark.parametrize("profile", Profile)
def test_every_figure_stands_in_the_dataset(november, profile):
    facts = read(profile=profile)

    assert checks.check_figures(SECTION, facts, profile) > 15
    checks.check_round_trip(SECTION, facts)


def test_the_public_learns_neither_titles_nor_days(november):
    facts = read(profile=Profile.PUBLIC)

    said = checks.everything(SECTION, facts, Profile.PUBLIC)

    for internal in ("Reading M02", "A small circle", "Walk-through", "26 Nov", "11-26", "10:00"):
        assert internal not in said
    assert "Feedback session" in said


@pytest.mark.parametrize("profile", Profile)
def test_nobody_is_named(november, profile):
    said = checks.everything(SECTION, read(profile=profile), profile)

    assert "Secret Guest" not in said
    assert "Hidden Host" not in said
    assert "@" not in said


def test_months_are_columns_and_days_a_timeline(november):
    chapters = checks.parts(SECTION, read())

    drawings = [b.drawing for b in chapters[0].blocks if isinstance(b, Figure)]

    assert drawings[0] == Columns((("Nov 26", 2, "2"),))
    assert isinstance(drawings[1], Timeline)
    assert drawings[1].lanes == ("Regular session", "Feedback session")
    assert [event.day for event in drawings[1].events] == ["2026-11-26", "2026-11-28"]


def test_the_sheet_adds_up_by_formulas(november):
    (sheet,) = SECTION.sheets(read(), checks.head())

    last = sheet.rows[-1]

    assert last[5] == Formula("=SUM(F2:F3)", 135)
    assert last[7:9] == [Formula("=SUM(H2:H3)", 11), Formula("=SUM(I2:I3)", 6)]
    assert sum(row[5] for row in sheet.rows[:-1]) == 135
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)


def test_a_country_without_sessions_says_what_is_missing():
    facts = read()

    gaps = list(SECTION.gaps(facts, checks.head()))

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.sheets(facts, checks.head())) == []
    assert list(SECTION.headline(facts, checks.head())) == []
    assert gaps == [
        "No session took place in this period.",
        "No focus group was held in this period.",
        "No feedback session was held in this period.",
    ]
    assert [i.reached for i in SECTION.indicators(facts, checks.head())] == [0, 0, 0, 0]
    checks.check_figures(SECTION, facts)


@pytest.mark.parametrize("title", checks.HOSTILE)
def test_a_title_stays_what_somebody_typed(title):
    session = make.cop_session("BG")
    CopSession.objects.filter(pk=session.pk).update(title=title.replace("\0", "")[:200])

    facts = read()

    row = checks.table(checks.parts(SECTION, facts), "sessions-list").rows[0]
    assert plain(row[1].text) == facts.meetings[0].record.title


def test_words_follow_the_language_of_the_edition(november):
    facts = read()

    with translation.override("de"):
        (chapter, _annex) = checks.parts(SECTION, facts)
        months = next(block for block in chapter.blocks if isinstance(block, Figure))

    assert months.table.rows[0][0].text == "Nov. 2026"


def test_three_sessions_take_as_many_questions_as_one(django_assert_num_queries, november):
    reference.countries()
    scope = checks.scope()
    with django_assert_num_queries(6):
        SECTION.collect(scope)
    answered(make.cop_session("BG", "IT", day=date(2026, 11, 29)), yes=6)

    with django_assert_num_queries(6):
        assert SECTION.collect(scope).whole.sessions == 3
