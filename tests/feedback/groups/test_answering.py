"""Answering: started at a secret place, changed until sent, sent once, found by its code."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common import sounds
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.easy import answering
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import FormAnswer, FormResponse
from tests.feedback.groups import easy, world
from tests.feedback.groups.easy import OGG

pytestmark = pytest.mark.django_db
# In Sofia the next day has begun.
LATE = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)


def begin(form=None, **more):
    more = {"form": form or world.easy_form(), "language": "ar", "at": LATE} | more
    return answering.start(**more)


def heard(content: bytes = OGG) -> sounds.HeardSound:
    return sounds.accept(SimpleUploadedFile("a", content))


def test_days_are_those_of_the_forms_country():
    assert begin().response.started_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        (datetime(2026, 10, 31, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 31, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), False),
    ],
)
def test_a_form_is_open_from_its_first_day_through_its_last(at, opened):
    form = world.easy_form(opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 31))

    assert answering.is_open(form, at) is opened


def test_the_secret_leads_to_its_response_and_is_stored_nowhere():
    form = world.easy_form()
    started = begin(form)

    assert answering.find(form, started.secret) == started.response
    assert started.secret not in str(list(FormResponse.objects.values()))
    assert answering.receipt(started.secret) not in str(list(FormResponse.objects.values()))


def test_the_same_secret_starts_once():
    form = world.easy_form()
    secret = answering.new_secret(form)

    assert begin(form, secret=secret) == begin(form, secret=secret)


def test_the_next_person_at_the_same_phone_does_not_find_the_answers_before():
    form = world.easy_form()
    first = begin(form)
    answering.answer(response=first.response, question=easy.question(form), value=1)

    assert begin(form, secret=first.secret).response != first.response


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "é" * 43, "A" * 10_000, "="])
def test_a_secret_that_we_did_not_make_leads_nowhere(secret):
    form = world.easy_form()

    assert answering.find(form, secret) is None
    assert begin(form, secret=secret).secret != secret


def test_a_secret_holds_for_one_form():
    form, other = world.easy_form(), world.easy_form()
    secret = begin(form).secret

    assert answering.find(other, secret) is None
    assert begin(other, secret=secret).response.form == other


def test_an_answer_given_twice_is_one():
    form = world.easy_form()
    response = begin(form).response

    for value in (1, 4):
        answering.answer(response=response, question=easy.question(form), value=value)

    assert [row.value for row in FormAnswer.objects.all()] == [4]


@pytest.mark.parametrize(
    ("kind", "value"), [("faces", 5), ("thumbs", 3), ("agree", 6), ("words", 1), ("faces", 0)]
)
def test_a_value_off_the_scale_is_refused(kind, value):
    form = world.easy_form("BG", kind)

    with pytest.raises(answering.WrongValue):
        answering.answer(response=begin(form).response, question=easy.question(form), value=value)


def test_words_changed_after_a_check_wait_for_another_one():
    form = world.easy_form("BG", AnswerKind.WORDS)
    response = begin(form).response
    question = easy.question(form)
    answering.answer(response=response, question=question, words="Ask Ana.")
    FormAnswer.objects.update(clean_words="Ask [name].", checked_on=date(2026, 11, 25))

    row = answering.answer(response=response, question=question, words="Ask Eva.")

    assert (row.clean_words, row.checked_on) == ("", None)


def test_a_sound_stays_when_words_come_and_goes_when_skipped():
    form = world.easy_form("BG", AnswerKind.WORDS)
    response, question = begin(form).response, easy.question(form)
    answering.answer(response=response, question=question, sound=heard())
    answering.answer(response=response, question=question, words="More.")
    kept = FormAnswer.objects.get()

    answering.skip(response=response, question=question)

    assert kept.file
    assert not kept.file.storage.exists(kept.file.name)
    assert FormAnswer.objects.get().file.name == ""


def test_another_voice_message_takes_the_place_of_the_first():
    form = world.easy_form("BG", AnswerKind.WORDS)
    response, question = begin(form).response, easy.question(form)
    first = answering.answer(response=response, question=question, sound=heard()).file.name

    row = answering.answer(response=response, question=question, sound=heard(b"ID3" + b"\0" * 9))

    assert not row.file.storage.exists(first)
    assert row.media_type == "audio/mpeg"


def test_sending_gives_the_code_that_leads_back():
    started = begin()

    code = answering.finish(started=started, at=LATE, may_quote=True)

    assert receipts.find(code) == started.response
    assert FormResponse.objects.finished().get().may_quote


def test_the_first_sending_counts():
    started = begin()
    codes = [
        answering.finish(started=started, at=LATE, may_quote=may_quote)
        for may_quote in (False, True)
    ]

    assert codes[0] == codes[1]
    assert not FormResponse.objects.get().may_quote


@pytest.mark.parametrize("deed", [answering.answer, answering.skip, answering.drop_voice])
def test_nothing_changes_after_sending(deed):
    form = world.easy_form()
    started = begin(form)
    answering.answer(response=started.response, question=easy.question(form), value=2)
    answering.finish(started=started, at=LATE)

    with pytest.raises(answering.AlreadySent):
        deed(response=started.response, question=easy.question(form))

    assert FormAnswer.objects.get().value == 2


def test_words_are_looked_for_where_words_were_asked():
    form = world.easy_form("BG", "faces", "words")
    response = begin(form).response
    answering.answer(response=response, question=easy.question(form), value=2)
    answering.skip(response=response, question=easy.question(form, 2))
    before = answering.has_words(response)

    answering.answer(response=response, question=easy.question(form, 2), sound=heard())

    assert (before, answering.has_words(response)) == (False, True)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(["1", "2", "skip", "send"]), max_size=8))
def test_over_time_the_last_answer_before_the_first_sending_counts(deeds):
    form = world.easy_form("BG", "faces")
    started, question = begin(form), easy.question(form)
    expected, is_sent = None, False
    for deed in deeds:
        if deed == "send":
            answering.finish(started=started, at=LATE)
            is_sent = True
            continue
        try:
            if deed == "skip":
                answering.skip(response=started.response, question=question)
            else:
                answering.answer(response=started.response, question=question, value=int(deed))
        except answering.AlreadySent:
            assert is_sent
        else:
            expected = None if deed == "skip" else int(deed)

    given_answer = started.response.answers.first()
    assert (given_answer.value if given_answer else None) == expected
