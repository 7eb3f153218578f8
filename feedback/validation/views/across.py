"""The same questions in several countries and languages, beside each other."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.validation.domain.outcome import across
from feedback.validation.views import rounds


@require_safe
def round_across(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = rounds.seen(request, pk)
    context = {"round": review_round, "page": across.build(review_round, request.user)}
    return render(request, "feedback/across_detail.html", context)
