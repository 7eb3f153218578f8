"""Views translate: load through visible_to, one call of the domain, answer."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.validation.domain import outcome


@require_safe
def round_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = outcome.find(pk, request.user)
    if review_round is None:
        raise Http404
    context = {"round": review_round, "page": outcome.build(review_round, request.user)}
    return render(request, "feedback/outcome_detail.html", context)
