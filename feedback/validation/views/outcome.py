"""Views translate: load through visible_to, one call of the domain, answer."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from feedback.validation.domain import judging_page, outcome


@require_safe
def round_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = outcome.find(pk, request.user)
    if review_round is None:
        raise Http404
    today = to_wall(timezone.now(), request.user.person.zone).date()
    is_closed = review_round.closed_at is not None
    context = {
        "round": review_round,
        "page": outcome.build(review_round, request.user),
        "verdicts": judging_page.lines(review_round, request.user, today) if is_closed else [],
    }
    return render(request, "feedback/outcome_detail.html", context)
