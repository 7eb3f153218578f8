"""The reminder ladder: when each rung is due, and what an edit or a late guest changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.times import to_utc, to_wall
from experts.domain import sender
from experts.enums import MessageState
from experts.models import Message
from sessions.domain import ladder, notices, planning, reminder_rules, replanning
from tests import factories as make

USUAL = ("-14d", "-3d", "-1d", "-1h", "+1d")
EARLY = datetime(2026, 11, 1, 9, tzinfo=UTC)


def reminders() -> list[datetime]:
    planned = Message.objects.planned().filter(kind=notices.REMINDER)
    return sorted(planned.values_list("due_at", flat=True))


def edit(session, at=EARLY, **changes):
    session.refresh_from_db()
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), **changes),
        by=session.planned_by.user,
        at=at,
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def instants(rungs, wall: datetime, zone: str, hours: float = 1.5) -> dict[str, datetime]:
    """Each offset with its instant, of a session of so many hours."""
    starts_at = to_utc(wall, zone, fold=0)
    ends_at = starts_at + timedelta(hours=hours)
    return {
        rung: ladder.due(rung, wall_start=wall, zone=zone, starts_at=starts_at, ends_at=ends_at)
        for rung in rungs
    }


def test_case_8_a_day_before_is_the_same_hour_of_the_wall_and_an_hour_before_is_exact():
    assert instants(USUAL, datetime(2026, 3, 29, 10), "Europe/Rome") == {
        "-14d": utc(2026, 3, 15, 9),
        "-3d": utc(2026, 3, 26, 9),
        "-1d": utc(2026, 3, 28, 9),
        "-1h": utc(2026, 3, 29, 7),
        "+1d": utc(2026, 3, 30, 8),
    }


def test_days_after_count_from_the_last_day_and_hours_after_from_the_end():
    found = instants(["+1d", "+2h"], datetime(2026, 11, 26, 10), "Europe/Sofia", hours=48 + 3)
    assert found == {"+1d": utc(2026, 11, 29, 8), "+2h": utc(2026, 11, 28, 13)}


@pytest.mark.django_db
def test_every_rung_before_the_start_is_planned_and_thanks_wait_for_a_yes():
    session = make.cop_session(at=EARLY, reminders=make.reminders(*USUAL))
    make.invitation(session, make.person(), at=EARLY)
    assert reminders() == [
        utc(2026, 11, 12, 8),
        utc(2026, 11, 23, 8),
        utc(2026, 11, 25, 8),
        utc(2026, 11, 26, 7),
    ]
    assert not Message.objects.filter(kind=replanning.AFTER).exists()


@pytest.mark.django_db
def test_lesson_35_calcom_cal_diy_10749_onehashai_cal_id_1442_a_late_guest_gets_no_old_rung():
    session = make.cop_session(at=EARLY, reminders=make.reminders(*USUAL))
    late = utc(2026, 11, 25, 9)
    make.invitation(session, make.person(), at=late)
    assert reminders() == [utc(2026, 11, 26, 7)]
    assert Message.objects.filter(kind=notices.REMINDER).count() == 1


@pytest.mark.django_db
def test_lesson_36_onehashai_cal_id_790_an_edited_ladder_is_planned_anew(mailoutbox):
    session = make.cop_session(at=EARLY, reminders=make.reminders("-14d", "-1d"))
    make.invitation(session, make.person(), at=EARLY)
    sender.send_due(at=utc(2026, 11, 12, 8))
    sent = Message.objects.filter(kind=notices.REMINDER, state=MessageState.SENT)
    assert sent.count() == 1
    now = utc(2026, 11, 13, 8)
    edit(session, at=now, reminders=make.reminders("-14d", "-3d"))
    assert reminders() == [utc(2026, 11, 23, 8)]
    edit(session, at=now, reminders=make.reminders("-14d", "-3d", "-1d"))
    assert reminders() == [utc(2026, 11, 23, 8), utc(2026, 11, 25, 8)]
    assert sent.count() == 1
    session.refresh_from_db()
    assert session.sequence == 0


@pytest.mark.django_db
def test_an_edit_of_other_words_leaves_the_ladder_alone():
    session = make.cop_session(at=EARLY, reminders=make.reminders(*USUAL))
    make.invitation(session, make.person(), at=EARLY)
    before = reminders()
    edit(session, title="Another title")
    session.refresh_from_db()
    assert reminder_rules.read(session.reminders) == make.reminders(*USUAL)
    assert reminders() == before


@pytest.mark.django_db
def test_lesson_37_indico_4893_nothing_is_planned_for_a_session_that_has_begun():
    session = make.cop_session(at=EARLY, reminders=make.reminders(*USUAL))
    make.invitation(session, make.person(), at=session.starts_at + timedelta(minutes=5))
    assert reminders() == []


@pytest.mark.django_db
def test_an_empty_ladder_reminds_nobody():
    session = make.cop_session(at=EARLY, reminders=())
    make.invitation(session, make.person(), at=EARLY)
    assert reminders() == []


@pytest.mark.parametrize("rung", ["14x", "-0d", "-91d", "-73h", "-1", "--1d", "", "-1d\n", "-٣d"])
def test_an_offset_nobody_can_read_is_refused_with_a_sentence(rung):
    with pytest.raises(ladder.UnknownRung):
        ladder.parts(rung)


def test_offsets_are_said_in_words():
    said = [ladder.say(rung) for rung in ("-14d", "-1d", "-1h", "+1d")]
    assert said == ["14 days before", "1 day before", "1 hour before", "1 day after"]


RUNGS = st.lists(
    st.builds(lambda n, unit: f"-{n}{unit}", st.integers(1, 70), st.sampled_from("dh")),
    max_size=8,
)


@given(
    rungs=RUNGS,
    day=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(
        ["Europe/Athens", "Europe/Lisbon", "Atlantic/Azores", "Africa/Casablanca"]
    ),
)
def test_days_keep_the_hour_of_the_wall_and_hours_are_exact(rungs, day, hour, zone):
    wall = datetime.combine(day, time(hour))
    starts_at = to_utc(wall, zone, fold=0)
    for rung, due_at in instants(rungs, wall, zone).items():
        number = int(rung[1:-1])
        assert due_at < starts_at
        if rung.endswith("h"):
            assert starts_at - due_at == timedelta(hours=number)
        else:
            wanted = wall - timedelta(days=number)
            exists = wanted.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            if to_wall(exists, zone) == wanted:
                assert to_wall(due_at, zone) == wanted


# The nights on which clocks change; from five in the morning every hour is there once.
DST_NIGHTS = [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]


@given(
    night=st.sampled_from(DST_NIGHTS),
    zone=st.sampled_from(["Europe/Lisbon", "Europe/Berlin", "Europe/Athens"]),
    after=st.integers(0, 2),
    number=st.integers(1, 3),
    hour=st.integers(5, 22),
    minute=st.sampled_from([0, 15, 30, 59]),
)
def test_over_a_night_of_clock_change_a_day_before_is_the_same_wall_clock(
    night, zone, after, number, hour, minute
):
    wall = datetime.combine(night + timedelta(days=after), time(hour, minute))
    found = instants([f"-{number}d", f"+{number}d"], wall, zone)
    assert to_wall(found[f"-{number}d"], zone) == wall - timedelta(days=number)
    assert to_wall(found[f"+{number}d"], zone).time() == wall.time()
