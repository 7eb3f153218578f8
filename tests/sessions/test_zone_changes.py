"""Another version of the zone database: the wall time stays, instants and mails follow."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from cop_platform.common.times import zone_data_version
from experts.models import AuditEvent, Message
from sessions.domain import invitations, notices, replanning, zone_changes
from sessions.models import CopSession
from tests import factories as make

pytestmark = pytest.mark.django_db

EARLY = datetime(2026, 11, 1, 9, tzinfo=UTC)
NEW = "2099z"
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def sofia_on_roman_time(tmp_path):
    """A zone database in which Bulgaria took the clocks of Rome."""
    there = tmp_path / "Europe"
    there.mkdir()
    rome = Path("/usr/share/zoneinfo/Europe/Rome")
    data = rome if rome.is_file() else files("tzdata") / "zoneinfo" / "Europe" / "Rome"
    (there / "Sofia").write_bytes(data.read_bytes())
    before = zoneinfo.TZPATH

    def switch() -> None:
        zoneinfo.reset_tzpath([str(tmp_path), *before])
        zoneinfo.ZoneInfo.clear_cache()

    yield switch
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


def reminders() -> list[datetime]:
    found = Message.objects.planned().filter(kind=replanning.REMINDER)
    return sorted(found.values_list("due_at", flat=True))


def test_sessions_keep_their_wall_time_and_everybody_hears_of_the_new_instant(sofia_on_roman_time):
    session = make.cop_session(at=EARLY, reminders=make.reminders("-1d"))
    make.invitation(session, make.person(), at=EARLY)
    assert reminders() == [session.starts_at - timedelta(days=1)]
    sofia_on_roman_time()
    assert zone_changes.follow(at=EARLY, version=NEW) == {"sessions": 1, "slots": 0}
    after = CopSession.objects.get()
    assert (after.wall_start, after.starts_at) == (session.wall_start, session.starts_at + AN_HOUR)
    assert after.ends_at == session.ends_at + AN_HOUR
    assert (after.sequence, after.zone_rules) == (session.sequence + 1, NEW)
    assert reminders() == [after.starts_at - timedelta(days=1)]
    assert Message.objects.planned().filter(kind=notices.CHANGE).count() == 1
    assert AuditEvent.objects.filter(deed="session moved by zone rules").count() == 1


def test_a_second_run_changes_nothing(sofia_on_roman_time):
    session = make.cop_session(at=EARLY)
    make.invitation(session, make.person(), at=EARLY)
    sofia_on_roman_time()
    zone_changes.follow(at=EARLY, version=NEW)
    before = list(Message.objects.order_by("pk").values())
    assert zone_changes.follow(at=EARLY, version=NEW) == {"sessions": 0, "slots": 0}
    assert list(Message.objects.order_by("pk").values()) == before


def test_where_no_instant_moves_nobody_hears_anything():
    session = make.cop_session(at=EARLY)
    make.invitation(session, make.person(), at=EARLY)
    assert session.zone_rules == zone_data_version()
    assert zone_changes.follow(at=EARLY, version=NEW) == {"sessions": 0, "slots": 0}
    session.refresh_from_db()
    assert (session.sequence, session.zone_rules) == (0, NEW)
    assert not Message.objects.filter(kind=notices.CHANGE).exists()


def test_what_took_place_stays_as_it_was(sofia_on_roman_time):
    session = make.cop_session(at=EARLY)
    sofia_on_roman_time()
    zone_changes.follow(at=session.ends_at + AN_HOUR, version=NEW)
    assert CopSession.objects.get().starts_at == session.starts_at


def test_a_series_moves_as_one_with_one_mail_a_person(sofia_on_roman_time):
    series = make.series(at=EARLY)
    by = series.planned_by.user
    person = make.person()
    for session in series.sessions.all():
        invitations.invite(session_id=session.pk, people=[person], by=by, at=EARLY)
    before = list(series.sessions.order_by("starts_at").values_list("starts_at", flat=True))
    sofia_on_roman_time()
    assert zone_changes.follow(at=EARLY, version=NEW)["sessions"] == 4
    rows = list(series.sessions.order_by("starts_at"))
    assert [row.starts_at for row in rows] == [instant + AN_HOUR for instant in before]
    assert [row.original_start for row in rows] == [row.starts_at for row in rows]
    assert Message.objects.planned().filter(kind="series_change").count() == 1


def test_two_sessions_one_after_the_other_in_a_room_make_way_for_each_other(sofia_on_roman_time):
    room = make.room()
    shape = {"mode": "onsite", "online_link": "", "room": room, "minutes": 60}
    first = make.cop_session(at=EARLY, **shape)
    second = make.cop_session(at=EARLY, clock=time(11), **shape)
    sofia_on_roman_time()
    assert zone_changes.follow(at=EARLY, version=NEW)["sessions"] == 2
    found = list(CopSession.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert found == [first.starts_at + AN_HOUR, second.starts_at + AN_HOUR]


def test_the_times_of_a_poll_follow(sofia_on_roman_time):
    poll = make.poll(at=EARLY, slots=((date(2026, 12, 8), time(10)),))
    before = poll.slots.get().starts_at
    sofia_on_roman_time()
    assert zone_changes.follow(at=EARLY, version=NEW) == {"sessions": 0, "slots": 1}
    assert poll.slots.get().starts_at == before + AN_HOUR
