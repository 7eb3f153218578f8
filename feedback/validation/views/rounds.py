"""What pages about the outcome of a round begin with."""

from __future__ import annotations

from django.http import Http404

from experts.requests import MemberRequest
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.outcome import outcome


def seen(request: MemberRequest, pk: int) -> ReviewRound:
    """The round, if this person may see its outcome; raises Http404 as if it were missing."""
    review_round = outcome.find(pk, request.user)
    if review_round is None:
        raise Http404
    return review_round
