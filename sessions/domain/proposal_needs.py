"""Other times that were proposed and nobody has answered wait for coordinators on *Today*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import say_distance
from experts.enums import Role
from experts.models import User
from sessions.domain.proposals import when_of
from sessions.models import Proposal
from sessions.querysets import ProposalQuerySet

SHOWN = 5


def _first(proposals: ProposalQuerySet) -> QuerySet[Proposal]:
    """Open ones for sessions to come, those of the next session first."""
    found = proposals.open().filter(
        session__starts_at__gt=Slot("at"), session__cancelled_at__isnull=True
    )
    return found.select_related("session", "person").order_by("session__starts_at")[:SHOWN]


_ALL = Prepared(lambda: _first(Proposal.objects.all()))
_RUN = Prepared(lambda: _first(Proposal.objects.run_in(KeysSlot("countries"))))


def asks(user: User, at: datetime) -> Questions:
    """Proposals a coordinator has not answered; nothing for other people."""
    if user.access.is_manager:
        return {"proposals": _ALL.asked(at=at)}
    own = list(user.access.countries(Role.COORDINATOR))
    return {"proposals": _RUN.asked(at=at, countries=own)} if own else {}


def of(user: User, at: datetime, *, proposals: Sequence[Proposal]) -> Iterator[Need]:
    """A need for each proposal that waits, for *Today*."""
    for proposal in proposals:
        yield Need(
            title=_("Another time proposed: %(title)s") % {"title": proposal.session.title},
            sentence=_("%(name)s proposes %(when)s, %(distance)s")
            % {
                "name": proposal.person.name,
                "when": when_of(proposal, user).full_line(),
                "distance": say_distance(proposal.starts_at, at, user.person.zone),
            },
            url=proposal.session.get_absolute_url() + "#proposals",
            action=_("Accept or decline"),
            due=proposal.session.starts_at,
            icon="clock",
        )
