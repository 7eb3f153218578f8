"""Lines of a group: noted once, under codes that agreed, changed by one device at a time."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.domain.capturing.capture import Line
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Quote
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


@pytest.fixture
def group():
    return world.group()


def note(group, host, line=None, *, key=None, revision=0, **values):
    wanted = line or Line(**{"words": "Too long.", "language": "en"} | values)
    return capture.note(
        group_id=group.pk, client_key=key or uuid4(), revision=revision, line=wanted, by=host
    )


def test_a_line_of_a_participant_who_agreed_is_kept_with_all_it_says(group, host):
    speaker = world.participant(group)
    line = Line(
        question_id=group.guide.questions.first().pk,
        participant_id=speaker.pk,
        words="كان طويلاً",
        language="ar",
        rendering="It was long",
        rendering_language="en",
        is_back_checked=True,
        nonverbal="laughs",
    )

    kept = note(group, host, line)

    kept.refresh_from_db()
    assert capture.line_of(kept) == line
    assert (kept.revision, kept.checked_on, kept.clean_words) == (1, None, "")


def test_a_line_sent_twice_is_one_line(group, host):
    key = uuid4()

    first, second = note(group, host, key=key), note(group, host, key=key)

    assert first == second
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("agreed", [(), (Purpose.QUOTES,), (Purpose.RECORDING,)])
def test_nothing_is_noted_under_a_code_that_did_not_agree_to_notes(group, host, agreed):
    speaker = world.participant(group, agrees_to=agreed)

    with pytest.raises(capture.NotAgreed, match="P1 did not agree"):
        note(group, host, participant_id=speaker.pk)

    assert not Quote.objects.exists()


def test_nothing_is_noted_under_a_code_once_its_agreement_is_taken_back(group, host):
    speaker = world.participant(group)
    speaker.consents.filter(purpose=Purpose.NOTES).update(withdrawn_on=world.DAY)

    with pytest.raises(capture.NotAgreed):
        note(group, host, participant_id=speaker.pk)


def test_nothing_is_noted_under_an_erased_code(group, host):
    speaker = world.participant(group, erased_on=world.DAY)

    with pytest.raises(capture.NotAgreed):
        note(group, host, participant_id=speaker.pk)


@pytest.mark.parametrize(("guardian", "kept"), [(False, 0), (True, 1)])
def test_a_minor_is_noted_only_where_a_guardian_agreed(group, host, guardian, kept):
    speaker = world.participant(group, is_minor=True, guardian_agreed=guardian)

    try:
        note(group, host, participant_id=speaker.pk)
    except capture.NotAgreed as error:
        assert "no guardian agreed" in str(error)  # noqa: PT017  both ways are one table

    assert Quote.objects.count() == kept


def test_the_voice_of_the_group_needs_no_code(group, host):
    world.participant(group, agrees_to=())

    assert note(group, host).participant is None


def test_lines_of_a_question_stand_in_the_order_in_which_they_came(group, host):
    first, second = group.guide.questions.all()
    for words, question in [("a", second), ("b", first), ("c", second)]:
        note(group, host, words=words, question_id=question.pk)

    assert [line.words for line in capture.of(group)] == ["b", "a", "c"]


def test_a_change_upon_an_older_state_is_refused_and_shows_what_stands(group, host):
    kept = note(group, host)
    note(group, host, key=kept.client_key, revision=1, words="From the phone")

    with pytest.raises(capture.ChangedElsewhere) as caught:
        note(group, host, key=kept.client_key, revision=1, words="From the laptop")

    assert caught.value.stored.words == "From the phone"


def test_changing_a_line_that_is_gone_says_so(group, host):
    with pytest.raises(capture.ChangedElsewhere) as caught:
        note(group, host, revision=1)

    assert caught.value.stored is None


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"words": "Another"}, False),
        ({"rendering": "Another"}, False),
        ({"nonverbal": "nods"}, True),
        ({"is_back_checked": True}, True),
    ],
)
def test_other_words_have_to_be_checked_again(group, host, change, stays):
    speaker = world.participant(group)
    kept = world.quote(speaker)

    line = replace(capture.line_of(kept), **change)
    note(group, host, line, key=kept.client_key, revision=kept.revision)

    kept.refresh_from_db()
    assert bool(kept.checked_on and kept.clean_words) is stays


def test_a_line_is_taken_away_once_and_may_be_taken_away_again(group, host):
    kept = note(group, host)
    for _ in range(2):
        capture.delete(group_id=group.pk, client_key=kept.client_key, revision=1, by=host)

    assert not Quote.objects.exists()


def test_a_line_changed_elsewhere_is_not_taken_away_unseen(group, host):
    kept = note(group, host)
    note(group, host, key=kept.client_key, revision=1, words="New")

    with pytest.raises(capture.ChangedElsewhere):
        capture.delete(group_id=group.pk, client_key=kept.client_key, revision=1, by=host)

    assert Quote.objects.count() == 1


def test_a_group_that_ended_takes_nothing_in(host):
    group = world.closed_group()
    kept = world.quote(group.participants.first())

    with pytest.raises(capture.CaptureEnded):
        note(group, host)
    with pytest.raises(capture.CaptureEnded):
        capture.delete(group_id=group.pk, client_key=kept.client_key, revision=1, by=host)


def test_a_group_holds_so_many_lines_and_no_more(group, host, monkeypatch):
    monkeypatch.setattr(capture, "MOST", 1)
    note(group, host)

    with pytest.raises(capture.TooMany):
        note(group, host)


@pytest.mark.parametrize(
    ("role", "code"),
    [(Role.PROJECT_MANAGER, "BG"), (Role.FACILITATOR, "IT"), (Role.PARTNER, "BG")],
)
def test_nobody_else_notes(group, role, code):
    with pytest.raises(Refused):
        note(group, make.user(role, code))
