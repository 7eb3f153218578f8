"""Views translate: load through visible_to, one call of the domain, answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.domain import clock
from experts.requests import MemberRequest
from feedback.validation.domain.judging import judging_page
from feedback.validation.domain.outcome import outcome
from feedback.validation.domain.waves import waves
from feedback.validation.views import rounds


@require_safe
def round_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = rounds.seen(request, pk)
    context = {"round": review_round, "page": outcome.build(review_round, request.user)}
    return render(request, "feedback/outcome_detail.html", context)


@require_safe
def round_verdicts(request: MemberRequest, pk: int) -> HttpResponse:
    """What a round came to in each country, and whether its panel was asked again.

    The outcome loads it after itself.
    """
    review_round = rounds.seen(request, pk)
    today = clock.today_of(request.user)
    is_closed = review_round.closed_at is not None
    context = {
        "round": review_round,
        "lines": judging_page.lines(review_round, request.user, today) if is_closed else [],
        "waves": len(waves.of_round(review_round)),
    }
    return render(request, "feedback/round_verdicts.html", context)
