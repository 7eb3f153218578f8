"""Goals of communities, what a session is about, and life stages."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.models import CommunityOfPractice
from experts.requests import MemberRequest
from practices.domain.forming import stage_figures, staging
from practices.domain.forming.life_stages import Figures, suggest
from practices.forms.forming_goals import AimForm, GoalForm, StageForm
from sessions import permissions as session_permissions
from sessions.domain import aims, goals
from sessions.domain import page as session_page
from sessions.models import Goal


@require_http_methods(["GET", "POST"])
def goal_new(request: MemberRequest, pk: int) -> HttpResponse:
    cop = get_object_or_404(CommunityOfPractice.objects.visible_to(request.user), pk=pk)
    permissions.may_write_charter(request.user, cop)
    today = timezone.localdate()
    usual = {"starts_on": today, "ends_on": today + timedelta(days=365)}
    form = GoalForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        try:
            goals.set_goal(cop_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The goal is set; it counts by itself from now on."))
            return redirect(cop.charters.current().first() or "charter_list")
    return render(request, "practices/forming_goal_form.html", {"cop": cop, "form": form})


@require_POST
def goal_drop(request: MemberRequest, pk: int) -> HttpResponse:
    shown = Goal.objects.visible_to(request.user).select_related("cop")
    goal = get_object_or_404(shown, pk=pk)
    goals.drop_goal(goal_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The goal is gone."))
    return redirect(goal.cop.charters.current().first() or "charter_list")


@require_http_methods(["GET", "POST"])
def session_aim(request: MemberRequest, pk: int) -> HttpResponse:
    """Which topic of the charter a session has, and which goal it serves."""
    at = timezone.now()
    session = session_page.find(pk, request.user, at)
    if session is None:
        raise Http404
    session_permissions.may_run(request.user, session)
    form = AimForm(
        request.POST if request.method == "POST" else None,
        names=list(aims.topics_for(session).values_list("name", flat=True)),
        shown=aims.goals_for(session),
        initial={"topic": session.topic.name if session.topic else "", "goal": session.goal_id},
    )
    foreign = ""
    if form.is_bound and form.is_valid():
        topic, goal = form.cleaned_data["topic"], form.cleaned_data["goal"]
        try:
            aims.set_aim(
                session_id=pk,
                topic=topic,
                goal_id=goal.pk if goal else None,
                by=request.user,
                at=at,
            )
        except aims.ForeignTopic as error:
            foreign = topic
            form.add_error("topic", str(error))
        else:
            messages.success(request, _("Saved: what the session is about."))
            return redirect(session)
    context = {"session": session, "form": form, "foreign": foreign}
    return render(request, "practices/forming_session_aim.html", context)


@require_http_methods(["GET", "POST"])
def life_stage(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a community stands, why, and who said so."""
    shown = CommunityOfPractice.objects.visible_to(request.user).select_related("country")
    cop, at = get_object_or_404(shown, pk=pk), timezone.now()
    suggestion = suggest(stage_figures.read(cop, at))
    posted = request.POST if request.method == "POST" else None
    form = StageForm(posted, initial={"stage": suggestion.stage})
    if form.is_bound and form.is_valid():
        try:
            staging.decide(cop_id=pk, by=request.user, at=at, **form.cleaned_data)
        except NotPossible as error:
            form.add_error("why", str(error))
        else:
            messages.success(request, _("The life stage is written down."))
            return redirect("life_stage", pk)
    history = [
        {"decision": one, "reasons": suggest(Figures(**one.figures)).reasons}
        for one in cop.stage_decisions.select_related("by")[:12]
    ]
    context = {
        "cop": cop,
        "form": form,
        "suggestion": suggestion,
        "history": history,
        "may_write": permissions.may_write_charter.allows(request.user, cop),
    }
    return render(request, "practices/forming_life_stage.html", context)
