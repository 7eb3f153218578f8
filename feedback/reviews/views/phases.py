"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import phases, policy_page, see_as
from feedback.reviews.domain.see_as import As
from feedback.reviews.forms.discussion import PhaseForm
from feedback.reviews.models import ReviewRound


@require_http_methods(["GET", "POST"])
def round_phase(request: MemberRequest, pk: int) -> HttpResponse:
    """What each phase permits, in one screen, with the button that goes on."""
    review_round = _round(request, pk)
    permissions.may_close(request.user, review_round)
    form = PhaseForm(request.POST or None)
    if form.is_valid():
        to = form.cleaned_data["phase"]
        try:
            phases.go_on(round_id=pk, to=to, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            words = {"phase": policy_page.label_of(to)}
            messages.success(request, _("The round is now at: %(phase)s.") % words)
            return redirect("round_phase", pk=pk)
    context = {
        "round": review_round,
        "form": form,
        "steps": policy_page.strip(review_round),
        "lines": policy_page.lines(review_round),
        "ahead": [(phase.value, phase.label) for phase in phases.ahead(review_round)],
        "together": phases.together(review_round),
    }
    return render(request, "feedback/round_phase.html", context)


@require_safe
def round_see_as(request: MemberRequest, pk: int) -> HttpResponse:
    """The round as another role would see it in a phase; an odd choice shows the first one."""
    review_round = _round(request, pk)
    of, step = request.GET.get("as", ""), request.GET.get("phase", "")
    of = of if of in As.values else As.REVIEWER.value
    step = step if step in phases.STEPS else phases.step_of(review_round)
    context = {
        "round": review_round,
        "of": of,
        "step": step,
        "role": As(of).label,
        "phase": policy_page.label_of(step),
        "roles": As.choices,
        "phases": [(str(one), policy_page.label_of(one)) for one in phases.STEPS],
        "page": see_as.preview(review_round=review_round, of=of, step=step, by=request.user),
    }
    return render(request, "feedback/round_see_as.html", context)


def _round(request: MemberRequest, pk: int) -> ReviewRound:
    return get_object_or_404(ReviewRound.objects.visible_to(request.user).with_version(), pk=pk)
