"""Views translate: load through visible_to, one call of the domain, answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.reviews.models import ReviewRound
from feedback.validation.domain import outcome


@require_safe
def round_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    rounds = ReviewRound.objects.visible_to(request.user).with_version()
    review_round = get_object_or_404(rounds, pk=pk)
    context = {"round": review_round, "page": outcome.build(review_round, request.user)}
    return render(request, "feedback/outcome_detail.html", context)
