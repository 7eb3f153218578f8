"""Topics that members propose for the charter, and what who coordinates says to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.enums import CharterState, TopicState
from experts.models import Charter, CommunityOfPractice, Topic, TopicProposal, User
from practices.domain.forming import charters
from practices.permissions import may_contribute


@transaction.atomic
def propose(*, cop_id: int, name: str, reason: str, by: User, at: datetime) -> TopicProposal:
    """Raises Refused; NotPossible where the charter has it or it was proposed already."""
    may_contribute(by)
    cop = CommunityOfPractice.objects.select_for_update(of=("self",)).get(pk=cop_id)
    if Topic.objects.current().filter(charter__cop=cop, name__iexact=name).exists():
        raise NotPossible(_("The charter has this topic already."))
    if TopicProposal.objects.open().filter(cop=cop, name__iexact=name).exists():
        raise NotPossible(_("This topic was proposed already and waits for an answer."))
    return TopicProposal.objects.create(
        cop=cop, name=name, reason=reason, proposed_by=by.person, proposed_at=at
    )


@transaction.atomic
def take(*, proposal_id: int, by: User, at: datetime) -> Charter:
    """Puts a topic into the draft of its community, begun if there is none; gives the draft.

    Raises Refused; NotPossible when it was answered, while a vote is on, or when the draft is full.
    """
    proposal = _locked(proposal_id, by)
    draft = charters.start_draft(cop_id=proposal.cop_id, by=by, at=at)
    if draft.state != CharterState.DRAFT:
        raise NotPossible(_("A version is being voted on; take the topic into the one after it."))
    if draft.topics.count() >= charters.MOST_TOPICS:
        raise NotPossible(_("The draft is full of topics; take one out first."))
    Topic.objects.get_or_create(charter=draft, name=proposal.name)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    proposal.charter = draft
    _answer(proposal, TopicState.TAKEN, "", by, at)
    return draft


@transaction.atomic
def decline(*, proposal_id: int, why: str, by: User, at: datetime) -> TopicProposal:
    """Says why not, to everybody. Raises Refused, NotPossible when it was answered."""
    proposal = _locked(proposal_id, by)
    _answer(proposal, TopicState.DECLINED, why, by, at)
    return proposal


def _locked(proposal_id: int, by: User) -> TopicProposal:
    rows = TopicProposal.objects.select_for_update(of=("self",)).select_related("cop")
    proposal = rows.get(pk=proposal_id)
    permissions.may_write_charter(by, proposal.cop)
    if proposal.state != TopicState.OPEN:
        raise NotPossible(_("Somebody answered this proposal already."))
    return proposal


def _answer(proposal: TopicProposal, state: str, answer: str, by: User, at: datetime) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.answered_by, proposal.answered_at = by.person, at
    proposal.save()
    audit.record(
        deed=f"topic {state}", about=proposal, by=by, at=at, country_id=proposal.cop.country_id
    )
