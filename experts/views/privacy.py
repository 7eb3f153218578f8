"""The register of personal data, for those who answer for the platform."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts import permissions
from experts.domain import privacy
from experts.requests import MemberRequest


@require_safe
def privacy_register(request: MemberRequest) -> HttpResponse:
    """Which field holds what about whom, why, and until when."""
    permissions.may_operate(request.user)
    rooms = privacy.rooms()
    context = {"rooms": rooms, "fields": sum(room.fields for room in rooms)}
    return render(request, "experts/privacy_register.html", context)


@require_safe
def privacy_register_csv(request: MemberRequest) -> HttpResponseBase:
    """The same, one line a field."""
    permissions.may_operate(request.user)
    response = StreamingHttpResponse(privacy.as_csv(), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="personal-data.csv"'
    return response
