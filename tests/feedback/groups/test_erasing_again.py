"""After a restore what was erased since the backup is erased again, sounds included."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from cop_platform.common import sounds
from experts.domain import restoring
from feedback.focus_groups.domain.keeping import erasing, erasing_again, erasure_log
from feedback.focus_groups.models import Erasure, FormAnswer, Participant, Quote
from tests.feedback.groups import world

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def state_of_its_own(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": default}


def run(name: str, *arguments: str) -> dict:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db(transaction=True)
def test_security_40_erasures_after_the_backup_are_applied_to_what_it_brings_back(tmp_path):
    group = world.group()
    speaker, other = world.participant(group), world.participant(group)
    world.quote(speaker, "Erased later.")
    world.quote(other, "Stays.")
    response = world.response(world.easy_form(), 4, "Erased as well.")
    answer = FormAnswer.objects.get(words="Erased as well.")
    sounds.keep(answer, sounds.accept(SimpleUploadedFile("a", b"OggS" + b"\x00" * 60)))
    saved = run("backup", "--to", str(tmp_path / "backups"))["backup"]
    erasing.erase(speaker, at=AT)
    erasing.erase(response, at=AT)

    run("restore", saved, "--confirm")

    assert [quote.words for quote in Quote.objects.all()] == ["Stays."]
    assert not FormAnswer.objects.exists()
    assert not default_storage.exists(answer.file.name)
    assert Participant.objects.get(pk=speaker.pk).erased_on is not None
    assert Participant.objects.get(pk=other.pk).erased_on is None
    assert Erasure.objects.count() == 2


@pytest.mark.django_db
def test_only_what_the_file_names_is_erased():
    group = world.group()
    speaker, other = world.participant(group), world.participant(group)
    erasure_log.add(speaker.receipt, "f" * 64)

    assert erasing_again.erase_again(AT) == 1
    assert erasing_again.erase_again(AT) == 0

    other.refresh_from_db()
    assert other.erased_on is None


@pytest.mark.django_db
def test_erasures_the_file_missed_are_put_aside_before_the_rows_go():
    Erasure.objects.create(receipt="a" * 64, erased_on=world.DAY)
    erasure_log.add("b" * 64)

    erasing_again.put_aside()
    erasing_again.put_aside()

    assert erasure_log.path().read_text().split() == ["b" * 64, "a" * 64]


def test_a_torn_line_is_passed_over():
    erasure_log.add("a" * 64)
    with erasure_log.path().open("a") as log:
        log.write("bbbb")

    erasure_log.add("c" * 64)

    assert erasure_log.read() == {"a" * 64, "c" * 64}


def test_both_steps_are_known_to_every_restore():
    assert erasing_again.put_aside in restoring._before
    assert erasing_again.erase_again in restoring._after
