"""A poll of interest by a link: ranked topics, and people who complete each other."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.guest_words import LANGUAGES
from cop_platform.common.refusals import Refused
from experts.enums import Role
from practices.domain.forming import interest, interest_words
from practices.domain.forming.matching import Said, pairs, ranked
from practices.models import InterestAnswer
from practices.views.forming import interest as views
from tests import factories as make
from tests.practices.forming import world

NAMES = st.frozensets(st.sampled_from(["papers", "voices", "work", "children"]))
SAID = st.builds(
    Said, called=st.text(min_size=1, max_size=5), topics=NAMES, needs=NAMES, offers=NAMES
)
ANSWERS = st.lists(SAID, max_size=8)


def said(called="", topics=(), needs=(), offers=()) -> Said:
    return Said(called, frozenset(topics), frozenset(needs), frozenset(offers))


def test_topics_are_ranked_by_people_then_by_need():
    answers = [
        said("A", topics=["papers"], offers=["work"]),
        said("B", needs=["papers", "work"]),
        said("C", topics=["voices"]),
    ]

    rows = [(row.topic, row.interested, row.needed, row.offered) for row in ranked(answers)]

    assert rows == [("papers", 2, 1, 0), ("work", 2, 1, 1), ("voices", 1, 0, 0)]


def test_pairs_that_give_both_ways_come_first():
    answers = [
        said("A", needs=["papers"], offers=["work"]),
        said("B", offers=["papers"]),
        said("C", needs=["work"], offers=["papers"]),
    ]

    found = [(p.first, p.second, p.gives, p.takes) for p in pairs(answers)]

    assert found == [("A", "C", ("work",), ("papers",)), ("B", "A", ("papers",), ())]


@given(ANSWERS)
def test_every_topic_is_ranked_once_and_never_above_the_number_of_answers(answers):
    rows = ranked(answers)

    named = set().union(*(a.topics | a.needs | a.offers for a in answers)) if answers else set()
    assert sorted(row.topic for row in rows) == sorted(named)
    assert all(1 <= row.interested <= len(answers) for row in rows)
    assert [row.interested for row in rows] == sorted((r.interested for r in rows), reverse=True)


@given(ANSWERS)
def test_the_order_of_answers_does_not_move_a_topic(answers):
    assert ranked(answers) == ranked(list(reversed(answers)))


@given(ANSWERS)
def test_a_pair_is_two_of_whom_one_offers_what_the_other_needs(answers):
    found = pairs(answers)

    assert all(pair.gives for pair in found)
    wanted = sum(
        bool(a.offers & b.needs or b.offers & a.needs)
        for number, a in enumerate(answers)
        for b in answers[number + 1 :]
    )
    assert len(found) == wanted
    mutual = [pair.is_mutual for pair in found]
    assert mutual == sorted(mutual, reverse=True)


@pytest.mark.django_db
def test_eight_answers_give_both_lists(as_user, client):
    poll = world.poll()
    for number in range(8):
        typed = {
            "once": str(uuid.uuid4()),
            "called": f"Guest {number}",
            "needs": ["Papers"] if number % 2 else ["Employers"],
            "offers": ["Employers"] if number % 2 else ["Papers"],
        }
        assert client.post(interest.address(poll), typed).status_code == 200

    page = as_user(make.user(Role.COORDINATOR)).get(poll.get_absolute_url()).content.decode()

    assert "8 answers." in page
    assert "Both ways" in page
    assert page.index("Employers") < page.index("Who completes whom")


@pytest.mark.django_db
def test_the_same_form_sent_twice_counts_once(client):
    poll = world.poll()
    typed = {"once": str(uuid.uuid4()), "called": "Library", "topics": ["Papers"], "other": "Bikes"}

    for _ in range(2):
        client.post(interest.address(poll), typed)

    assert [a.topics for a in InterestAnswer.objects.all()] == [["Papers", "Bikes"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"called": "Library"}, "tick at least one topic"),
        ({"called": "<b>x</b>", "topics": ["Papers"]}, "It has no links"),
        ({"called": "", "topics": ["Papers"]}, "Please write how we may call you."),
    ],
)
def test_a_wrong_answer_comes_back_with_a_sentence_and_what_was_ticked(client, typed, sentence):
    poll = world.poll()

    page = client.post(interest.address(poll), {"once": str(uuid.uuid4()), **typed})

    text = page.content.decode()
    assert sentence in text
    assert ("checked" in text) is ("topics" in typed)
    assert not InterestAnswer.objects.exists()


@pytest.mark.django_db
def test_looking_changes_nothing_and_is_kept_by_no_cache(client):
    poll = world.poll()

    page = client.get(interest.address(poll))

    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page
    assert not InterestAnswer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["1.x", "nonsense", "999999.abc", "1." + "x" * 500])
def test_a_wrong_link_opens_nothing(client, token):
    world.poll()

    assert client.get(reverse("interest_answer", args=[token])).status_code == 404


@pytest.mark.django_db
def test_a_renewed_link_closes_the_old_one(client):
    poll = world.poll()
    old = interest.address(poll)

    interest.renew_link(poll_id=poll.pk, by=poll.made_by.user, at=make.NOW)

    poll.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(interest.address(poll)).status_code == 200


@pytest.mark.django_db
def test_a_poll_that_is_over_keeps_no_answer(client):
    poll = world.poll(closes_on=date(2026, 1, 1))

    page = client.post(
        interest.address(poll), {"once": str(uuid.uuid4()), "called": "L", "topics": ["Papers"]}
    )

    assert "The time to answer is over." in page.content.decode()
    assert not InterestAnswer.objects.exists()


@pytest.mark.django_db
def test_machines_are_slowed_down(client, monkeypatch):
    poll = world.poll()
    monkeypatch.setattr(views, "ANSWERS_AN_HOUR", 0)

    page = client.post(
        interest.address(poll),
        {"once": str(uuid.uuid4()), "called": "L", "topics": ["Papers"]},
    )

    assert page.status_code == 429
    assert not InterestAnswer.objects.exists()


@pytest.mark.django_db
def test_experts_make_no_poll():
    with pytest.raises(Refused):
        interest.make(
            cop_id=make.cop(make.country()).pk,
            title="T",
            intro="",
            options=("One",),
            closes_on=date(2099, 1, 1),
            by=make.user(),
            at=make.NOW,
        )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_all_of_the_page_in_short_sentences(code):
    sentences = [
        sentence
        for text in interest_words.wanted(code, "").texts.values()
        for sentence in re.split(r"[.!?:;።؟]+", text)
    ]

    assert interest_words.faults(code) == []
    assert [s for s in sentences if len(s.split()) > 15] == []


@pytest.mark.django_db
def test_the_language_of_the_browser_holds_until_another_is_chosen(client):
    poll = world.poll()

    first = client.get(interest.address(poll), headers={"accept-language": "ti-ER,en;q=0.5"})
    chosen = client.get(
        f"{interest.address(poll)}?lang=ar", headers={"accept-language": "ti-ER,en;q=0.5"}
    )

    assert first["Content-Language"] == "ti"
    assert '<html lang="ti" dir="ltr">' in first.content.decode()
    assert '<html lang="ar" dir="rtl">' in chosen.content.decode()
    assert 'action="?lang=ar"' in chosen.content.decode()
    assert chosen.content.decode().count("hreflang=") == len(LANGUAGES)


@pytest.mark.django_db
def test_what_is_wrong_is_said_in_the_language_of_the_page_and_the_rest_is_kept(client):
    poll = world.poll()
    typed = {"once": "nonsense", "called": "a@b", "other": "Колела", "needs": ["Papers"]}

    page = client.post(f"{interest.address(poll)}?lang=bg", typed).content.decode()

    words = interest_words.wanted("bg", "")
    assert words["name_wrong"].replace("<", "&lt;").replace(">", "&gt;") in page
    assert words["again"] in page
    assert [value in page for value in ('value="a@b"', 'value="Колела"', " checked")] == [True] * 3
    assert "nonsense" not in page
    assert not InterestAnswer.objects.exists()


@pytest.mark.django_db
def test_a_wrong_link_says_so_in_the_guests_language(client):
    page = client.get(reverse("interest_answer", args=["1.x"]) + "?lang=fa")

    assert page.status_code == 404
    assert interest_words.wanted("fa", "")["invalid_title"] in page.content.decode()
