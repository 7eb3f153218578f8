"""Views translate: load what the visibility allows, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews.domain import identity
from feedback.validation.domain.waves import wave_page, waves
from feedback.validation.forms.waves import AnswerForm, WaveForm
from feedback.validation.models import Wave
from feedback.validation.views import rounds


@require_http_methods(["GET", "POST"])
def round_waves(request: MemberRequest, pk: int) -> HttpResponse:
    """How the panel stands through its waves; the form that asks it again."""
    review_round = rounds.seen(request, pk)
    page = wave_page.build(review_round, request.user)
    form = None
    if page.may_lead and not page.withheld and not page.running:
        form = WaveForm(
            request.POST or None,
            criteria=[(i.key, f"{i.code} {i.text}", i.is_open) for i in page.items],
            rule=page.rule if page.rule_is_set else None,
        )
    if form is not None and form.is_valid():
        try:
            waves.open_wave(
                round_id=pk,
                criteria=form.cleaned_data["criteria"],
                rule=form.rule(),
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The panel is asked again; everybody gets a mail."))
            return redirect("round_waves", pk=pk)
    context = {"round": review_round, "page": page, "form": form}
    return render(request, "feedback/round_waves.html", context)


@require_POST
def wave_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Ends a wave before its day."""
    wave = get_object_or_404(Wave, pk=pk)
    review_round = rounds.seen(request, wave.round_id)
    waves.close_wave(wave_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The wave is closed. The answers stand beside the first ones."))
    return redirect("round_waves", pk=review_round.pk)


@require_http_methods(["GET", "POST"])
def wave_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own review again: each question with the group's answers beside it."""
    found = waves.open_for(request.user, pk)
    if found is None:
        own = identity.own(request.user).select_related("round__version__material")
        mine = {"assignment": get_object_or_404(own, pk=pk)}
        return render(request, "feedback/wave_answer.html", mine)
    assignment, wave = found
    criteria = list(wave.criteria.order_by("position").values_list("pk", "code"))
    form = AnswerForm(request.POST or None, criteria=criteria)
    wordless: frozenset[int] = frozenset()
    if form.is_valid():
        try:
            waves.answer(assignment_id=pk, answers=form.answers(), by=request.user)
        except waves.ReasonMissing as error:
            wordless = error.criteria
            form.add_error(None, str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Your answers are kept. You may change them until the wave closes.")
            )
            return redirect("wave_answer", pk=pk)
    typed = form.typed() if form.is_bound else None
    context = {
        "assignment": assignment,
        "wave": wave,
        "form": form,
        "questions": wave_page.questions(
            assignment, wave, [key for key, _code in criteria], typed, wordless
        ),
    }
    return render(request, "feedback/wave_answer.html", context)
