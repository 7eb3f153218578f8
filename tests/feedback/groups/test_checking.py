"""Going through words for details: marked by the machine, decided by a person, undone by change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from feedback.focus_groups.domain.capturing import checking
from feedback.focus_groups.models import FormAnswer, Quote
from tests import factories as make
from tests.feedback.groups import world

PHONE = "Call me: 0888 123 456"


@pytest.fixture
def host(db):
    return world.host()


@pytest.fixture
def quote(db):
    return world.quote(world.participant(world.group()), PHONE, checked=False)


def test_a_likely_detail_is_marked_and_left_out_of_the_proposal():
    shown = checking.to_check(PHONE, "en")

    assert [(piece.text, piece.kind) for piece in shown.pieces][-1] == ("0888 123 456", "telephone")
    assert shown.found == 1
    assert "0888" not in shown.proposal
    assert shown.proposal.startswith("Call me: ")


@given(st.text(max_size=200))
def test_the_pieces_are_the_words_whatever_they_are(words):
    assert "".join(piece.text for piece in checking.to_check(words, "ar").pieces) == words


def test_a_checked_line_holds_what_others_may_read(host, quote):
    checking.check_quote(
        quote=quote, clean_words="Call me: [telephone]", clean_rendering="", by=host, at=make.NOW
    )

    quote.refresh_from_db()
    assert (quote.clean_words, quote.checked_on) == ("Call me: [telephone]", make.NOW.date())
    assert quote.words == PHONE
    assert checking.progress(quote.group) == (1, 1)


def test_words_that_changed_meanwhile_are_not_checked_unseen(host, quote):
    Quote.objects.filter(pk=quote.pk).update(words="Other", revision=2)

    with pytest.raises(ChangedMeanwhile):
        checking.check_quote(
            quote=quote, clean_words="Call me", clean_rendering="", by=host, at=make.NOW
        )


def test_words_are_not_emptied(host, quote):
    with pytest.raises(checking.NothingLeft):
        checking.check_quote(quote=quote, clean_words=" ", clean_rendering="", by=host, at=make.NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "code"), [(Role.PROJECT_MANAGER, "BG"), (Role.COORDINATOR, "IT"), (Role.EXPERT, "BG")]
)
def test_nobody_else_checks(quote, role, code):
    with pytest.raises(Refused):
        checking.check_quote(
            quote=quote,
            clean_words="x",
            clean_rendering="",
            by=make.user(role, code),
            at=make.NOW,
        )


def test_words_of_a_form_are_checked_the_same_way(host):
    world.response(world.easy_form(), 4, PHONE)
    answer = FormAnswer.objects.get(words=PHONE)

    checking.check_answer(answer=answer, clean_words="Call me", by=host, at=make.NOW)

    answer.refresh_from_db()
    assert (answer.clean_words, answer.checked_on) == ("Call me", make.NOW.date())
    answer.words = "Other"
    with pytest.raises(ChangedMeanwhile):
        checking.check_answer(answer=answer, clean_words="Call me", by=host, at=make.NOW)


def send(client, quote, **fields):
    data = {
        "client_key": str(quote.client_key),
        "revision": str(quote.revision),
        "clean_words": "Call me",
    }
    return client.post(reverse("group_check", args=[quote.group_id]), data | fields)


def test_the_page_marks_details_and_takes_the_clean_words(as_user, host, quote):
    client = as_user(host)
    page = client.get(reverse("group_check", args=[quote.group_id])).content.decode()
    assert 'class="detail" title="telephone">0888 123 456' in page
    assert "0 of 1 lines checked" in page

    assert send(client, quote).status_code == 302
    quote.refresh_from_db()
    assert quote.clean_words == "Call me"


def test_what_was_typed_is_shown_again_when_it_does_not_fit(as_user, host, quote):
    long = "😀" * 10_000

    page = send(as_user(host), quote, clean_words=long).content.decode()

    assert "Please shorten this to" in page
    assert long in page
    quote.refresh_from_db()
    assert quote.checked_on is None


def test_an_empty_clean_text_is_refused_in_words(as_user, host, quote):
    assert "Leave some words" in send(as_user(host), quote, clean_words="").content.decode()


def test_a_line_of_a_foreign_group_is_missing(as_user, host, quote):
    foreign = world.quote(world.participant(world.group("IT")), checked=False)

    answer = send(as_user(host), quote, client_key=str(foreign.client_key))

    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.checked_on is None


@pytest.mark.parametrize("fields", [{"client_key": "x"}, {"revision": "-1"}, {"revision": "x"}])
def test_a_broken_form_is_answered_with_a_sentence(as_user, host, quote, fields):
    assert send(as_user(host), quote, **fields).status_code == 200


def test_more_than_is_asked_changes_nothing_more(as_user, host, quote):
    send(as_user(host), quote, words="Mine", participant="", checked_on="2020-01-01", group="1")

    quote.refresh_from_db()
    assert quote.words == PHONE
    assert quote.participant is not None
    assert quote.checked_on.year > 2020


def test_lines_come_one_by_one_or_as_a_list_with_the_same_number_of_queries(
    as_user, host, quote, django_assert_max_num_queries
):
    client, url = as_user(host), reverse("group_check", args=[quote.group_id])
    client.get(url)
    with django_assert_max_num_queries(20) as one:
        client.get(url)
    for _ in range(2):
        world.quote(quote.participant, PHONE, checked=False, client_key=uuid4())
    with django_assert_max_num_queries(20) as three:
        page = client.get(url).content.decode()

    assert len(three) == len(one)
    assert page.count("<form") - client.get(f"{url}?way=one").content.decode().count("<form") == 2
