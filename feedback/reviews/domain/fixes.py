"""Fixed or not: what reviewers of the next round say of the places they had marked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused
from experts.models import User
from feedback.reviews.domain import desk, earlier, phases, visibility
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import Fixed, Mark
from feedback.reviews.models import Annotation, Assignment, FixCheck, ReviewRound

MAX_NOTE = 50_000


@transaction.atomic
def check(
    *, assignment_id: int, annotation_id: int, answer: str, note: str | None = None, by: User
) -> FixCheck:
    """Keeps the answer to "fixed?", the newest one; a `note` of None leaves the note as it is.

    Raises Refused for a remark that is not one's own of the round before, AlreadySent, RoundClosed.
    """
    assignment = desk.locked(assignment_id, by, "round")
    if assignment.submitted_on:
        raise desk.AlreadySent(_("You sent this review already; it can no longer be changed."))
    phases.check_takes_reviews(assignment.round)
    before = earlier.own_before(assignment, by)
    own = Annotation.objects.filter(assignment=before) if before else Annotation.objects.none()
    if not own.filter(pk=annotation_id).exists():
        raise Refused(_("Only who made a remark says whether it was answered by the new version."))
    said = {"answer": answer} if note is None else {"answer": answer, "note": note}
    found, _new = FixCheck.objects.update_or_create(
        assignment=assignment, annotation_id=annotation_id, defaults=said
    )
    return found


@dataclass(frozen=True)
class Summary:
    """Of the places of the round before that asked for a change, how many are answered how."""

    number: int
    places: int
    fixed: int
    partly: int
    not_fixed: int

    @property
    def unanswered(self) -> int:
        return self.places - self.fixed - self.partly - self.not_fixed

    @property
    def words(self) -> dict[str, str]:
        """Each count as a chip says it."""
        return {
            "fixed": _("%(n)d fixed") % {"n": self.fixed},
            "partly": _("%(n)d partly") % {"n": self.partly},
            "not_fixed": _("%(n)d not fixed") % {"n": self.not_fixed},
            "unanswered": _("%(n)d not answered") % {"n": self.unanswered},
        }


def summary(review_round: ReviewRound, user: User) -> Summary | None:
    """Counts for those who may read the reviews now; None for others and for a panel too small.

    Only answers of sent reviews count, and whose they are is not asked.
    """
    previous = review_round.previous
    view = visibility.of(user, review_round)
    if previous is None or not (view.reads and view.coordinates):
        return None
    if Assignment.objects.submitted().filter(round=previous).count() < PANEL:
        return None
    places = Annotation.objects.sent().filter(assignment__round=previous)
    asked = places.exclude(mark=Mark.PRAISE)
    checks = FixCheck.objects.filter(
        annotation__in=asked,
        assignment__round=review_round,
        assignment__submitted_on__isnull=False,
    )
    counted = dict(checks.order_by().values_list("answer").annotate(n=Count("pk")))
    total = asked.count()
    if not total:
        return None
    return Summary(
        number=previous.version.number,
        places=total,
        fixed=counted.get(Fixed.YES, 0),
        partly=counted.get(Fixed.PARTLY, 0),
        not_fixed=counted.get(Fixed.NO, 0),
    )
