"""Moving a session: by its form, with everything else kept; what refuses a move and how."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.enums import Role
from experts.models import AuditEvent, Message
from sessions.domain import moving, planning, reminder_rules
from sessions.enums import Answer, Duty, Kind
from sessions.models import CopSession, Room, Series
from tests import factories as make

pytestmark = pytest.mark.django_db
# The machine's clock decides what is past, so the days lie far ahead.
DAY = date(2035, 11, 26)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


@pytest.fixture
def session(coordinator):
    return make.cop_session(by=coordinator, day=DAY, steps=(("News", 30), ("Method", 60)))


def url(session: CopSession) -> str:
    return reverse("session_move", args=[session.pk])


def post(client, session: CopSession, **changes: str):
    data = {"day": "2035-11-28", "clock": "14:00", "version": str(session.version)}
    return client.post(url(session), data | changes)


def sentence(page) -> str:
    return " ".join(str(e) for errors in page.context["form"].errors.values() for e in errors)


def test_a_posted_move_raises_the_sequence_once_and_mails_who_has_not_declined(
    client, session, coordinator
):
    guests = [make.person() for _ in range(3)]
    made = [make.invitation(session, guest) for guest in guests]
    declined = made[0]
    declined.answer, declined.answered_at = Answer.NO, make.NOW
    declined.save()
    page = post(client, session, back="view=week&week=2035-11-26&country=BG")
    session.refresh_from_db()
    assert session.wall_start == datetime(2035, 11, 28, 14)
    assert session.starts_at == datetime(2035, 11, 28, 12, tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    assert (session.sequence, session.version) == (1, 2)
    told = Message.objects.planned().filter(kind="session_change")
    assert set(told.values_list("person_id", flat=True)) == {g.pk for g in guests[1:]}
    assert page.headers["Location"] == (
        "/calendar/?view=week&week=2035-11-28&country=BG#day-2035-11-28"
    )
    toast = client.get(page.headers["Location"]).content.decode()
    assert "Moved to Wed 28 Nov 2035, 14:00" in toast
    assert "2 people get a mail." in toast


def test_everything_else_stays(client, coordinator):
    material = make.material("BG")
    session = make.cop_session(
        "BG", "IT", by=coordinator, day=DAY, materials=(material,), purpose="Why",
        steps=(("News", 30), ("Method", 60)), kind=Kind.FEEDBACK,
    )  # fmt: skip
    session.languages, session.capacity, session.documents = ["bg", "en"], 12, ["Agenda"]
    session.duties_needed = [Duty.INTERPRETER]
    session.reminders = reminder_rules.tidy(make.reminders("-3d", "-1d"))
    session.save()
    before = CopSession.objects.values().get(pk=session.pk)
    assert post(client, session).status_code == 302
    after = CopSession.objects.values().get(pk=session.pk)
    moved = {"wall_day", "wall_clock", "starts_at", "ends_at", "sequence", "version", "changed_at"}
    assert {name for name in before if before[name] != after[name]} == moved
    kept = CopSession.objects.get(pk=session.pk)
    assert list(kept.steps.values_list("title", "minutes")) == [("News", 30), ("Method", 60)]
    assert list(kept.materials.all()) == [material]
    assert kept.host_cops.count() == 2


def test_calendar_case_1_and_lesson_b33_the_clock_stays_when_the_day_crosses_the_change(client):
    session = make.cop_session(
        by=make.user(Role.COORDINATOR, "BG"), day=date(2035, 10, 25), clock=time(10)
    )
    assert f"{session.starts_at:%H:%M}" == "07:00"
    assert post(client, session, day="2035-11-01", clock="10:00").status_code == 302
    session.refresh_from_db()
    assert (session.wall_clock, f"{session.starts_at:%H:%M}") == (time(10), "08:00")


def test_an_occurrence_of_a_series_keeps_its_place_in_it(client, session, coordinator):
    session.series = Series.objects.create(
        title="x", rule="FREQ=WEEKLY", wall_day=DAY, wall_clock=time(10), zone="Europe/Sofia",
        minutes=90, planned_by=coordinator.person, planned_at=make.NOW, changed_at=make.NOW,
    )  # fmt: skip
    session.original_start = session.starts_at
    session.save()
    first = session.original_start
    assert post(client, session).status_code == 302
    session.refresh_from_db()
    assert session.original_start == first
    assert session.starts_at != first


@pytest.mark.parametrize("to", ["2035-11-27", "2035-12-24", "2035-11-01"])
def test_a_workshop_keeps_its_number_of_days(client, session, to):
    session.last_day = DAY + timedelta(days=3)
    session.ends_at = session.starts_at + timedelta(days=3, minutes=90)
    session.save()
    assert post(client, session, day=to, clock="10:00").status_code == 302
    session.refresh_from_db()
    assert session.last_day - session.wall_day == timedelta(days=3)
    assert session.ends_at - session.starts_at == timedelta(days=3, minutes=90)


def test_the_page_shows_both_clocks_and_who_is_told_and_changes_nothing(as_user, session):
    make.invitation(session, make.person(name="Told Person"))
    abroad = make.user(Role.PROJECT_MANAGER, zone="Europe/Rome")
    page = as_user(abroad).get(url(session), {"day": "2035-11-28", "clock": "14:00"})
    text = page.content.decode()
    assert "Move to Wed 28 Nov 2035, 14:00–15:30 Sofia time?" in text
    assert "13:00–14:30 your time" in text
    assert "1 person gets “New time or place” now." in text
    assert "Told Person" in text
    session.refresh_from_db()
    assert session.version == 1


def test_a_dialog_gets_the_question_alone(client, session):
    page = client.get(url(session), {"day": "2035-11-28"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "Move to Wed 28 Nov 2035, 10:00" in text
    assert "<html" not in text


def test_lesson_b32_a_time_of_the_pages_zone_becomes_the_sessions_own(client, session):
    query = {"day": "2035-11-28", "clock": "23:30", "zone": "Europe/Madrid"}
    page = client.get(url(session), query)
    target = page.context["offer"].target
    assert (target.day, target.clock) == (date(2035, 11, 29), time(0, 30))
    assert page.context["typed"] == {"day": "2035-11-29", "clock": "00:30"}


def test_calendar_case_3_the_skipped_hour_is_a_sentence_and_nothing_moves(client, session):
    page = post(client, session, day="2036-03-30", clock="03:30")
    assert page.status_code == 200
    assert "The clocks in Sofia skip this hour that night." in sentence(page)
    assert 'value="2036-03-30"' in page.content.decode()
    # A choice between two hours does not make one that no clock shows.
    assert "skip this hour" in sentence(
        post(client, session, day="2036-03-30", clock="03:30", fold="0")
    )
    session.refresh_from_db()
    assert (session.wall_day, session.version) == (DAY, 1)


@pytest.mark.parametrize(("fold", "utc"), [("0", "00:30"), ("1", "01:30")])
def test_calendar_case_4_the_doubled_hour_is_asked_and_then_taken(client, session, fold, utc):
    page = post(client, session, day="2036-10-26", clock="03:30")
    assert "show this hour twice" in sentence(page)
    assert "Move to the second" in page.content.decode()
    assert post(client, session, day="2036-10-26", clock="03:30", fold=fold).status_code == 302
    session.refresh_from_db()
    assert f"{session.starts_at:%H:%M}" == utc


def test_two_coordinators_the_second_is_told_and_nothing_changes(client, session):
    make.invitation(session, make.person())
    assert post(client, session).status_code == 302
    second = post(client, session, day="2035-11-30")
    assert second.status_code == 409
    assert "Somebody else changed this session meanwhile." in sentence(second)
    assert second.context["version"] == 2
    session.refresh_from_db()
    assert (session.wall_day, session.sequence) == (date(2035, 11, 28), 1)
    assert Message.objects.planned().filter(kind="session_change").count() == 1


def test_posting_the_same_move_twice_moves_once(client, session):
    assert post(client, session).status_code == 302
    assert post(client, session).status_code == 409
    session.refresh_from_db()
    assert session.sequence == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": DAY.isoformat(), "clock": "10:00"}, "That is when the session is already."),
        ({"day": "2020-01-01"}, "That time is past."),
        ({"day": "9999-01-01"}, "between the years 2000 and 2100"),
        ({"day": ""}, "required"),
        ({"day": "2035-02-30"}, "Enter a valid date."),
        ({"clock": "25:00"}, "Enter a valid time."),
        ({"clock": "x" * 100_000}, "Enter a valid time."),
    ],
)
def test_bad_input_is_a_sentence_keeps_what_was_typed_and_changes_nothing(
    client, session, changes, words
):
    page = post(client, session, **changes)
    assert page.status_code == 200
    assert words in sentence(page)
    session.refresh_from_db()
    assert (session.version, session.sequence) == (1, 0)
    assert not Message.objects.filter(kind="session_change").exists()


@pytest.mark.parametrize(
    "changes",
    [{"version": "x"}, {"version": "-1"}, {"fold": "7"}, {"zone": "Mars"}, {"back": "x" * 9999}],
)
def test_forged_hidden_fields_are_refused(client, session, changes):
    assert post(client, session, **changes).status_code == 400
    assert client.get(url(session), {"day": "2035-11-28", **changes}).status_code == 400


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "view=%0d%0aX", "a=b"])
def test_the_way_back_never_leaves_the_calendar(client, session, back):
    page = post(client, session, back=back)
    assert page.headers["Location"].startswith("/calendar/?view=month&month=2035-11")


def test_a_session_that_began_or_was_cancelled_stays(client, coordinator):
    now = timezone.now()
    begun = make.cop_session(
        by=coordinator, at=now, day=(now - timedelta(days=1)).date(), clock=time(10)
    )
    assert "has begun already" in sentence(post(client, begun))
    cancelled = make.cop_session(by=coordinator, day=DAY)
    planning.cancel_session(session_id=cancelled.pk, reason="x", by=coordinator, at=now)
    cancelled.refresh_from_db()
    assert "was cancelled" in sentence(post(client, cancelled))


def test_a_room_that_is_taken_is_a_sentence(client, session, coordinator):
    room = Room.objects.create(name="Hall", country=make.country("BG"))
    other = make.cop_session(by=coordinator, day=date(2035, 11, 28), clock=time(14, 30))
    CopSession.objects.filter(pk__in=[session.pk, other.pk]).update(room=room)
    page = post(client, session)
    assert "Hall is taken: “First meetings”" in sentence(page)
    session.refresh_from_db()
    assert (session.wall_day, session.version) == (DAY, 1)


def test_who_may_not_run_it_gets_403_and_a_foreign_session_is_missing(as_user, session):
    foreign = make.cop_session("IT", day=DAY)
    expert, coordinator = make.user(), make.user(Role.COORDINATOR, "BG")
    assert post(as_user(expert), session).status_code == 403
    assert post(as_user(coordinator), foreign).status_code == 404
    assert as_user(coordinator).get(url(foreign)).status_code == 404
    session.refresh_from_db()
    assert session.version == 1


def test_a_move_that_fails_at_the_end_leaves_nothing_behind(session, coordinator, monkeypatch):
    make.invitation(session, make.person())

    def broken(**_kwargs):
        raise RuntimeError("stop")

    monkeypatch.setattr(planning.audit, "record", broken)
    deeds = AuditEvent.objects.count()
    with pytest.raises(RuntimeError):
        moving.move_session(
            session_id=session.pk,
            version=1,
            target=moving.Target(date(2035, 11, 28), time(14)),
            by=coordinator,
            at=make.NOW,
        )
    session.refresh_from_db()
    assert (session.wall_day, session.version) == (DAY, 1)
    assert not Message.objects.filter(kind="session_change").exists()
    assert AuditEvent.objects.count() == deeds


def test_the_page_costs_the_same_for_one_guest_and_three(
    client, session, django_assert_max_num_queries
):
    for _ in range(3):
        make.invitation(session, make.person())
        with django_assert_max_num_queries(10):
            client.get(url(session), {"day": "2035-11-28"})
