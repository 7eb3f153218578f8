"""A round in pictures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.validation.domain.outcome import pictured
from feedback.validation.views import rounds


@require_safe
def round_pictures(request: MemberRequest, pk: int) -> HttpResponse:
    """The pictures of a round; `item` chooses the criterion of the forest plot."""
    review_round = rounds.seen(request, pk)
    page = pictured.build(review_round, request.user, request.GET.get("item", ""))
    return render(request, "feedback/round_pictures.html", {"round": review_round, "page": page})
