"""The words that are read before somebody agrees: laid, versioned, translated, read aloud."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from feedback.focus_groups.domain.consenting import (
    consent_board,
    consent_texts,
    consents,
    standard_consents,
)
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import ConsentText
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db

CODES = [code for code, _name in settings.PROJECT_LANGUAGES]


@pytest.fixture
def manager():
    return make.user(Role.PROJECT_MANAGER)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


def words_page(purpose=Purpose.NOTES, language="uk"):
    return f"{reverse('consent_words')}?purpose={purpose}&language={language}"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_is_laid_in_every_language(purpose):
    assert set(consents.texts(purpose)) == set(CODES)


def test_laying_twice_changes_nobodys_words():
    ConsentText.objects.filter(purpose=Purpose.NOTES, language="uk").update(text="Our words")
    before = ConsentText.objects.count()

    consent_texts.lay_out()

    assert ConsentText.objects.count() == before
    assert consents.texts(Purpose.NOTES)["uk"].text == "Our words"


@pytest.mark.parametrize("language", CODES)
def test_standard_sentences_are_short(language):
    for texts in standard_consents.TEXTS.values():
        sentences = re.split(r"(?<=[.?!።۔])\s+", texts[language])
        assert max(len(sentence.split()) for sentence in sentences) <= 15
        assert len(sentences) >= 8


def test_another_version_leaves_the_one_before_to_those_who_agreed(manager):
    participant = world.participant(world.group(), agrees_to=())
    given = consents.give(
        participant_id=participant.pk,
        purpose=Purpose.NOTES,
        is_given=True,
        by=world.host(),
        at=make.NOW,
    )

    new = consent_texts.write(purpose=Purpose.NOTES, text="Other words.", by=manager)

    given.refresh_from_db()
    assert (new.version, given.text.version) == (2, 1)
    assert consents.texts(Purpose.NOTES) == {"en": new}
    assert consents.holds(participant, Purpose.NOTES)


def test_the_same_words_are_no_new_version(manager):
    text = consents.texts(Purpose.NOTES)["en"].text

    with pytest.raises(NotPossible):
        consent_texts.write(purpose=Purpose.NOTES, text=text, by=manager)

    assert consents.texts(Purpose.NOTES)["en"].version == 1


def test_words_somebody_agreed_to_are_not_translated_anew(coordinator):
    world.participant(world.group(), agrees_to=(Purpose.NOTES,))
    used = consents.texts(Purpose.NOTES)["en"]
    assert used.consents.exists()
    ConsentText.objects.filter(pk=used.pk).update(language="xx")
    with pytest.raises(consent_texts.WordsInUse):
        consent_texts.translate(purpose=Purpose.NOTES, language="xx", text="Other", by=coordinator)


def test_other_words_take_the_reading_of_the_old_ones_away(coordinator):
    text = world.read_aloud(Purpose.NOTES, "uk")
    name = text.file.name

    consent_texts.translate(purpose=Purpose.NOTES, language="uk", text="Інше", by=coordinator)

    text.refresh_from_db()
    assert (text.text, text.file.name) == ("Інше", "")
    assert not default_storage.exists(name)


def test_english_is_written_by_the_manager_alone(coordinator):
    with pytest.raises(NotPossible):
        consent_texts.translate(purpose=Purpose.NOTES, language="en", text="X", by=coordinator)
    with pytest.raises(Refused):
        consent_texts.write(purpose=Purpose.NOTES, text="X", by=coordinator)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.EXPERT, Role.PARTNER, Role.AUTHOR])
def test_translations_come_from_coordinators_and_the_manager(role):
    with pytest.raises(Refused):
        consent_texts.translate(
            purpose=Purpose.NOTES, language="uk", text="X", by=make.user(role, "BG")
        )


def test_the_board_counts_gaps_in_one_question(manager, django_assert_num_queries):
    consent_texts.write(purpose=Purpose.VOICE, text="Other words.", by=manager)
    world.read_aloud(Purpose.NOTES, "ar")

    with django_assert_num_queries(1):
        board = consent_board.build()

    assert board.missing == len(CODES) - 1
    assert board.unread == 4 * len(CODES) - board.missing - 1


def test_a_coordinator_translates_and_reads_aloud_in_the_browser(as_user, coordinator, manager):
    consent_texts.write(purpose=Purpose.NOTES, text="Other words.", by=manager)
    client = as_user(coordinator)
    assert "has no words in Ukrainian yet" in client.get(words_page()).content.decode()

    client.post(words_page(), {"deed": "words", "words-text": "Інші слова."})
    client.post(words_page(), {"deed": "sound", "sound-sound": world.sound()})

    html = client.get(words_page()).content.decode()
    assert "Інші слова." in html
    assert "<audio" in html
    sound = client.get(reverse("consent_sound", args=[consents.texts(Purpose.NOTES)["uk"].pk]))
    assert sound["Content-Type"] == "audio/ogg"
    assert sound["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_sound_is_said_beside_the_field(as_user, coordinator):
    page = {"deed": "sound", "sound-sound": SimpleUploadedFile("a.mp3", b"<html>")}

    html = as_user(coordinator).post(words_page(), page).content.decode()

    assert "This file is no sound that we know" in html
    assert not consents.texts(Purpose.NOTES)["uk"].file


def test_ten_thousand_emoji_are_shown_again_with_a_sentence(as_user, coordinator):
    long = "😀" * 10_000

    response = as_user(coordinator).post(words_page(), {"deed": "words", "words-text": long})

    assert response.status_code == 200
    html = response.content.decode()
    assert long in html
    assert "Please shorten this" in html


def test_the_manager_writes_a_version_in_the_browser(as_user, manager):
    client = as_user(manager)
    page = reverse("consent_new")
    start = client.get(f"{page}?purpose=quotes")
    assert consents.texts(Purpose.QUOTES)["en"].text in start.content.decode()

    client.post(page, {"purpose": "quotes", "text": "Other words."})

    assert consents.texts(Purpose.QUOTES)["en"].text == "Other words."


@pytest.mark.parametrize("query", ["?purpose=x", "?language=xx", "?purpose=notes&language=%F0%9F"])
def test_a_text_that_is_none_is_not_found(as_user, manager, query):
    assert as_user(manager).get(reverse("consent_words") + query).status_code in {400, 404}
