"""Retention: what goes on which day, never before it, and one bad item stops nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common import sounds
from experts.models import AuditEvent
from feedback.focus_groups.domain.keeping import retention, retention_run
from feedback.focus_groups.domain.keeping.retention_due import coming
from feedback.focus_groups.enums import Kept
from feedback.focus_groups.models import (
    AttendanceLine,
    Consent,
    FormAnswer,
    FormResponse,
    Participant,
    Priority,
    Quote,
    Recording,
    RetentionRule,
)
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
CLOSED = date(2026, 11, 20)
OGG = b"OggS" + b"\x00" * 60


@pytest.fixture(autouse=True)
def state_of_its_own(settings, tmp_path):
    """The log of erasures and the private files of this test alone."""
    settings.STATE_DIR = tmp_path
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": default}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def run(day: date) -> dict[str, int]:
    return retention_run.run(at=noon(day))


def spoken() -> sounds.HeardSound:
    return sounds.accept(SimpleUploadedFile("a.ogg", OGG))


def recording(written_down_on: date | None = None, uploaded_on: date = CLOSED, **more) -> Recording:
    made = Recording(
        group=world.closed_group(people=0),
        uploaded_on=uploaded_on,
        written_down_on=written_down_on,
        **more,
    )
    sounds.keep(made, spoken())
    return made


@pytest.mark.parametrize(
    ("written_down_on", "goes_on"),
    [
        (None, date(2027, 2, 18)),
        (date(2026, 11, 20), date(2026, 12, 20)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 19), date(2027, 2, 18)),
        (date(2027, 2, 15), date(2027, 2, 18)),
    ],
)
def test_a_recording_goes_after_it_was_written_down_and_90_days_after_upload_at_most(
    written_down_on, goes_on
):
    made = recording(written_down_on, transcript="What was said.")
    file = made.file.name

    assert retention.delete_on(made) == goes_on
    assert run(goes_on - timedelta(days=1)) == {}
    assert run(goes_on) == {"recording": 1}
    made.refresh_from_db()
    assert (made.file.name, made.deleted_on, made.transcript) == ("", goes_on, "What was said.")
    assert not default_storage.exists(file)


def test_a_voice_message_goes_30_days_after_it_was_left():
    response = world.response(world.easy_form(), 4, "written down", day=date(2026, 11, 10))
    answer = FormAnswer.objects.get(words="written down")
    sounds.keep(answer, spoken())

    assert retention.delete_on(answer) == date(2026, 12, 10)
    assert run(date(2026, 12, 9)) == {}
    assert run(date(2026, 12, 10)) == {"voice": 1}
    answer.refresh_from_db()
    assert (answer.file.name, answer.words) == ("", "written down")
    assert response.answers.count() == 2


def test_words_go_two_years_after_the_group_closed_and_what_was_counted_stays():
    group = world.closed_group(people=2, incidents="Somebody cried.")
    said = world.quote(group.participants.first(), rendering="x", nonverbal="y")
    Priority.objects.create(group=group, words="A phone number that answers", dots=3)
    goes_on = date(2028, 11, 19)

    assert retention.delete_on(said) == retention.delete_on(group.participants.first()) == goes_on
    assert run(goes_on - timedelta(days=1)) == {}
    assert run(goes_on) == {"words": 3}
    said.refresh_from_db()
    group.refresh_from_db()
    assert [said.words, said.rendering, said.nonverbal, said.clean_words] == [""] * 4
    assert (said.words_deleted_on, said.checked_on) == (goes_on, world.DAY)
    assert Quote.objects.counted().count() == 1
    assert group.incidents == ""


def test_a_group_that_nobody_closed_counts_from_its_session():
    said = world.quote(world.participant(world.group()))

    day = said.group.session.wall_day

    assert retention.delete_on(said) == day + timedelta(days=730)


def test_answers_lose_their_words_and_keep_their_value():
    response = world.response(world.easy_form(closes_on=CLOSED), 3, "Too long.")

    assert retention.delete_on(response) == date(2028, 11, 19)
    assert run(date(2028, 11, 19)) == {"words": 1}
    assert list(response.answers.order_by("question").values_list("value", "words")) == [
        (3, ""),
        (None, ""),
    ]


def test_consents_codes_and_attendance_go_after_five_years():
    group = world.closed_group(people=2)
    world.attendance(group, "Amal")
    group.session.wall_day = CLOSED
    group.session.save()
    world.response(world.easy_form(closes_on=CLOSED), 4)
    goes_on = date(2031, 11, 19)

    assert run(goes_on - timedelta(days=1)).keys() == set()
    assert run(goes_on) == {"consent": 3, "attendance": 1}
    for model in (Participant, Consent, FormResponse, AttendanceLine):
        assert not model.objects.exists()


def test_what_goes_twice_goes_once():
    recording(date(2026, 11, 20))

    assert run(date(2027, 1, 1)) == {"recording": 1}
    assert run(date(2027, 1, 1)) == {}
    assert AuditEvent.objects.filter(deed="time was over").count() == 1


def test_a_file_that_is_gone_already_stops_nothing():
    first, second = recording(date(2026, 11, 20)), recording(date(2026, 11, 20))
    default_storage.delete(first.file.name)

    assert run(date(2027, 1, 1)) == {"recording": 2}
    assert not default_storage.exists(second.file.name)


def test_a_file_that_cannot_be_deleted_is_tried_again_and_stops_no_other(monkeypatch):
    stuck, fine = recording(date(2026, 11, 20)), recording(date(2026, 11, 20))
    delete = default_storage.delete

    def refuse(name):
        if name == stuck.file.name:
            raise PermissionError(name)
        delete(name)

    monkeypatch.setattr(default_storage._wrapped, "delete", refuse)
    assert run(date(2027, 1, 1)) == {"recording": 1}
    stuck.refresh_from_db()
    assert (bool(stuck.file), stuck.deleted_on) == (True, None)
    monkeypatch.undo()

    assert run(date(2027, 1, 1)) == {"recording": 1}
    assert not default_storage.exists(fine.file.name)


def test_many_rows_go_in_batches(monkeypatch):
    monkeypatch.setattr(retention_run, "_BATCH", 2)
    speaker = world.participant(world.group(closed_on=CLOSED))
    for _ in range(5):
        world.quote(speaker)

    assert run(date(2029, 1, 1)) == {"words": 5}


def test_the_audit_tells_kind_and_number_alone():
    recording(date(2026, 11, 20))

    run(date(2027, 1, 1))

    event = AuditEvent.objects.get(deed="time was over")
    assert event.detail == {"kind": "recording", "rows": 1}
    assert (event.object_kind, event.actor) == ("feedback.retentionrule", None)


def test_sound_files_that_no_row_names_are_swept_away():
    kept = recording()
    default_storage.save("sounds/lost", SimpleUploadedFile("x", OGG))
    later = datetime.now(UTC) + timedelta(days=2)

    assert retention_run.sweep_orphans(at=datetime.now(UTC)) == 0
    assert retention_run.sweep_orphans(at=later) == 1
    assert default_storage.exists(kept.file.name)


def test_every_kind_has_a_rule_from_the_start():
    retention.lay_out()

    assert dict(RetentionRule.objects.values_list("kind", "days")) == retention.DEFAULTS


def test_a_rule_that_people_changed_stays():
    retention.lay_out()
    RetentionRule.objects.filter(kind=Kept.VOICE).update(days=7)

    retention.lay_out()

    assert retention.days_kept()[Kept.VOICE] == 7


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    days=st.integers(1, 200),
    written=st.none() | st.integers(0, 120),
    offset=st.integers(-30, 130),
)
def test_nothing_goes_before_its_day_and_everything_on_it(days, written, offset):
    RetentionRule.objects.update_or_create(kind=Kept.RECORDING, defaults={"days": days})
    Recording.objects.all().delete()
    down = None if written is None else CLOSED + timedelta(days=written)
    made = recording(down)
    goes_on = retention.delete_on(made)
    today = goes_on + timedelta(days=offset)

    run(today)

    made.refresh_from_db()
    assert bool(made.file) == (today < goes_on)
    assert goes_on <= CLOSED + timedelta(days=90)
    assert down is None or goes_on <= down + timedelta(days=days)


def test_the_dry_list_tells_what_goes_within_a_month_in_ones_own_countries():
    host, abroad = world.host("BG"), world.host("IT")
    made = recording(date(2026, 11, 25))

    listed = coming(host, day=date(2026, 11, 30), within=30)

    assert [(item.day, item.kind, item.country, item.title) for item in listed] == [
        (date(2026, 12, 25), "recording", "BG", made.group.session.title)
    ]
    assert coming(host, day=date(2026, 11, 24), within=30) == []
    assert coming(abroad, day=date(2026, 11, 30), within=30) == []
