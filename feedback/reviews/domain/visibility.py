"""Who sees what of a round: one service for pages, searches, exports, counts, mails and files.

What somebody sees follows from who they are to the round (`Standing`), from its step, whose permits
stand in `phases.PERMITS`, and from its blind mode; it is denied where nothing here allows it:

- a reviewer sees their own review always, those of others once their own is in;
- a coordinator reads what was sent in their own countries, the manager all of it;
- an author of any version of the material is an author in every round on it: reads comments from
  the response on and never a score of one person, whatever else they coordinate.

Whoever still has to rate in the round sees nothing of others, whatever else they are. Fewer than
`PANEL` sent reviews show nothing to anybody but their writers: who was asked is known. Names stand
beside reviews only where the round's blind mode allows it; else a label does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import identity, phases
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import Blindness
from feedback.reviews.models import Annotation, Assignment, Rating, ReviewRound
from materials.models import Version

_FROM_AUTHORS = frozenset({Blindness.BOTH, Blindness.FROM_AUTHORS})
_FROM_EACH_OTHER = frozenset({Blindness.BOTH, Blindness.FROM_EACH_OTHER})


@dataclass(frozen=True)
class Standing:
    """Who somebody is to a round; `countries` are those they coordinate, None is all of them.

    Who declined is no reviewer: nothing of theirs is still to come that others could sway.
    `sent` counts the reviews that are in, `sent_here` those of the countries.
    """

    is_reviewer: bool = False
    has_sent: bool = False
    is_author: bool = False
    coordinates: bool = False
    countries: frozenset[int] | None = frozenset()
    sent: int = 0
    sent_here: int = 0

    @property
    def is_anybody(self) -> bool:
        return self.is_reviewer or self.is_author or self.coordinates


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
    standing = standing_of(user, review_round)
    if not standing.is_anybody:
        return NOTHING
    step = phases.step_of(review_round)
    view = decide(standing, step, review_round.blindness)
    # What would be read must be a panel's; three of one's own country where only it is read.
    found = standing.sent if view.countries is None else standing.sent_here
    return _known(standing) if view.reads and found < PANEL else view


def _facts() -> QuerySet:
    """One round with what makes up a person's standing to it."""
    all_of_round = Assignment.objects.filter(round=OuterRef("pk")).order_by()
    own = all_of_round.filter(reviewer_code__in=identity.codes_of(Slot("person")))
    here = ReviewRound.objects.filter(pk=OuterRef("pk")).seen_with(KeysSlot("countries"))
    sent = all_of_round.submitted().values("round").annotate(n=Count("pk")).values("n")
    uploads = Version.objects.filter(
        material=OuterRef("version__material"), uploaded_by=Slot("person")
    )
    return (
        ReviewRound.objects.filter(pk=Slot("round"))
        .order_by()
        .values_list(
            Exists(own.filter(declined_on__isnull=True)),
            Exists(own.submitted()),
            Exists(uploads.order_by()),
            Exists(here.order_by()),
            Coalesce(Subquery(sent), 0),
            Coalesce(Subquery(sent.filter(country_id__in=KeysSlot("countries"))), 0),
        )
    )


_FACTS = Prepared(_facts)


def standing_of(user: User, review_round: ReviewRound) -> Standing:
    """Who this person is to the round, out of their whole history with the material."""
    if not user.access.is_member:
        return Standing()
    person, own = user.person.pk, frozenset(user.access.countries(Role.COORDINATOR))
    rows = _FACTS.all(round=review_round.pk, person=person, countries=list(own))
    is_reviewer, has_sent, uploaded, in_scope, sent, sent_here = rows[0]
    leads = user.access.is_manager
    return Standing(
        is_reviewer=is_reviewer,
        has_sent=has_sent,
        is_author=uploaded or review_round.version.material.owner_id == person,
        coordinates=leads or bool(own and in_scope),
        countries=None if leads else own if in_scope else frozenset(),
        sent=sent,
        sent_here=sent_here,
    )


def decide(standing: Standing, step: str, blindness: str) -> View:
    """The rule itself: what somebody sees at a step of a round whose panel is large enough."""
    permit = phases.PERMITS[step]
    known = _known(standing)
    if standing.is_reviewer and not standing.has_sent and permit.takes_reviews:
        return known
    as_reviewer = standing.has_sent and permit.reviewers_read
    as_author = standing.is_author and permit.authors_read
    as_coordinator = standing.coordinates and not standing.is_author and permit.coordinators_read
    if not (as_reviewer or as_author or as_coordinator):
        return known
    return View(
        reads=True,
        scores=(as_reviewer or as_coordinator) and not standing.is_author,
        names=_names(blindness, as_reviewer=as_reviewer, is_author=standing.is_author),
        discusses=permit.discusses,
        is_reviewer=standing.is_reviewer,
        is_author=standing.is_author,
        coordinates=standing.coordinates,
        # Reviewers and authors see the whole panel; a coordinator who is neither, own countries.
        countries=None if as_reviewer or as_author else standing.countries,
    )


def _known(standing: Standing) -> View:
    """Nothing of others, but who one is."""
    return View(
        is_reviewer=standing.is_reviewer,
        is_author=standing.is_author,
        coordinates=standing.coordinates,
        countries=standing.countries,
    )


def _names(blindness: str, *, as_reviewer: bool, is_author: bool) -> bool:
    """Who is two things is held to the stricter one; coordinators read by code unless open."""
    if not as_reviewer and not is_author:
        return blindness == Blindness.OPEN
    hidden = (as_reviewer and blindness in _FROM_EACH_OTHER) or (
        is_author and blindness in _FROM_AUTHORS
    )
    return not hidden


def is_over_independent(review_round: ReviewRound) -> bool:
    """Whether nobody writes independently of the others any more."""
    return phases.permit(review_round).reviewers_read


def made_by(user: User, version: Version) -> bool:
    """Whether the material is this person's work: its owner's, or who uploaded any of it."""
    person = user.person
    uploads = Version.objects.filter(material=version.material_id, uploaded_by=person)
    return version.material.owner_id == person.pk or uploads.exists()


def find(pk: int, user: User) -> tuple[ReviewRound, View] | None:
    """The round and what this person sees of it, for pages of a round's talk; None as if missing.

    Reviewers and coordinators know that the round exists; its authors learn of it once they read.
    """
    review_round = ReviewRound.objects.with_version().filter(pk=pk).first()
    if review_round is None:
        return None
    view = of(user, review_round)
    author = view.is_author and phases.permit(review_round).authors_read
    return (review_round, view) if view.is_reviewer or view.coordinates or author else None


def assignments_for(
    user: User, review_round: ReviewRound, view: View | None = None
) -> QuerySet[Assignment]:
    """The sent reviews that this person may read, own ones among them."""
    view = view or of(user, review_round)
    sent = Assignment.objects.submitted().filter(round=review_round)
    if not view.reads:
        return sent.filter(pk__in=identity.own(user).values("pk"))
    return sent if view.countries is None else sent.filter(country_id__in=view.countries)


def annotations_for(
    user: User, review_round: ReviewRound, view: View | None = None
) -> QuerySet[Annotation]:
    """The annotations of those reviews; drafts are only their writer's and not among them."""
    return Annotation.objects.filter(assignment__in=assignments_for(user, review_round, view))


def ratings_for(
    user: User, review_round: ReviewRound, view: View | None = None
) -> QuerySet[Rating]:
    """The ratings of those reviews; whether their scores may be shown says `of(...).scores`."""
    return Rating.objects.filter(assignment__in=assignments_for(user, review_round, view))


def labels(
    review_round: ReviewRound, view: View, codes: Iterable[UUID] | None = None
) -> Mapping[UUID, str]:
    """How each reviewer of the round is called by code, the same for everybody and in every phase.

    "Reviewer 3" counts all who were asked, in the random order of their codes, so that a number
    tells neither who was asked first nor who has sent. The name where the view allows it. Who has
    read the `codes` of all who were asked already gives them along.
    """
    if codes is None:
        asked = Assignment.objects.filter(round=review_round)
        codes = asked.order_by().values_list("reviewer_code", flat=True)
    numbered = enumerate(sorted(codes), start=1)
    found = {code: _("Reviewer %(n)d") % {"n": number} for number, code in numbered}
    return found | identity.names_in(review_round) if view.names else found


def label(assignment: Assignment, view: View) -> str:
    """How the writer of one review is called; for several of a round, `labels` asks once."""
    return labels(assignment.round, view)[assignment.reviewer_code]
