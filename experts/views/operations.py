"""The page of whoever runs the platform."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from experts import permissions
from experts.domain import operations
from experts.requests import MemberRequest


def operations_page(request: MemberRequest) -> HttpResponse:
    permissions.may_operate(request.user)
    context = {
        "page": operations.build(request.user, timezone.now()),
        "may_pause": permissions.may_pause_sending.allows(request.user),
    }
    return render(request, "experts/operations.html", context)
