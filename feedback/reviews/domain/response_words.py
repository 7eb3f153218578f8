"""A response to the reviewers of a round, put together from the ledger for its author to edit."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import change_source
from feedback.reviews.models import Annotation, Rating, ReviewRound


def of(review_round: ReviewRound) -> str:
    """What was asked of the round's version, numbered, with what became of it; "" for nothing.

    Holds the comments of this round and what was typed in about its version.
    """
    ratings = Rating.objects.filter(assignment__round=review_round).values("pk")
    annotations = Annotation.objects.filter(assignment__round=review_round).order_by().values("pk")
    own = Q(source_kind="")
    own |= Q(source_kind=change_source.RATING, source_key__in=ratings)
    own |= Q(source_kind=change_source.ANNOTATION, source_key__in=annotations)
    changes = ChangeRequest.objects.alone().filter(own, version=review_round.version_id)
    ordered = changes.select_related("done_in").open_first()
    return "\n\n".join(f"{n}. {_said(change)}" for n, change in enumerate(ordered, start=1))


def _said(change: ChangeRequest) -> str:
    lines = [_("Asked: %(text)s") % {"text": change.asked}]
    if change.decision == Decision.OPEN:
        lines.append(change.get_decision_display())
    else:
        said = {"decision": change.get_decision_display(), "reason": change.reason}
        lines.append(_("%(decision)s: %(reason)s") % said)
    if change.done_in is not None:
        lines.append(_("Done in version %(number)d") % {"number": change.done_in.number})
    return "\n".join(lines)
