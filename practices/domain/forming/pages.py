"""What the page of a charter shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from experts import permissions
from experts.enums import CharterState
from experts.models import Charter, CharterVote, TopicProposal, User
from practices.domain.forming import clock, voting
from practices.domain.forming.comparing import label_of
from practices.domain.forming.voting import Tally
from practices.models import StageDecision
from sessions.domain import goals
from sessions.domain.goals import Progress

_SECTIONS = ("vision", "purpose", "scope_in", "scope_out", "roles", "rules")


@dataclass(frozen=True)
class CharterPage:
    """A version with what a reader may do to it; `lines` are the five lines on top."""

    charter: Charter
    lines: list[tuple[str, str]]
    sections: list[tuple[str, str]]
    versions: list[Charter]
    before: Charter | None
    tally: Tally | None
    remarks: list[str]
    own_vote: CharterVote | None
    vote_is_open: bool
    accepted: int
    is_accepted: bool
    may_join_in: bool
    may_write: bool
    review_is_over: bool
    proposals: list[TopicProposal]
    goals: list[Progress]
    stage: StageDecision | None

    @property
    def asks_to_accept(self) -> bool:
        in_force = self.charter.state == CharterState.ADOPTED
        return in_force and self.may_join_in and not self.is_accepted

    @property
    def was_returned(self) -> bool:
        return self.charter.state == CharterState.DRAFT and bool(self.charter.outcome)


def page(charter: Charter, user: User, at: datetime) -> CharterPage:
    """The page as this person meets it; a fixed number of questions."""
    versions = list(Charter.objects.visible_to(user).filter(cop=charter.cop))
    votes = list(charter.votes.all())
    accepted = list(charter.acceptances.values_list("person_id", flat=True))
    proposals = charter.cop.topic_proposals.select_related("proposed_by", "answered_by", "charter")
    review = charter.review_on
    return CharterPage(
        charter=charter,
        lines=five_lines(charter, [topic.name for topic in charter.topics.all()]),
        sections=[(label_of(n), getattr(charter, n)) for n in _SECTIONS if getattr(charter, n)],
        versions=versions,
        before=next((one for one in versions if one.version < charter.version), None),
        tally=_tally(charter, votes),
        remarks=[vote.remark for vote in votes if vote.remark],
        own_vote=next((vote for vote in votes if vote.person_id == user.person.pk), None),
        vote_is_open=voting.is_open(charter, at),
        accepted=len(accepted),
        is_accepted=user.person.pk in accepted,
        may_join_in=permissions.may_join_in.allows(user, charter.cop),
        may_write=permissions.may_write_charter.allows(user, charter.cop),
        review_is_over=bool(review and review < clock.day_of(charter.cop, at)),
        proposals=list(proposals[:20]),
        goals=goals.progress(list(charter.cop.goals.select_related("cop")), at),
        stage=charter.cop.stage_decisions.first(),
    )


def _tally(charter: Charter, votes: list[CharterVote]) -> Tally | None:
    """The votes as they stand, or as they stood when the vote was settled; None without a vote."""
    if charter.state == CharterState.VOTING:
        yes = sum(vote.ballot == "yes" for vote in votes)
        return Tally(yes, len(votes) - yes, charter.quorum, charter.electors)
    return Tally(**charter.outcome) if charter.outcome else None


def five_lines(charter: Charter, topics: list[str]) -> list[tuple[str, str]]:
    """The charter as somebody new reads it first: what, what for, topics, borders, who backs it.

    A line that nobody wrote is left out.
    """
    lines = (
        (_("We work on"), charter.domain),
        (_("What for"), _first_sentence(charter.purpose)),
        (_("Topics"), ", ".join(topics)),
        (_("Not here"), _first_sentence(charter.scope_out)),
        (_("Backed by"), charter.sponsor),
    )
    return [(label, text) for label, text in lines if text]


def _first_sentence(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    head, stop, _rest = line.partition(". ")
    return f"{head}." if stop else head
