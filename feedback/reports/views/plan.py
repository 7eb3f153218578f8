"""The page of the planned numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from experts import reference
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import planning
from feedback.reports.forms.plan import PlanForm


@require_http_methods(["GET", "HEAD", "POST"])
def report_plan(request: MemberRequest) -> HttpResponse:
    """Planned numbers for each indicator and country."""
    permissions.may_fund(request.user)
    indicators = planning.known()
    form = PlanForm(
        request.POST or None,
        indicators=indicators,
        countries=reference.countries(),
        planned=planning.planned(),
    )
    if form.is_valid():
        n = planning.save(numbers=form.numbers(), by=request.user, at=timezone.now())
        said = ngettext("Saved: %(n)d number changed.", "Saved: %(n)d numbers changed.", n)
        messages.success(request, said % {"n": n})
        return redirect("report_plan")
    return render(request, "feedback/report_plan.html", {"form": form, "indicators": indicators})
