"""The project's words are explained in stories, practices, ideas, questions and answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from tests import factories as make
from tests.practices import stories_world, world

pytestmark = pytest.mark.django_db

KINDS = {
    "story_words": lambda: stories_world.story(text="She carried lanterns home."),
    "practice_words": lambda: world.practice(steps="Carry a lantern.").current,
    "idea_words": lambda: world.idea(text="A lantern for everybody."),
    "question_words": lambda: world.question(situation="A lantern is needed."),
}


@pytest.mark.parametrize(("route", "written"), KINDS.items(), ids=KINDS.keys())
def test_a_term_is_explained_in_the_text_it_stands_in(as_user, route, written):
    make.term("lantern", "A light you carry.", bg="фенер")
    make.term("candle", "A light of wax.")
    text = written()
    client = as_user(make.user())
    url = reverse(route, args=[text.pk])

    page = client.get(text.get_absolute_url()).content.decode()
    words = client.get(url).content.decode()

    assert f'data-words-url="{url}"' in page
    assert "data-explains" in page
    assert 'data-term="lantern"' in words
    assert "A light you carry." in words
    assert "candle" not in words


def test_answers_are_read_with_their_question(as_user):
    make.term("lantern", "A light you carry.")
    answer = world.answer(world.question(), text="Take a lantern.")

    page = as_user(make.user()).get(reverse("question_words", args=[answer.question_id]))

    assert "A light you carry." in page.content.decode()


def test_a_word_of_another_language_is_not_taken_for_one_of_the_storys(as_user):
    make.term("gift", "Something given.")
    told = stories_world.story(text="Das ist gift.", language="de")

    page = as_user(make.user()).get(reverse("story_words", args=[told.pk])).content.decode()

    assert "Something given." not in page


def test_more_terms_cost_no_more_queries(as_user):
    told = stories_world.story(text="One lantern, two candles, three matches.")
    client, counts = as_user(make.user()), []
    reference.countries()
    for terms in (["lantern"], ["candle", "match"]):
        for word in terms:
            make.term(word)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("story_words", args=[told.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
