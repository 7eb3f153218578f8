"""What a browser asks before it goes on keeping desks."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from cop_platform.common import device
from experts.requests import MemberRequest
from feedback.reviews.domain import copies


@require_safe
def review_copies(request: MemberRequest) -> JsonResponse:
    """The desks of which copies may stay; all others are thrown away by the asking page."""
    return JsonResponse({"desks": [*copies.kept(request.user), *device.kept(request.user)]})
