"""Erasing by the code on the slip: words go, the proof of consent stays, once and for good."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cop_platform.common import sounds
from experts.models import AuditEvent
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.keeping import erasing, erasure_log
from feedback.focus_groups.enums import AgeBand, Gender
from feedback.focus_groups.models import (
    Erasure,
    FormAnswer,
    Participant,
    Quote,
    Recording,
)
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = date(2026, 11, 27)
OGG = b"OggS" + b"\x00" * 60


@pytest.fixture(autouse=True)
def log_of_its_own(settings, tmp_path):
    settings.STATE_DIR = tmp_path


def spoken() -> sounds.HeardSound:
    return sounds.accept(SimpleUploadedFile("a.ogg", OGG))


def talk():
    """A participant with bands and words, in a group whose talk was recorded."""
    group = world.group()
    speaker = world.participant(
        group, age_band=AgeBand.YOUNG, gender=Gender.WOMAN, uses_interpreter=True
    )
    world.quote(speaker, "I stopped at page three.", rendering="Seite drei", nonverbal="laughs")
    recording = Recording(group=group, uploaded_on=world.DAY, transcript="I stopped.")
    sounds.keep(recording, spoken())
    return speaker, recording


def test_words_bands_and_sounds_go(django_capture_on_commit_callbacks):
    speaker, recording = talk()
    file = recording.file.name

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(speaker, at=AT)

    speaker.refresh_from_db()
    recording.refresh_from_db()
    assert not Quote.objects.exists()
    assert (speaker.language, speaker.age_band, speaker.gender) == ("", "", "")
    assert not speaker.uses_interpreter
    assert speaker.erased_on == DAY
    assert (recording.file.name, recording.transcript, recording.deleted_on) == ("", "", DAY)
    assert not default_storage.exists(file)


def test_what_others_said_stays():
    speaker, _recording = talk()
    other = world.participant(speaker.group)
    world.quote(other, "Mine stays.")

    erasing.erase(speaker, at=AT)

    assert [quote.words for quote in Quote.objects.all()] == ["Mine stays."]


def test_that_consents_were_given_and_withdrawn_stays():
    speaker, _recording = talk()

    erasing.erase(speaker, at=AT)

    consents = list(speaker.consents.values_list("is_given", "given_on", "withdrawn_on"))
    assert consents == [(True, world.DAY, DAY)] * 2


def test_answers_and_voice_messages_go(django_capture_on_commit_callbacks):
    response = world.response(world.easy_form(), 4, "I am Maria", may_quote=True)
    answer = FormAnswer.objects.get(words="I am Maria")
    sounds.keep(answer, spoken())

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(response, at=AT)

    assert not FormAnswer.objects.exists()
    assert not default_storage.exists(answer.file.name)
    assert (response.language, response.may_quote, response.erased_on) == ("", False, DAY)


def test_the_slip_still_leads_to_a_page_that_says_so():
    speaker, _recording = talk()

    erasing.erase(speaker, at=AT)

    assert receipts.find(speaker.receipt_code) == speaker
    assert Erasure.objects.get().receipt == speaker.receipt


def test_a_second_time_changes_nothing(django_capture_on_commit_callbacks):
    speaker, _recording = talk()
    erasing.erase(speaker, at=AT)
    later = datetime(2027, 1, 1, tzinfo=UTC)

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(speaker, at=later)

    assert Erasure.objects.get().erased_on == DAY
    assert Participant.objects.get().erased_on == DAY
    assert AuditEvent.objects.filter(deed="words erased").count() == 1


def test_the_audit_tells_no_code_and_no_word():
    speaker, _recording = talk()

    erasing.erase(speaker, at=AT)

    event = AuditEvent.objects.get(deed="words erased")
    assert (event.object_kind, event.object_id) == ("feedback.focusgroup", speaker.group_id)
    assert (event.actor, event.detail) == (None, {})


def test_a_failure_on_the_way_leaves_everything_as_it_was(monkeypatch):
    speaker, recording = talk()
    monkeypatch.setattr(erasing.audit, "record", broken)

    with pytest.raises(RuntimeError), transaction.atomic():
        erasing.erase(speaker, at=AT)

    recording.refresh_from_db()
    assert Quote.objects.get().words == "I stopped at page three."
    assert default_storage.exists(recording.file.name)
    assert Participant.objects.get().erased_on is None
    assert erasure_log.read() == set()


def test_a_final_erasure_stands_in_the_file_beside_the_database(
    django_capture_on_commit_callbacks,
):
    speaker, _recording = talk()

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(speaker, at=AT)

    assert erasure_log.read() == {speaker.receipt}


def broken(**_values):
    raise RuntimeError
