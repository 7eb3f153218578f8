"""The page of one goal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from experts.domain import clock
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import goal_page
from sessions.models import Goal


@require_safe
def goal_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is, and which sessions and actions serve it."""
    goals = Goal.objects.visible_to(request.user).select_related("cop__country")
    goal = get_object_or_404(goals, pk=pk)
    today, at = clock.today_of(request.user), timezone.now()
    context = {
        "goal": goal,
        "page": goal_page.build(goal, request.user, today, at),
        "may_add": permissions.may_begin_action.allows(request.user),
    }
    return render(request, "sessions/goal_detail.html", context)
