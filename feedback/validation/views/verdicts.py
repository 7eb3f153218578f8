"""One verdict, with everything it rests on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from feedback.validation.domain import verdict_page
from feedback.validation.models import Verdict


@require_safe
def verdict_detail(request: MemberRequest, pk: int) -> HttpResponse:
    found = Verdict.objects.visible_to(request.user).with_facts()
    verdict = get_object_or_404(found, pk=pk)
    today = to_wall(timezone.now(), request.user.person.zone).date()
    page = verdict_page.build(verdict, request.user, today)
    return render(request, "feedback/verdict_detail.html", {"verdict": verdict, "page": page})
