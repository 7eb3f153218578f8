"""The sound of a talk: kept where everybody agreed, until it is written down."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cop_platform.common import sounds
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from feedback.focus_groups.domain.capturing import recordings
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Recording
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
TALK = (Purpose.NOTES, Purpose.RECORDING)


@pytest.fixture
def host():
    return world.host()


@pytest.fixture
def group():
    made = world.group()
    for _ in range(2):
        world.participant(made, agrees_to=TALK)
    return made


def talk(content: bytes = b"OggS" + b"\x00" * 60) -> SimpleUploadedFile:
    return SimpleUploadedFile("talk.ogg", content)


def keep(group, host, upload=None):
    return recordings.keep(group_id=group.pk, upload=upload or talk(), by=host, at=make.NOW)


def test_a_recording_is_kept_where_everybody_agreed(group, host):
    row = keep(group, host)

    assert default_storage.exists(row.file.name)
    assert (row.uploaded_on, row.media_type) == (make.NOW.date(), "audio/ogg")


def test_one_no_is_enough_and_nobody_is_named(group, host):
    world.participant(group, agrees_to=(Purpose.NOTES,))

    with pytest.raises(recordings.NotEverybodyAgreed) as caught:
        keep(group, host)

    assert "Not everybody agreed" in str(caught.value)
    assert "P3" not in str(caught.value)
    assert not Recording.objects.exists()


def test_a_group_without_codes_keeps_no_recording(host):
    with pytest.raises(recordings.NotEverybodyAgreed):
        keep(world.group(), host)


def test_an_agreement_taken_back_takes_the_sound_away(group, host):
    row = keep(group, host)

    consents.withdraw(
        participant=group.participants.first(), purpose=Purpose.RECORDING, at=make.NOW
    )

    row.refresh_from_db()
    assert not row.file


def test_deleting_takes_the_bytes_and_leaves_what_was_written(
    group, host, django_capture_on_commit_callbacks
):
    name = keep(group, host).file.name
    recordings.write_down(
        group_id=group.pk,
        transcript="P1: Too long.",
        is_whole=True,
        seen=recordings.mark(None),
        by=host,
        at=make.NOW,
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert recordings.delete_sound(group_id=group.pk, by=host, at=make.NOW)

    row = Recording.objects.get()
    assert not default_storage.exists(name)
    assert (row.transcript, row.deleted_on) == ("P1: Too long.", make.NOW.date())
    assert not recordings.delete_sound(group_id=group.pk, by=host, at=make.NOW)


def test_a_transcript_typed_by_two_is_not_overwritten(group, host):
    keep(group, host)
    common = {"group_id": group.pk, "is_whole": False, "by": host, "at": make.NOW}
    recordings.write_down(transcript="Mine", seen=recordings.mark(None), **common)

    with pytest.raises(ChangedMeanwhile):
        recordings.write_down(transcript="Yours", seen=recordings.mark(None), **common)

    recordings.write_down(transcript="Mine", seen="", **common)
    assert Recording.objects.get().transcript == "Mine"


def test_the_page_uploads_plays_and_says_when_the_sound_goes(as_user, group, host):
    client, page = as_user(host), reverse("group_recording", args=[group.pk])

    assert client.post(page, {"sound": talk()}).status_code == 302

    shown = client.get(page).content.decode()
    assert "deleted on" in shown
    sound = client.get(reverse("recording_sound", args=[group.pk]), headers={"range": "bytes=0-3"})
    assert (sound.status_code, b"".join(sound.streaming_content)) == (206, b"OggS")
    assert sound["Content-Type"] == "audio/ogg"
    assert sound["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.7"])
def test_what_is_no_sound_is_refused_in_words(as_user, group, host, content):
    answer = as_user(host).post(
        reverse("group_recording", args=[group.pk]), {"sound": talk(content)}
    )

    assert answer.status_code == 200
    assert not Recording.objects.exists()


def test_a_sound_that_is_too_big_is_refused_in_words(as_user, group, host, monkeypatch):
    monkeypatch.setattr(sounds, "TALK_LIMIT", 10)

    answer = as_user(host).post(reverse("group_recording", args=[group.pk]), {"sound": talk()})

    assert "This file is too big" in answer.content.decode()


def test_a_transcript_that_is_too_long_is_shown_again(as_user, group, host, monkeypatch):
    typed = "😀" * (recordings.MAX_TRANSCRIPT + 1)

    answer = as_user(host).post(
        reverse("recording_transcript", args=[group.pk]), {"transcript": typed}
    )

    assert "Please shorten this" in answer.content.decode()
    assert typed in answer.content.decode()


def test_both_texts_stand_beside_each_other_after_a_conflict(as_user, group, host):
    world.recording(group, transcript="Typed by a colleague")

    answer = (
        as_user(host)
        .post(
            reverse("recording_transcript", args=[group.pk]),
            {"transcript": "Typed here", "seen": "x"},
        )
        .content.decode()
    )

    assert "Typed by a colleague" in answer
    assert "Typed here" in answer
    assert Recording.objects.get().transcript == "Typed by a colleague"


def test_the_manager_hears_nothing(as_user, group):
    world.recording(group)

    answer = as_user(make.user(Role.PROJECT_MANAGER)).get(
        reverse("recording_sound", args=[group.pk])
    )

    assert answer.status_code == 404
