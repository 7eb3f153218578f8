"""A deed on several dates is taken back by one press: as if nothing had happened."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_platform.common.refusals import Refused
from experts.domain import recall, sender
from experts.enums import Role
from experts.models import AuditEvent, Message
from sessions.domain import series_edit, series_notices, undo
from sessions.enums import Answer, UndoableDeed
from sessions.models import CopSession, Invitation, Room, Series, SeriesInvitation, UndoWindow
from tests import factories as make
from tests.sessions.series import world
from tests.sessions.series.world import ALL, FOLLOWING, ONE, answer, cancel, change, invite, rows

pytestmark = pytest.mark.django_db
SECONDS = 20
BEFORE = make.NOW - timedelta(hours=1)
SOON = make.NOW + timedelta(seconds=10)
LATER = make.NOW + timedelta(seconds=SECONDS)


@pytest.fixture(autouse=True)
def _window(settings):
    settings.UNDO_SECONDS = SECONDS


@pytest.fixture
def series(mailoutbox):
    """Four dates with two guests who were told an hour ago; the second date has its own hour."""
    found = make.series(at=BEFORE, steps=(("News", 30), ("Talk", 60)))
    invite(found, make.person(), make.person(), at=BEFORE)
    rows(found)[0].materials.add(make.material())
    change(rows(found)[1], ONE, clock=time(11, 0), at=BEFORE)
    sender.send_due(at=BEFORE + timedelta(minutes=1))
    UndoWindow.objects.all().delete()
    del mailoutbox[:]
    return found


def bring_back(series, *, at=make.NOW):
    series.refresh_from_db()
    return series_edit.bring_back(
        series_id=series.pk,
        day=date(2026, 12, 10),
        version=series.version,
        by=series.planned_by.user,
        at=at,
    )


DEEDS = {
    "all later": lambda s: change(rows(s)[0], ALL, clock=time(14, 0)),
    "all on another day": lambda s: change(rows(s)[0], ALL, day=date(2026, 11, 27)),
    "all renamed": lambda s: change(rows(s)[0], ALL, title="Better words"),
    "all shorter": lambda s: change(rows(s)[0], ALL, minutes=60, steps=(("Talk", 60),)),
    "following later": lambda s: change(rows(s)[1], FOLLOWING, clock=time(14, 0)),
    "following moved, all of them": lambda s: change(
        rows(s)[1], FOLLOWING, clock=time(9, 0), keep_moved=False
    ),
    "all cancelled": lambda s: cancel(rows(s)[0], ALL),
    "following cancelled": lambda s: cancel(rows(s)[2], FOLLOWING),
    "people asked": lambda s: invite(s, make.person(), make.person()),
}


def take_back(series, *, at=SOON, by=None):
    window = UndoWindow.objects.filter(series=series).latest("pk")
    return undo.undo(window_id=window.pk, by=by or series.planned_by.user, at=at)


def facts() -> dict[str, object]:
    """Everything stored about series and sessions but the versions, which count editors."""
    sessions = CopSession.objects.order_by("pk")
    return {
        "series": [_row(s) for s in Series.objects.order_by("pk").values()],
        "sessions": [_row(s) for s in sessions.values()],
        "hosts": list(sessions.values_list("pk", "host_cops").order_by("pk", "host_cops")),
        "materials": list(sessions.values_list("pk", "materials").order_by("pk", "materials")),
        "steps": list(
            sessions.values_list("pk", "steps__title", "steps__minutes").order_by(
                "pk", "steps__position"
            )
        ),
        "asked": list(Invitation.objects.order_by("pk").values()),
        "asked to all": list(SeriesInvitation.objects.order_by("pk").values()),
        "mails": sorted(
            Message.objects.planned().values_list("kind", "object_id", "due_at", "key"),
        ),
    }


def _row(values: dict) -> dict:
    return {name: value for name, value in values.items() if name != "version"}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_on_a_series_is_taken_back_to_the_letter(series, name, mailoutbox):
    before = facts()
    DEEDS[name](series)
    assert facts() != before
    take_back(series)
    assert facts() == before
    sender.send_due(at=LATER + timedelta(minutes=1))
    assert mailoutbox == []


@pytest.mark.parametrize("left_out", [True, False])
def test_a_date_brought_back_goes_again(series, left_out):
    third = rows(series)[2]
    if left_out:
        Series.objects.filter(pk=series.pk).update(exceptions=[date(2026, 12, 10)])
        third.delete()
    else:
        cancel(third, ONE, at=BEFORE + timedelta(minutes=2))
        sender.send_due(at=BEFORE + timedelta(minutes=5))
    before = facts()
    bring_back(series)
    assert len(rows(series)) == 4
    take_back(series)
    assert facts() == before
    assert undo.undo(
        window_id=UndoWindow.objects.get(deed=UndoableDeed.BRING_BACK).pk,
        by=series.planned_by.user,
        at=SOON,
    )


def test_past_and_cancelled_dates_come_back_to_their_place_in_the_rule(series):
    later = make.NOW + timedelta(days=10)
    cancel(rows(series)[2], ONE, at=BEFORE + timedelta(minutes=2))
    before, versions = facts(), [row.version for row in rows(series)[:2]]
    change(rows(series)[3], ALL, clock=time(15, 0), at=later)
    assert facts()["sessions"] != before["sessions"]
    take_back(series, at=later + timedelta(seconds=5))
    assert facts()["sessions"] == before["sessions"]
    assert [row.version for row in rows(series)[:2]] == versions


def test_a_date_cancelled_before_its_series_was_moved_is_not_put_back_into_the_old_rule(series):
    cancel(rows(series)[2], ONE)
    change(rows(series)[1], FOLLOWING, clock=time(14, 0))
    window = UndoWindow.objects.get(deed=UndoableDeed.CANCEL)
    with pytest.raises(undo.CannotUndo, match="changed again"):
        undo.undo(window_id=window.pk, by=series.planned_by.user, at=SOON)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("all later", "New time or place: First meetings"),
        ("following later", "New time or place: First meetings"),
        ("all cancelled", "Cancelled: First meetings"),
        ("people asked", "Invitation: First meetings, 4 dates"),
    ],
)
def test_the_mails_of_a_deed_wait_for_the_window_and_then_go_once(
    series, name, subject, mailoutbox
):
    newest = Series.objects.get(pk=series.pk).sequence
    DEEDS[name](series)
    assert sender.send_due(at=LATER - timedelta(seconds=1)).sent == 0
    call_command("tick", at=LATER.isoformat())
    call_command("tick", at=LATER.isoformat())
    # A tick also writes to members who were not heard of for long.
    assert [m.subject for m in mailoutbox if "First meetings" in m.subject] == [subject] * 2
    sequence = max(Series.objects.values_list("sequence", flat=True))
    # The second date was moved on its own once before.
    assert sequence == (newest if name == "people asked" else 2)


def test_the_same_deed_after_an_undo_is_mailed_once(series, mailoutbox):
    change(rows(series)[1], FOLLOWING, clock=time(14, 0))
    take_back(series)
    change(rows(series)[1], FOLLOWING, clock=time(14, 0), at=SOON)
    sender.send_due(at=SOON + timedelta(seconds=SECONDS))
    assert [m.subject for m in mailoutbox] == ["New time or place: First meetings"] * 2
    assert Series.objects.get(follows=series).sequence == 2


@pytest.mark.parametrize("name", DEEDS)
def test_undoing_twice_is_undoing_once(series, name):
    DEEDS[name](series)
    take_back(series)
    once = (facts(), [row.version for row in rows(series)], AuditEvent.objects.count())
    assert take_back(series) == series
    assert (facts(), [row.version for row in rows(series)], AuditEvent.objects.count()) == once


def refused(series, words: str, *, at=SOON, error=undo.CannotUndo, by=None) -> None:
    """The undo is refused with these words and changes nothing."""
    before, events = facts(), AuditEvent.objects.count()
    with pytest.raises(error, match=words):
        take_back(series, at=at, by=by)
    assert (facts(), AuditEvent.objects.count()) == (before, events)


@pytest.mark.parametrize("name", DEEDS)
def test_after_the_window_it_is_too_late(series, name):
    DEEDS[name](series)
    refused(series, "too late", at=LATER)


@pytest.mark.parametrize("name", ["all later", "following later", "people asked"])
def test_a_date_edited_since_is_not_lost(series, name):
    DEEDS[name](series)
    change(rows(Series.objects.latest("pk"))[1], ONE, title="Better words", at=SOON)
    refused(series, "changed again")


@pytest.mark.parametrize("name", ["all later", "following later", "people asked"])
def test_an_answer_given_since_is_not_lost(series, name):
    DEEDS[name](series)
    last = rows(Series.objects.latest("pk"))[-1]
    answer(last, last.invitations.latest("pk").person, Answer.YES, at=SOON)
    refused(series, "Somebody has answered")


def test_an_older_guests_answer_does_not_keep_new_people_asked(series):
    old = rows(series)[0].invitations.first().person
    invite(series, make.person())
    answer(rows(series)[0], old, Answer.YES, at=SOON)
    take_back(series)
    assert Invitation.objects.get(session=rows(series)[0], person=old).answer == Answer.YES
    assert series.invitations.count() == 2


def test_people_asked_to_the_later_dates_since_are_not_lost(series):
    change(rows(series)[1], FOLLOWING, clock=time(14, 0))
    invite(Series.objects.get(follows=series), make.person(), at=SOON)
    refused(series, "was invited since")


def test_a_mail_that_is_on_its_way_cannot_be_taken_back(series):
    change(rows(series)[0], ALL, clock=time(14, 0))
    Message.objects.filter(kind=series_notices.CHANGE).update(lease_until=LATER)
    refused(series, "on their way", error=recall.OnTheirWay)


def test_a_room_that_was_taken_meanwhile_stops_the_undo_with_a_sentence(series):
    room = Room.objects.create(name="Hall", country=make.country("BG"))
    CopSession.objects.filter(pk=rows(series)[3].pk).update(room=room)
    change(rows(series)[0], ALL, clock=time(14, 0))
    other = make.cop_session(day=date(2026, 12, 17), at=SOON)
    CopSession.objects.filter(pk=other.pk).update(room=room)
    refused(series, "room is taken")


@pytest.mark.parametrize(("role", "code"), [(Role.COORDINATOR, "IT"), (Role.EXPERT, "BG")])
def test_only_those_who_run_the_series_take_a_deed_back(series, role, code):
    change(rows(series)[0], ALL, clock=time(14, 0))
    refused(series, "coordinator", error=Refused, by=make.user(role, code))


def test_a_preview_and_a_change_of_nothing_open_no_window(series):
    series_edit.rehearse(lambda: DEEDS["all later"](series))
    change(rows(series)[2], ALL, steps=(("News", 30), ("Talk", 60)))
    assert not UndoWindow.objects.exists()


def test_taking_back_asks_as_often_for_three_dates_as_for_nine():
    counts = []
    for count in (3, 9):
        series = make.series(rule=f"FREQ=WEEKLY;COUNT={count}")
        invite(series, make.person())
        change(rows(series)[0], ALL, clock=time(14, 0))
        with CaptureQueriesContext(connection) as queries:
            take_back(series)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_reminder_of_the_old_time_comes_after_a_change_was_taken_back(series, mailoutbox):
    change(rows(series)[0], ALL, clock=time(14, 0))
    take_back(series)
    sender.send_due(at=world.SOFIA_26 - timedelta(hours=23, minutes=59))
    assert [m.subject for m in mailoutbox] == ["Reminder: First meetings, tomorrow"] * 2
