"""Wishes in order: dots counted, nobody's in particular."""

from __future__ import annotations

import pytest
from django.urls import reverse

from feedback.focus_groups.domain.capturing import capture, priorities
from feedback.focus_groups.models import Priority
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


@pytest.fixture
def group():
    return world.group()


def wish(group, host, words="Shorter", dots=0):
    return priorities.add(group_id=group.pk, words=words, dots=dots, by=host)


def test_wishes_with_as_many_dots_share_a_place(group, host):
    for words, dots in [("A", 1), ("B", 4), ("C", 4), ("D", 0)]:
        wish(group, host, words, dots)

    shown = [(row.words, row.place, row.width) for row in priorities.ranked(group)]

    assert shown == [
        ("B", 1, "100.0%"),
        ("C", 1, "100.0%"),
        ("A", 3, "25.0%"),
        ("D", 4, "0.0%"),
    ]


def test_dots_stay_between_none_and_the_most(group, host):
    kept = wish(group, host, dots=priorities.MOST_DOTS)
    priorities.give(group_id=group.pk, key=kept.pk, step=1, by=host)
    other = wish(group, host, "Pictures")
    priorities.give(group_id=group.pk, key=other.pk, step=-1, by=host)

    assert list(Priority.objects.values_list("dots", flat=True)) == [priorities.MOST_DOTS, 0]


def test_the_same_wish_stands_once(group, host):
    wish(group, host, "Shorter")

    with pytest.raises(priorities.OnTheList):
        wish(group, host, "shorter")


def test_a_list_that_is_full_takes_no_more(group, host, monkeypatch):
    monkeypatch.setattr(priorities, "MOST", 1)
    wish(group, host)

    with pytest.raises(priorities.TooMany):
        wish(group, host, "Another")


def test_the_order_stays_once_the_group_ended(host):
    with pytest.raises(capture.CaptureEnded):
        wish(world.closed_group(), host)


def test_a_wish_of_another_group_is_not_touched(host, group):
    other = world.group()
    kept = wish(other, host)

    assert not priorities.give(group_id=group.pk, key=kept.pk, step=1, by=host)
    assert not priorities.drop(group_id=group.pk, key=kept.pk, by=host)
    kept.refresh_from_db()
    assert kept.dots == 0


def test_the_page_adds_gives_and_takes_off(as_user, group, host):
    client = as_user(host)
    page, give = (reverse(name, args=[group.pk]) for name in ("group_priorities", "priority_give"))
    assert client.post(page, {"words": "قصير", "dots": "2"}).status_code == 302
    key = Priority.objects.get().pk
    assert client.post(give, {"more": key}).status_code == 302
    assert "3 dots" in client.get(page).content.decode()
    client.post(give, {"drop": key})
    assert not Priority.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": ""}, "This field is required"),
        ({"words": "x" * 301}, "Please shorten this to 300"),
        ({"words": "Good", "dots": "-1"}, "greater than or equal to 0"),
        ({"words": "Good", "dots": "9" * 30}, "less than or equal to"),
    ],
)
def test_a_wish_that_does_not_fit_is_answered_with_a_sentence(
    as_user, group, host, fields, sentence
):
    answer = as_user(host).post(reverse("group_priorities", args=[group.pk]), fields)

    assert sentence in answer.content.decode()
    assert fields["words"] in answer.content.decode()
    assert not Priority.objects.exists()


def test_a_form_sent_twice_adds_one_wish(as_user, group, host):
    client, page = as_user(host), reverse("group_priorities", args=[group.pk])
    client.post(page, {"words": "Shorter"})

    assert "on the list already" in client.post(page, {"words": "Shorter"}).content.decode()
    assert Priority.objects.count() == 1
