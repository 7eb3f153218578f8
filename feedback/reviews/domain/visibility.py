"""Who sees what of a round: one service for pages, searches, exports, counts, mails and files.

What somebody sees follows from who they are to the round and from its phase, and is denied where
nothing here allows it:

- a reviewer sees their own review always, those of others once their own is in and the independent
  phase is over;
- a coordinator reads what was sent in their own countries, the manager all of it, once the
  independent phase is over;
- an author reads comments from the response on, and never a score of one person.

Whoever still has to rate in the round sees nothing of others, whatever else they are. A panel of
fewer than `PANEL` sent reviews shows nothing to anybody but its writers: who was asked is known.
Names stand beside reviews only where the round's blind mode allows it; else a label does.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import identity
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import Blindness, Phase
from feedback.reviews.models import Annotation, Assignment, Rating, ReviewRound
from materials.models import Version

# From these phases on, closed rounds among them.
_AFTER_INDEPENDENT = frozenset({Phase.DISCUSSION, Phase.RESPONSE, Phase.DECISION})
_TO_AUTHORS = frozenset({Phase.RESPONSE, Phase.DECISION})


@dataclass(frozen=True)
class View:
    """What one person sees of a round.

    `reads`: others' remarks; `scores`: others' scores beside them; `names`: who wrote them;
    `discusses`: may answer in the threads now. `countries` limits a coordinator to their own; None
    is all of them.
    """

    reads: bool = False
    scores: bool = False
    names: bool = False
    discusses: bool = False
    is_reviewer: bool = False
    is_author: bool = False
    coordinates: bool = False
    countries: frozenset[int] | None = frozenset()


NOTHING = View()


def of(user: User, review_round: ReviewRound) -> View:
    """What this person sees of the round now; the round comes `with_version`."""
    if not user.access.is_member:
        return NOTHING
    own = identity.own(user).filter(round=review_round).first()
    is_author = made_by(user, review_round.version)
    coordinates, countries = _coordinated(user, review_round)
    known = View(
        is_reviewer=own is not None,
        is_author=is_author,
        coordinates=coordinates,
        countries=countries,
    )
    still_rates = own is not None and own.submitted_on is None
    if still_rates or not _enough(review_round):
        return known
    after = is_over_independent(review_round)
    inside = after and (own is not None or coordinates)
    author = is_author and (review_round.closed_at is not None or review_round.phase in _TO_AUTHORS)
    is_open = review_round.closed_at is None
    return View(
        reads=inside or author,
        # An author who is nothing else to the round reads no score of one person.
        scores=inside and not is_author,
        names=_names(review_round, own is not None, is_author, coordinates),
        discusses=is_open and (inside or author) and review_round.phase != Phase.DECISION,
        is_reviewer=known.is_reviewer,
        is_author=is_author,
        coordinates=coordinates,
        # Reviewers and authors see the whole panel; a coordinator who is neither, own countries.
        countries=None if (own is not None or author) else countries,
    )


def is_over_independent(review_round: ReviewRound) -> bool:
    """Whether nobody writes independently of the others any more."""
    return review_round.closed_at is not None or review_round.phase in _AFTER_INDEPENDENT


def made_by(user: User, version: Version) -> bool:
    """Whether the material is this person's work: its owner's, or who uploaded any of it."""
    person = user.person
    uploads = Version.objects.filter(material=version.material_id, uploaded_by=person)
    return version.material.owner_id == person.pk or uploads.exists()


def assignments_for(user: User, review_round: ReviewRound) -> QuerySet[Assignment]:
    """The sent reviews of others that this person may read, own ones among them."""
    view = of(user, review_round)
    sent = Assignment.objects.submitted().filter(round=review_round)
    if not view.reads:
        return sent.filter(pk__in=identity.own(user).values("pk"))
    return sent if view.countries is None else sent.filter(country_id__in=view.countries)


def annotations_for(user: User, review_round: ReviewRound) -> QuerySet[Annotation]:
    """The annotations of those reviews; drafts are only their writer's and not among them."""
    return Annotation.objects.filter(assignment__in=assignments_for(user, review_round))


def ratings_for(user: User, review_round: ReviewRound) -> QuerySet[Rating]:
    """The ratings of those reviews; whether their scores may be shown says `of(...).scores`."""
    return Rating.objects.filter(assignment__in=assignments_for(user, review_round))


def _coordinated(user: User, review_round: ReviewRound) -> tuple[bool, frozenset[int] | None]:
    if user.access.is_manager:
        return True, None
    own = frozenset(user.access.countries(Role.COORDINATOR))
    in_scope = ReviewRound.objects.visible_to(user).filter(pk=review_round.pk).exists()
    return bool(own) and in_scope, own


def _enough(review_round: ReviewRound) -> bool:
    return Assignment.objects.submitted().filter(round=review_round).count() >= PANEL


def _names(
    review_round: ReviewRound, is_reviewer: bool, is_author: bool, coordinates: bool
) -> bool:
    """Coordinators read by code as well, except where the round was opened with open names."""
    hidden = review_round.blindness
    if hidden == Blindness.OPEN:
        return is_reviewer or is_author or coordinates
    if is_author:
        return hidden == Blindness.FROM_EACH_OTHER and not is_reviewer
    return is_reviewer and hidden == Blindness.FROM_AUTHORS
