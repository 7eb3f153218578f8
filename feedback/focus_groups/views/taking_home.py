"""What was said in a group, to print or to count in, for those who heard it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.focus_groups.domain.capturing import capture_page, priorities
from feedback.focus_groups.exports import lines
from feedback.focus_groups.views.capture import heard


@require_safe
def capture_print(request: MemberRequest, pk: int) -> HttpResponse:
    """Every question with its lines on one page."""
    group = heard(request, pk)
    context = {
        "group": group,
        "page": capture_page.of(group, request.user),
        "ranked": priorities.ranked(group),
    }
    return render(request, "feedback/capture_print.html", context)


@require_safe
def capture_csv(request: MemberRequest, pk: int) -> HttpResponseBase:
    return lines.as_csv(heard(request, pk))


@require_safe
def capture_xlsx(request: MemberRequest, pk: int) -> HttpResponseBase:
    return lines.as_xlsx(heard(request, pk))
