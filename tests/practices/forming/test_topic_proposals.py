"""Topics are proposed to a charter, taken into a draft or declined."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible
from experts.enums import CharterState, Role, TopicState
from experts.models import Charter, TopicProposal
from practices.domain.forming import charters, topics
from tests import factories as make
from tests.practices.forming import world

pytestmark = pytest.mark.django_db


def test_a_foreign_topic_is_proposed_with_its_name_filled_in(as_user):
    world.charter()
    client = as_user(make.user())

    assert "Health papers" in client.get("/topics/propose/?name=Health papers").content.decode()
    typed = {
        "name": "Health papers",
        "reason": "Nurses ask.",
        "community": make.cop(make.country()).pk,
    }
    client.post("/topics/propose/", typed)

    assert TopicProposal.objects.get().name == "Health papers"


@pytest.mark.parametrize("name", ["recognition", "Waits already"])
def test_a_topic_there_is_already_is_refused_beside_the_field(as_user, name):
    charter = world.charter()
    world.proposal(name="Waits already")
    typed = {"name": name, "reason": "Because", "community": charter.cop_id}

    page = as_user(make.user()).post(reverse("topic_propose"), typed)

    assert "already" in page.content.decode()
    assert TopicProposal.objects.count() == 1


def test_taking_a_topic_puts_it_into_the_next_draft():
    charter, proposal = world.charter(), world.proposal(name="Families")

    draft = topics.take(proposal_id=proposal.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    assert (draft.version, draft.state) == (2, CharterState.DRAFT)
    assert "Families" in [t.name for t in draft.topics.all()]
    assert "Families" not in [t.name for t in charter.topics.all()]


def test_while_a_vote_is_on_a_topic_waits():
    world.voting()
    proposal = world.proposal()

    with pytest.raises(NotPossible):
        topics.take(proposal_id=proposal.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    proposal.refresh_from_db()
    assert proposal.state == TopicState.OPEN


def test_declining_needs_a_reason_that_members_read(as_user):
    charter, proposal = world.charter(), world.proposal()
    client = as_user(make.user(Role.COORDINATOR))
    url = reverse("topic_answer", args=[proposal.pk])

    assert "give the reason" in client.post(url, {"deed": "decline"}).content.decode()
    client.post(url, {"deed": "decline", "why": "The city does it."})

    assert "The city does it." in client.get(charter.get_absolute_url()).content.decode()


def test_a_topic_is_answered_once():
    proposal, by = world.proposal(), make.user(Role.COORDINATOR)
    topics.decline(proposal_id=proposal.pk, why="No", by=by, at=make.NOW)

    with pytest.raises(NotPossible):
        topics.take(proposal_id=proposal.pk, by=by, at=make.NOW)


def test_a_dropped_draft_lets_its_topics_wait_again():
    world.charter()
    proposal, by = world.proposal(), make.user(Role.COORDINATOR)
    draft = topics.take(proposal_id=proposal.pk, by=by, at=make.NOW)

    charters.drop_draft(charter_id=draft.pk, by=by, at=make.NOW)

    proposal.refresh_from_db()
    assert proposal.state == TopicState.OPEN
    assert not Charter.objects.at_work().exists()
