"""Votes: one each, never for the own idea, taken back, and counted once where ideas are merged."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain.ideas import merging, voting
from practices.models import Idea, IdeaVote
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db


def votes(idea: Idea) -> int:
    return voting.with_votes(Idea.objects.filter(pk=idea.pk)).get().votes_n


def test_one_vote_each_also_when_pressed_twice():
    idea, user = world.idea(), make.user()

    for _time in range(2):
        voting.vote(idea_id=idea.pk, by=user, at=make.NOW)
    voting.vote(idea_id=idea.pk, by=make.user(), at=make.NOW)

    assert votes(idea) == 2


def test_a_vote_is_taken_back():
    idea, user = world.idea(), make.user()
    voting.vote(idea_id=idea.pk, by=user, at=make.NOW)

    voting.take_back(idea_id=idea.pk, by=user)

    assert votes(idea) == 0


def test_nobody_votes_for_the_own_idea(as_user):
    idea = world.idea()
    page = as_user(idea.author.user).post(
        reverse("idea_vote", args=[idea.pk]), {"vote": "yes"}, follow=True
    )

    assert votes(idea) == 0
    assert "Your own idea needs the votes of others." in page.content.decode()


def test_the_platform_admin_has_no_vote():
    with pytest.raises(Refused):
        voting.vote(idea_id=world.idea().pk, by=make.user(Role.PLATFORM_ADMIN), at=make.NOW)


def test_who_voted_for_both_is_counted_once_after_a_merge():
    one, other, user = world.idea(), world.idea(), make.user()
    for idea in (one, other):
        voting.vote(idea_id=idea.pk, by=user, at=make.NOW)
    voting.vote(idea_id=other.pk, by=make.user(), at=make.NOW)

    merging.merge(idea_id=other.pk, into_id=one.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    assert votes(one) == 2
    # Pressed again it counts no more, and taking it back takes all of it.
    voting.vote(idea_id=one.pk, by=user, at=make.NOW)
    assert votes(one) == 2
    voting.take_back(idea_id=one.pk, by=user)
    assert votes(one) == 1


def test_the_authors_vote_for_what_was_merged_into_the_own_idea_does_not_count():
    one, other = world.idea(), world.idea()
    voting.vote(idea_id=other.pk, by=one.author.user, at=make.NOW)

    merging.merge(idea_id=other.pk, into_id=one.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    assert votes(one) == 0


def test_a_merged_idea_is_voted_for_where_it_went():
    stands = world.idea()
    merged = world.idea(merged_into=stands, merged_with=stands)

    with pytest.raises(NotPossible, match="vote there"):
        voting.vote(idea_id=merged.pk, by=make.user(), at=make.NOW)
    assert IdeaVote.objects.count() == 0


def test_the_page_says_whether_my_vote_counts(as_user):
    idea, client = world.idea(), as_user(make.user())
    url = reverse("idea_vote", args=[idea.pk])

    given = client.post(url, {"vote": "yes"}, follow=True).content.decode()
    taken = client.post(url, {"vote": "no"}, follow=True).content.decode()

    assert "Take my vote back" in given
    assert "I want this too" in taken
    assert client.post(url, {"vote": "perhaps"}).status_code == 400
