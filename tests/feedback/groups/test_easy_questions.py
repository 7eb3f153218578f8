"""One question a page: answered by a tap, by words, by voice, or not at all."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cop_platform.common import sounds
from feedback.focus_groups.domain.easy import form_links, guest_words
from feedback.focus_groups.enums import AnswerKind, Purpose
from feedback.focus_groups.models import (
    FormAnswer,
    QuestionAudio,
)
from tests.feedback.groups import easy, world
from tests.feedback.groups.easy import OGG, at, get, press, start, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_easy_day")]
ALL_KINDS = tuple(AnswerKind.values)


def test_a_tap_answers_and_goes_on():
    form = world.easy_form()
    address = start(form, "ar")

    page = press(address, form, value=4)

    assert page["Location"] == at(address, 2)
    assert FormAnswer.objects.get().value == 4


@pytest.mark.parametrize(("kind", "most"), [("faces", 4), ("thumbs", 2), ("agree", 5)])
def test_each_scale_has_its_buttons_in_the_order_of_reading(kind, most):
    page = text(get(start(world.easy_form("BG", kind), "ar")))

    values = re.findall(r'name="value" value="(\d)"', page)
    assert values == [str(value) for value in range(1, most + 1)]
    assert page.count("aria-pressed") == most


def test_steps_have_words_at_both_ends():
    page = text(get(start(world.easy_form("BG", "agree"))))

    assert re.search(r'class="ends".*disagree|not agree.*agree fully', page, re.S)


def test_the_answer_so_far_is_marked_and_can_be_changed():
    form = world.easy_form()
    address = start(form)
    press(address, form, value=1)

    page = text(get(address))
    press(address, form, value=2)

    assert re.findall(r'value="(\d)" aria-pressed="true"', page) == ["1"]
    assert FormAnswer.objects.get().value == 2


def test_skipping_is_as_good_as_an_answer():
    form = world.easy_form()
    address = start(form)

    page = press(address, form, deed="skip")

    assert page["Location"] == at(address, 2)
    assert FormAnswer.objects.get().value is None


def test_an_answer_is_kept_by_going_on_and_gone_when_deleted():
    form = world.easy_form()
    address = start(form)
    press(at(address, 2), form, 2, words="Too long.")

    press(at(address, 2), form, 2, deed="skip")

    assert FormAnswer.objects.get().words == ""


def test_a_question_without_a_translation_says_that_it_is_english():
    page = text(get(start(world.easy_form(), "ar")))

    assert '<h1 id="question" lang="en" dir="ltr">Question 1?</h1>' in page


def test_the_questions_cost_the_same_queries_however_many(django_assert_num_queries):
    counts = []
    for kinds in (["words"], ["words"] * 3):
        address = start(world.easy_form("BG", *kinds))
        with django_assert_num_queries(6) as seen:
            get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_voice_message_is_an_answer_and_can_be_taken_back():
    form = world.easy_form("BG", "words")
    address = start(form)
    press(address, form, voice=SimpleUploadedFile("me.m4a", OGG))
    kept = FormAnswer.objects.get()

    page = press(address, form, deed="drop_voice")

    assert kept.media_type == "audio/ogg"
    assert not kept.file.storage.exists(kept.file.name)
    assert page["Location"] == address
    assert FormAnswer.objects.get().file.name == ""


def test_the_questions_are_read_aloud_without_a_word_of_a_person():
    form = world.easy_form()
    audio = QuestionAudio(question=easy.question(form), language="en")
    sounds.keep(audio, sounds.accept(SimpleUploadedFile("q.ogg", OGG)))
    notes = world.consent_text(Purpose.NOTES, "en")
    sounds.keep(notes, sounds.accept(SimpleUploadedFile("n.ogg", OGG)))

    before = text(get(f"{form_links.address(form)}?lang=en"))
    page = text(get(start(form)))
    links = re.findall(r'<audio controls preload="none" src="([^"]+)"', before + page)

    assert len(links) == 2
    for link in links:
        heard = get(link, headers={"range": "bytes=0-3"})
        assert (heard.status_code, heard["Content-Type"]) == (206, "audio/ogg")
    assert get(links[1].replace("/en/", "/ar/")).status_code == 404


def test_sounds_of_another_form_are_not_behind_this_link():
    form, other = world.easy_form(), world.easy_form()
    audio = QuestionAudio(question=easy.question(other), language="en")
    sounds.keep(audio, sounds.accept(SimpleUploadedFile("q.ogg", OGG)))

    link = f"{form_links.address(form)}sound/{audio.question_id}/en/"

    assert get(link).status_code == 404


def test_ten_thousand_emoji_get_a_sentence_and_nothing_is_lost():
    form = world.easy_form("BG", "words")
    address = start(form, "bg")

    page = press(address, form, words="😀" * 10_000)

    assert page.status_code == 422
    said = guest_words.words("bg").say("too_long", length=10_000, limit=2000)
    assert said in text(page)
    assert text(page).count("😀") == 10_000
    assert not FormAnswer.objects.exists()


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ({"words": "a\x00b"}, "unusable"),
        ({"words": "   "}, "nothing_said"),
        ({}, "nothing_said"),
        ({"voice": b"<html><script>alert(1)</script>"}, "not_a_sound"),
        ({"voice": b""}, "not_a_sound"),
        ({"voice": OGG + b"\x00" * sounds.SPOKEN_LIMIT}, "sound_too_big"),
    ],
)
def test_words_and_sounds_that_cannot_be_kept_get_a_sentence(sent, key):
    form = world.easy_form("BG", "words")
    address = start(form, "ar")
    if "voice" in sent:
        sent = {"voice": SimpleUploadedFile("a.mp3", sent["voice"])} | {"words": "kept here"}

    page = press(address, form, **sent)

    assert page.status_code == 422
    assert guest_words.words("ar")[key] in text(page)
    assert "voice" not in sent or "kept here" in text(page)
    assert not FormAnswer.objects.exists()


@pytest.mark.parametrize("value", ["", "0", "5", "-1", "x", "9" * 30, "1.5"])
def test_a_value_off_the_scale_gets_a_sentence(value):
    form = world.easy_form()
    address = start(form)

    page = press(address, form, value=value)

    assert page.status_code == 422
    assert guest_words.words("en")["wrong_choice"] in text(page)
    assert not FormAnswer.objects.exists()


def test_an_answer_to_another_question_is_not_kept_here():
    form, other = world.easy_form(), world.easy_form()
    address = start(form)

    for foreign in (easy.question(other).pk, easy.question(form, 2).pk, "x", ""):
        page = Client().post(address, {"question": foreign, "value": 1})
        assert page.status_code == 422
        assert guest_words.words("en")["question_changed"] in text(page)

    assert not FormAnswer.objects.exists()


@pytest.mark.parametrize("step", [0, 3, 10**30])
def test_a_step_that_is_not_there_leads_to_one_that_is(step):
    address = start(world.easy_form())

    page = get(at(address, step))

    assert page.status_code == 302
    assert get(page["Location"]).status_code == 200
