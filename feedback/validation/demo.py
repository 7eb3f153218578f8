"""The demo project's verdicts: what its closed rounds came to, said by the people of the demo.

Most agree with the proposal. One was decided otherwise and signed by two, one waits for its second
signature, one was refused, one withdrawn; of the last round nothing is said yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F

from experts.enums import MessageState
from experts.models import Message, User
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.judging import (
    basis,
    proposing,
    signers,
    signing,
    verdict_notices,
    verdicts,
)
from feedback.validation.domain.judging.verdicts import Saying, Seen
from feedback.validation.domain.policy import rules
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict

# The consortium in the tables below.
ALL = ""
# Of these rounds everything is said; of the others only what stands below.
SAID = ("M01", "M02", "M03", "M05", "M06", "M07")
PARTLY = {"M04": ("BG", "DE", "IT"), "M08": ("DE", "EL"), "M09": ("SE", ALL)}


@dataclass(frozen=True)
class Otherwise:
    """What somebody said against the proposal; `then` is what the second person did."""

    standing: Standing
    reason: str
    then: str = ""


OTHERWISE = {
    ("M03", "IT"): Otherwise(
        Standing.WITH_CHANGES,
        "The one point that fails asks for a sentence on storage. The author has written it; the "
        "next version has it.",
        "signs",
    ),
    ("M07", "DE"): Otherwise(
        Standing.REVISE,
        "The figures pass, and yet the law on recognition changes in March: the third part will "
        "be wrong by then.",
    ),
    ("M04", "DE"): Otherwise(
        Standing.NOT_VALIDATED,
        "Two colleagues told me that the cards do not work in their groups.",
        "refuses",
    ),
}
REFUSED = "What two colleagues say is worth a comment; it is not what seven experts rated."
MINORITY = {
    ("M01", ALL): "Two experts would leave out the page on employers: mentors are no agents.",
    ("M02", "EL"): "One expert finds the sentences still too long for level A2.",
    ("M06", "DE"): "Some would ask for one piece of evidence instead of two.",
}
WITHDRAWN = {
    ("M07", "IT"): "The address of the office on page 4 is wrong since its move; a correction "
    "comes with the next version."
}


def seed(anchor: date) -> None:
    """Says what the closed rounds came to, where nothing was said yet."""
    rounds = ReviewRound.objects.filter(closed_at__isnull=False, country__isnull=True)
    found = rounds.filter(closed_at__lt=_morning(anchor)).with_version().select_related("policy")
    for review_round in found.order_by("closed_at", "pk"):
        code = review_round.version.material.code
        if review_round.version.verdicts.exists():
            continue
        wanted = None if code in SAID else PARTLY.get(code, ())
        for key, one in basis.gather(review_round).items():
            where = one.country.code if one.country else ALL
            if wanted is None or where in wanted:
                _say(review_round, key, where)
    Message.objects.planned().filter(
        kind=verdict_notices.WITHDRAWN, due_at__lt=_morning(anchor)
    ).update(state=MessageState.SENT, sent_at=F("due_at"), read_at=F("due_at"), attempts=1)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _say(review_round: ReviewRound, country_id: int | None, where: str) -> None:
    code = review_round.version.material.code
    assert review_round.closed_at is not None  # only closed rounds come here
    at = review_round.closed_at + timedelta(days=2, hours=3)
    by, other = _signers(where, country_id, review_round)
    stored = basis.gather(review_round)[country_id]
    proposal = proposing.propose(stored.counts, rules.of_round(review_round))
    told = OTHERWISE.get((code, where))
    saying = Saying(proposal.standing, minority=MINORITY.get((code, where), ""))
    if told and told.standing != proposal.standing:
        saying = Saying(told.standing, told.reason)
    verdict = verdicts.confirm(
        round_id=review_round.pk,
        country_id=country_id,
        saying=saying,
        seen=Seen(stored.stored(), 0),
        by=by,
        at=at,
    )
    if verdict.final_at is None and told:
        _second(verdict, told.then, other, at + timedelta(days=1))
    if why := WITHDRAWN.get((code, where)):
        signing.withdraw(verdict_id=verdict.pk, reason=why, by=by, at=at + timedelta(days=40))


def _second(verdict: Verdict, then: str, by: User, at: datetime) -> None:
    if then == "signs":
        signing.countersign(verdict_id=verdict.pk, by=by, at=at)
    elif then == "refuses":
        signing.refuse(verdict_id=verdict.pk, reason=REFUSED, by=by, at=at)


def _signers(where: str, country_id: int | None, review_round: ReviewRound) -> tuple[User, User]:
    """Who signs for a country or the consortium, and who could sign second.

    Where the country's coordinator made the material, the manager signs first.
    """
    manager = User.objects.get(email="manager@demo.example")
    if where == ALL:
        return manager, User.objects.get(email="coordinator.bg@demo.example")
    own = User.objects.get(email=f"coordinator.{where.lower()}@demo.example")
    try:
        signers.check(own, review_round.version, country_id, review_round)
    except signers.TooClose:
        return manager, own
    return own, manager
