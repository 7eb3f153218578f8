"""Consents: who agreed to what, and what taking it back does at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from cop_platform.common import sounds
from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Consent, Quote, Recording
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db

NO_CONSENT: dict[str, tuple] = {"agrees_to": ()}


def say(participant, purpose, is_given=True, *, by=None, at=make.NOW, **more):
    return consents.give(
        participant_id=participant.pk,
        purpose=purpose,
        is_given=is_given,
        by=by or world.host(),
        at=at,
        **more,
    )


def test_a_yes_is_bound_to_the_words_that_were_read():
    participant = world.participant(world.group(), **NO_CONSENT)

    consent = say(participant, Purpose.NOTES, was_read_aloud=True)

    assert consents.holds(participant, Purpose.NOTES)
    assert not consents.holds(participant, Purpose.QUOTES)
    assert (consent.text.language, consent.text.version) == ("ar", 1)
    assert consent.was_read_aloud


def test_the_day_is_the_one_in_the_groups_country():
    participant = world.participant(world.group(), **NO_CONSENT)
    late = make.NOW.replace(year=2026, month=11, day=20, hour=23, minute=30)

    assert say(participant, Purpose.NOTES, at=late).given_on == date(2026, 11, 21)


def test_a_language_without_words_is_bound_to_the_english_ones():
    participant = world.participant(world.group(), language="xx", **NO_CONSENT)

    assert say(participant, Purpose.NOTES).text.language == "en"


def test_who_says_no_to_everything_stays_in_the_group():
    group = world.group()
    participant = world.participant(group, **NO_CONSENT)

    for purpose in consents.ASKED_IN_GROUPS:
        say(participant, purpose, is_given=False)

    assert group.participants.get() == participant
    assert consents.agreeing([group.pk], Purpose.NOTES) == set()


def test_agreeing_asks_once_for_several_groups(django_assert_num_queries):
    here, there = world.group(), world.group()
    one, _other = world.participant(here), world.participant(here, **NO_CONSENT)
    third = world.participant(there)

    with django_assert_num_queries(1):
        found = consents.agreeing([here.pk, there.pk], Purpose.QUOTES)

    assert found == {one.pk, third.pk}


def test_withdrawn_quotes_are_given_to_nobody_any_more():
    group = world.group()
    first, second = world.participant(group), world.participant(group)
    quotes = [world.quote(first), world.quote(second)]
    assert set(Quote.objects.quotable()) == set(quotes)

    assert consents.withdraw(participant=first, purpose=Purpose.QUOTES, at=make.NOW)

    assert list(Quote.objects.quotable()) == [quotes[1]]
    assert set(Quote.objects.checked()) == set(quotes)


def test_unchecked_words_and_words_of_the_whole_group_are_not_quotable():
    group = world.group()
    world.quote(world.participant(group), checked=False)
    world.quote(None, group=group)

    assert not Quote.objects.quotable().exists()


def test_withdrawn_notes_erase_the_quotes():
    group = world.group()
    first, second = world.participant(group), world.participant(group)
    world.quote(first)
    kept = world.quote(second)

    consents.withdraw(participant=first, purpose=Purpose.NOTES, at=make.NOW)

    assert list(Quote.objects.all()) == [kept]


def test_a_withdrawn_recording_loses_its_sound():
    group = world.group()
    participant = world.participant(group, agrees_to=(Purpose.RECORDING,))
    recording = Recording(group=group, uploaded_on=world.DAY, transcript="Words")
    sounds.keep(recording, sounds.accept(SimpleUploadedFile("a.ogg", b"OggS" + b"\0" * 60)))

    consents.withdraw(participant=participant, purpose=Purpose.RECORDING, at=make.NOW)

    recording.refresh_from_db()
    assert not recording.file
    assert recording.deleted_on is not None


def test_taking_back_twice_is_taking_back_once():
    participant = world.participant(world.group())

    done = [
        consents.withdraw(participant=participant, purpose=Purpose.QUOTES, at=make.NOW)
        for _ in range(2)
    ]

    assert done == [True, False]
    assert Consent.objects.filter(withdrawn_on__isnull=False).count() == 1


def test_saying_yes_twice_is_one_consent():
    participant = world.participant(world.group(), **NO_CONSENT)

    say(participant, Purpose.NOTES)
    say(participant, Purpose.NOTES)

    assert participant.consents.count() == 1


def test_nothing_is_half_taken_back(monkeypatch):
    participant = world.participant(world.group())
    world.quote(participant)

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(consents, "_undo", broken)
    with pytest.raises(RuntimeError):
        consents.withdraw(participant=participant, purpose=Purpose.NOTES, at=make.NOW)

    assert consents.holds(participant, Purpose.NOTES)
    assert participant.quotes.count() == 1


def test_a_host_does_not_give_again_what_was_taken_back():
    participant = world.participant(world.group())
    consents.withdraw(participant=participant, purpose=Purpose.QUOTES, at=make.NOW)

    with pytest.raises(consents.TakenBack):
        say(participant, Purpose.QUOTES)

    assert not consents.holds(participant, Purpose.QUOTES)


def test_a_yes_that_becomes_a_no_erases_like_one_taken_back():
    participant = world.participant(world.group())
    world.quote(participant)

    say(participant, Purpose.NOTES, is_given=False)

    assert not Quote.objects.exists()


def test_under_18_nothing_holds_before_a_guardian_agreed():
    participant = world.participant(world.group(), is_minor=True)
    world.quote(participant)

    assert not consents.holds(participant, Purpose.NOTES)
    assert not Quote.objects.quotable().exists()
    with pytest.raises(consents.GuardianMissing):
        say(participant, Purpose.NOTES)
    say(participant, Purpose.RECORDING, is_given=False)


def test_a_recording_needs_everybody():
    group = world.group()
    assert not consents.everybody_agrees(group.pk, Purpose.RECORDING)
    world.participant(group, agrees_to=(Purpose.RECORDING,))
    assert consents.everybody_agrees(group.pk, Purpose.RECORDING)
    world.participant(group)

    assert not consents.everybody_agrees(group.pk, Purpose.RECORDING)


def test_nothing_is_stored_about_an_erased_person():
    participant = world.participant(world.group(), erased_on=world.DAY, **NO_CONSENT)

    with pytest.raises(NotPossible):
        say(participant, Purpose.NOTES)


def test_a_purpose_of_forms_is_not_asked_in_a_group():
    participant = world.participant(world.group(), **NO_CONSENT)

    with pytest.raises(NotPossible):
        say(participant, Purpose.VOICE)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_countrys_hosts_write_consents_down(role):
    here = world.participant(world.group("BG"), **NO_CONSENT)
    there = world.participant(world.group("IT"), **NO_CONSENT)
    user = make.user(role, "BG")

    if role in {Role.COORDINATOR, Role.FACILITATOR}:
        assert say(here, Purpose.NOTES, by=user).is_given
    else:
        with pytest.raises(Refused):
            say(here, Purpose.NOTES, by=user)
    with pytest.raises(Refused):
        say(there, Purpose.NOTES, by=user)


class ConsentsOverTime(PropertyTestCase):
    """Whatever the order of answers, what was taken back never holds again."""

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(["yes", "no", "back"]), max_size=8))
    def test_what_was_taken_back_never_holds_again(self, deeds):
        host, participant = world.host(), world.participant(world.group(), **NO_CONSENT)
        holds = taken = False
        for deed in deeds:
            if deed == "back":
                done = consents.withdraw(
                    participant=participant, purpose=Purpose.NOTES, at=make.NOW
                )
                assert done == holds
                taken, holds = taken or done, False
                continue
            try:
                say(participant, Purpose.NOTES, is_given=deed == "yes", by=host)
                holds = deed == "yes"
            except consents.TakenBack:
                assert taken
            assert consents.holds(participant, Purpose.NOTES) == holds
            assert not (taken and holds)
