"""Small worlds of the ledger: closed rounds with comments, requests made of them or typed in."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from experts.models import Person, User
from feedback.changes.domain import deciding, ledger, refs
from feedback.changes.domain.ledger import Asked
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import change_source, rounds
from feedback.reviews.models import Rating, ReviewRound
from materials.models import Version
from tests import factories as make
from tests.feedback import world


def closed_round(
    code: str | None = "BG", *, version: Version | None = None, by: User | None = None
) -> ReviewRound:
    """A closed round of three reviews, each with one comment to the first criterion."""
    found = world.review_round(code, version=version or world.version(), by=by)
    for n in range(3):
        person = make.person(code=code or "BG")
        world.answered(found, person, "1", comment=f"The law of part {n} has changed.")
    rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
    found.refresh_from_db()
    return found


def comments(found: ReviewRound) -> list[Rating]:
    """The comments of a round, in the order of their words."""
    ratings = Rating.objects.filter(assignment__round=found).exclude(comment="")
    return list(ratings.order_by("comment"))


def source_of(rating: Rating) -> str:
    """What the button beside a comment sends."""
    version_id = rating.assignment.round.version_id
    return f"rating:{refs.of(change_source.RATING, rating.pk, version_id)}"


def raised(rating: Rating, by: User, **more: Any) -> ChangeRequest:
    """The change request made of a comment."""
    kind, _colon, ref = source_of(rating).partition(":")
    return ledger.raise_of_comment(kind=kind, ref=ref, by=by, at=make.NOW, **more)


def typed(version: Version, *, by: User | None = None, code: str | None = None, **more: Any):
    """A request in somebody's own words; the manager's, of no country, when none is named."""
    country = make.country(code) if code else None
    values = {"asked": "Add a page on rights.", "severity": Severity.MINOR, "country": country}
    asked = Asked(version=version, **values | more)
    by = by or make.user(Role.PROJECT_MANAGER)
    return ledger.raise_typed(asked=asked, by=by, at=make.NOW)


def decided(change: ChangeRequest, by: User, decision: str = Decision.ACCEPT, **more: Any):
    """The request as decided by somebody."""
    change.refresh_from_db()
    values = {"reason": "It is right.", "public_asked": "", "at": make.NOW} | more
    values = {"revision": change.revision} | values
    return deciding.decide(change_id=change.pk, decision=decision, by=by, **values)


def owner_of(version: Version) -> User:
    """The author's account, as a request would load it."""
    person: Person = version.material.owner
    return User.objects.get(pk=person.user_id)
