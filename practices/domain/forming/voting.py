"""The vote on a draft: opened by who coordinates, cast by members, settled by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.enums import Ballot, CharterState, Role
from experts.models import (
    Charter,
    CharterAcceptance,
    CharterVote,
    CommunityOfPractice,
    Membership,
    Person,
    User,
)
from experts.querysets import PersonQuerySet
from practices.domain.forming import clock

SHORTEST, LONGEST = timedelta(days=3), timedelta(days=60)


@dataclass(frozen=True)
class Tally:
    """Votes on a draft; `quorum` is how many it needs, `electors` how many may vote."""

    yes: int
    no: int
    quorum: int
    electors: int

    @property
    def cast(self) -> int:
        return self.yes + self.no

    @property
    def is_quorate(self) -> bool:
        return self.cast >= max(self.quorum, 1)

    @property
    def carries(self) -> bool:
        """Enough people voted, and two of three said yes."""
        return self.is_quorate and 3 * self.yes >= 2 * self.cast

    def sentence(self) -> str:
        """How the vote stands, in words."""
        counted = ngettext(
            "%(cast)d of %(electors)d member voted: %(yes)d yes, %(no)d no.",
            "%(cast)d of %(electors)d members voted: %(yes)d yes, %(no)d no.",
            self.electors,
        ) % {"cast": self.cast, "electors": self.electors, "yes": self.yes, "no": self.no}
        return f"{counted} {self.rule()}"

    def rule(self) -> str:
        """What it takes."""
        return ngettext(
            "It takes %(quorum)d vote, and two of three of them yes.",
            "It takes %(quorum)d votes, and two of three of them yes.",
            self.quorum,
        ) % {"quorum": self.quorum}


def quorum_of(electors: int) -> int:
    """Half of those who may vote, rounded up; at least one."""
    return max(1, (electors + 1) // 2)


def electors(cop: CommunityOfPractice) -> PersonQuerySet:
    """Who may vote: members of the community; of the project's, everybody who takes part."""
    current = Membership.objects.current().exclude(role=Role.PLATFORM_ADMIN)
    if cop.country_id is not None:
        current = current.filter(cop=cop)
    return Person.objects.filter(pk__in=current.values("person_id"))


def tally(charter: Charter) -> Tally:
    """The votes cast so far; one question."""
    ballots = list(charter.votes.values_list("ballot", flat=True))
    return Tally(
        yes=ballots.count(Ballot.YES),
        no=ballots.count(Ballot.NO),
        quorum=charter.quorum,
        electors=charter.electors,
    )


@transaction.atomic
def open_vote(*, charter_id: int, until: date, by: User, at: datetime) -> Charter:
    """Puts a draft to the vote until the end of a day. Raises Refused, NotPossible."""
    charter = _locked(charter_id)
    permissions.may_write_charter(by, charter.cop)
    if charter.state != CharterState.DRAFT:
        raise NotPossible(_("The vote on this version is open or over."))
    if not charter.purpose or not charter.topics.exists():
        raise NotPossible(_("A charter says at least what it is for and which topics it has."))
    today = clock.day_of(charter.cop, at)
    if not today + SHORTEST <= until <= today + LONGEST:
        raise NotPossible(_("A vote lasts from three days to two months."))
    charter.votes.all().delete()
    charter.electors = electors(charter.cop).count()
    charter.quorum = quorum_of(charter.electors)
    charter.state, charter.vote_opened_at, charter.vote_until = CharterState.VOTING, at, until
    charter.outcome = {}
    charter.save()
    _note("charter vote opened", charter, by, at)
    return charter


@transaction.atomic
def cast(*, charter_id: int, ballot: str, remark: str, by: User, at: datetime) -> CharterVote:
    """A member's vote; a second one takes the place of the first. Raises Refused, NotPossible."""
    charter = _locked(charter_id)
    permissions.may_join_in(by, charter.cop)
    if not is_open(charter, at):
        raise NotPossible(_("This vote is over."))
    vote, _created = CharterVote.objects.update_or_create(
        charter=charter, person=by.person, defaults={"ballot": ballot, "remark": remark, "at": at}
    )
    return vote


def is_open(charter: Charter, at: datetime) -> bool:
    """The vote is on, and its last day is not over where the community lives."""
    if charter.state != CharterState.VOTING or charter.vote_until is None:
        return False
    return clock.day_of(charter.cop, at) <= charter.vote_until


def settle_due(at: datetime) -> int:
    """Ends votes whose last day is over, by the rule; how many. Runs twice without harm."""
    settled = 0
    for pk in Charter.objects.voting().values_list("pk", flat=True):
        settled += _settle(pk, at)
    return settled


@transaction.atomic
def _settle(charter_id: int, at: datetime) -> bool:
    charter = _locked(charter_id)
    if charter.state != CharterState.VOTING or is_open(charter, at):
        return False
    result = tally(charter)
    charter.outcome = {name: getattr(result, name) for name in ("yes", "no", "quorum", "electors")}
    if result.carries:
        _adopt(charter, at)
    else:
        charter.state = CharterState.DRAFT
        charter.save()
    _note("charter adopted" if result.carries else "charter given back", charter, None, at)
    return True


def _adopt(charter: Charter, at: datetime) -> None:
    """In force from now on; the one before stays readable. Who voted yes has accepted it."""
    charter.cop.charters.current().update(state=CharterState.SUPERSEDED)
    charter.state = CharterState.ADOPTED
    charter.adopted_on = clock.day_of(charter.cop, at)
    charter.save()
    agreed = charter.votes.filter(ballot=Ballot.YES).values_list("person_id", flat=True)
    CharterAcceptance.objects.bulk_create(
        [CharterAcceptance(charter=charter, person_id=pk, at=at) for pk in agreed],
        ignore_conflicts=True,
    )


def _locked(charter_id: int) -> Charter:
    rows = Charter.objects.select_for_update(of=("self",)).select_related("cop__country")
    return rows.get(pk=charter_id)


def _note(deed: str, charter: Charter, by: User | None, at: datetime) -> None:
    audit.record(deed=deed, about=charter, by=by, at=at, country_id=charter.cop.country_id)
