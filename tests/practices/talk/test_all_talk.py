"""All talk: filters by country, by pair of countries, by kind, by what is new."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from practices.domain.talk import following, listing
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, released, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {code: account(world.member(code)) for code in ("BG", "IT", "EL")}


@pytest.fixture
def said(people):
    """Bulgaria on Italy's material, Italy's answer; Greece on it and on its own."""
    italian, greek = released("IT"), released("EL")
    asked = say("material", italian.pk, "Bulgaria asks", by=people["BG"])
    say("material", italian.pk, "Italy answers", by=people["IT"], quoted_id=asked.pk)
    say("material", italian.pk, "Greece listens", by=people["EL"])
    say("material", greek.pk, "Greece alone", by=people["EL"])


def shown(as_user, user, **query) -> set[str]:
    page = as_user(user).get(reverse("talk_list"), query)
    return {line.comment.text for line in page.context["lines"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Bulgaria asks", "Italy answers", "Greece listens", "Greece alone"}),
        ({"country": "EL"}, {"Greece listens", "Greece alone"}),
        ({"country": "BG", "other": "IT"}, {"Bulgaria asks", "Italy answers"}),
        ({"country": "IT", "other": "BG"}, {"Bulgaria asks", "Italy answers"}),
        ({"country": "EL", "other": "IT"}, {"Greece listens"}),
        ({"country": "BG", "other": "EL"}, set()),
        ({"kind": "session"}, set()),
        ({"kind": "material", "country": "BG"}, {"Bulgaria asks"}),
    ],
)
def test_row_4_the_list_is_narrowed_also_to_what_two_countries_say_to_each_other(
    as_user, people, said, query, found
):
    assert shown(as_user, people["BG"], **query) == found


def test_new_to_me_is_what_others_said_since_everything_was_read(as_user, people, said):
    reader = people["BG"]
    assert len(shown(as_user, reader, unread="on")) == 3
    as_user(reader).post(reverse("talk_all_read"))
    assert shown(as_user, reader, unread="on") == set()
    following.all_read(by=reader, at=make.NOW - timedelta(days=1))
    assert listing.find(reader, listing.Wanted(unread=True)).count() == 3


def test_a_filter_that_does_not_exist_is_refused(as_user, people):
    page = as_user(people["BG"]).get(reverse("talk_list"), {"country": "XX"})
    assert page.status_code == 400


def test_all_talk_costs_the_same_for_one_and_three_comments(as_user, people):
    material, client, counts = released("IT"), as_user(people["BG"]), []
    for rows in (1, 2):
        for n in range(rows):
            say("material", material.pk, f"Said {rows}{n}", by=people["IT"])
        reference.countries()
        client.get(reverse("talk_list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("talk_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_each_comment_has_an_address_of_its_own_with_its_answers(as_user, people, said):
    comment = people["BG"].person.comments.get()
    page = as_user(people["EL"]).get(reverse("comment_detail", args=[comment.pk]))
    text = page.content.decode()
    assert "Bulgaria asks" in text
    assert "Italy answers" in text
    assert "Greece listens" not in text
