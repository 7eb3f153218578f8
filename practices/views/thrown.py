"""The drafts and ideas that somebody threw away, with the way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from practices.domain import thrown


@require_safe
def thrown_away(request: MemberRequest) -> HttpResponse:
    return render(request, "practices/thrown_away.html", {"rows": thrown.of(request.user)})
