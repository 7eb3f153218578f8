"""Ideas that say the same become one: no circle, nothing lost, and all of it can be undone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain.ideas import merging, voting
from practices.models import Idea, IdeaVote
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.user(Role.COORDINATOR)


def merge(one: Idea, into: Idea, lead) -> Idea:
    return merging.merge(idea_id=one.pk, into_id=into.pk, by=lead, at=make.NOW)


def apart(one: Idea, lead) -> Idea:
    return merging.take_apart(idea_id=one.pk, by=lead, at=make.NOW)


def pointers() -> dict[int, int | None]:
    return dict(Idea.objects.values_list("pk", "merged_into_id"))


def test_a_merged_idea_leaves_the_list_and_shows_the_way(as_user, lead):
    one, into = world.idea(title="Same again"), world.idea(title="The one")

    merge(one, into, lead)

    client = as_user(make.user())
    listed = client.get(reverse("idea_list")).content.decode()
    assert "Same again" not in listed
    assert into.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()
    assert "Same again" in client.get(into.get_absolute_url()).content.decode()


@pytest.mark.parametrize("case", ["itself", "twice", "into merged", "circle"])
def test_what_cannot_be_merged_is_refused_in_words_and_nothing_is_lost(lead, case):
    one, other, third = (world.idea() for _n in range(3))
    merge(one, other, lead)
    before = pointers()
    tried = {
        "itself": (third, third),
        "twice": (one, third),
        "into merged": (third, one),
        "circle": (other, one),
    }[case]

    with pytest.raises(NotPossible, match=r"itself|merged already"):
        merge(*tried, lead)

    assert pointers() == before


def test_merging_twice_through_the_page_shows_the_sentence(as_user, lead):
    one, other, third = (world.idea() for _n in range(3))
    merge(one, other, lead)

    page = as_user(lead).post(reverse("idea_merge", args=[one.pk]), {"into": third.pk})

    assert page.status_code == 200
    assert "is merged already" in page.content.decode()


def test_merging_is_one_step_deep_and_taken_apart_as_it_was_done(lead):
    first, second, third = (world.idea() for _n in range(3))
    merge(first, second, lead)
    merge(second, third, lead)
    assert pointers() == {first.pk: third.pk, second.pk: third.pk, third.pk: None}

    apart(second, lead)

    assert pointers() == {first.pk: second.pk, second.pk: None, third.pk: None}


def test_taking_one_apart_that_stands_alone_is_refused(lead):
    with pytest.raises(NotPossible, match="of its own already"):
        apart(world.idea(), lead)


def test_experts_do_not_merge():
    one, other = world.idea(), world.idea()

    with pytest.raises(Refused):
        merge(one, other, world.member().user)
    with pytest.raises(Refused):
        apart(one, world.member().user)


deeds = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=14)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds, voted=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=10))
def test_however_ideas_are_merged_there_is_no_circle_and_every_vote_counts_once(deeds, voted):
    Idea.objects.update(merged_into=None, merged_with=None)
    Idea.objects.all().delete()
    lead = make.user(Role.COORDINATOR)
    ideas = [world.idea(author=lead.person) for _n in range(5)]
    people = [make.person(account=False) for _n in range(3)]
    IdeaVote.objects.bulk_create(
        IdeaVote(idea=ideas[i], person=people[p], on=world.DAY) for i, p in voted
    )

    # What was done by hand, told as a forest.
    by_hand: dict[int, int] = {}
    for is_merge, one, other in deeds:
        try:
            if is_merge:
                merge(ideas[one], ideas[other], lead)
                by_hand[one] = other
            else:
                apart(ideas[one], lead)
                del by_hand[one]
        except NotPossible:
            continue

    def root(n: int) -> int:
        seen = {n}
        while n in by_hand:
            n = by_hand[n]
            assert n not in seen
            seen.add(n)
        return n

    got = pointers()
    for n, idea in enumerate(ideas):
        assert got[idea.pk] == (ideas[root(n)].pk if root(n) != n else None)
    counted = voting.with_votes(Idea.objects.standing())
    for idea in counted:
        n = [i.pk for i in ideas].index(idea.pk)
        assert idea.votes_n == len({p for i, p in voted if root(i) == n})
    assert IdeaVote.objects.count() == len(voted)
