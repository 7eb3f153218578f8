"""The first run of a newcomer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.forming import accepting
from practices.domain.people import buddies, first_run, wording
from practices.enums import FirstStep
from practices.forms.people import AcceptCharterForm, BuddyForm, StepForm, TopicsForm, WordsForm


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: MemberRequest) -> HttpResponse:
    """Shows the step that is next or asked for; a button takes or skips it."""
    permissions.may_contribute(request.user)
    if request.method == "POST":
        return _taken(request)
    run = first_run.run_of(request.user.person)
    step = _asked(request.GET.get("step", "")) or first_run.next_step(run) or FirstStep.PURPOSE
    return _shown(request, step)


def _asked(name: str) -> FirstStep | None:
    if not name:
        return None
    form = StepForm({"step": name})
    if not form.is_valid():
        raise BadRequest
    return FirstStep(form.cleaned_data["step"])


def _taken(request: MemberRequest) -> HttpResponse:
    """One step further; what was typed is kept first, and shown again where it cannot be."""
    step = _asked(request.POST.get("step", ""))
    if step is None:
        raise BadRequest
    now = timezone.now()
    deed = _DEEDS.get(step)
    if deed and "skip" not in request.POST:
        form = deed(request, now)
        if form is not None and form.errors:
            return _shown(request, step, form)
    run = first_run.done(step=step, by=request.user, at=now)
    following = first_run.next_step(run)
    if following is not None:
        return redirect(f"{request.path}?step={following.value}")
    messages.success(request, _("You have arrived. This is your start page from now on."))
    return redirect("today")


def _shown(request: MemberRequest, step: FirstStep, form: forms.Form | None = None) -> HttpResponse:
    run = first_run.run_of(request.user.person)
    done = set(run.done) if run else set()
    place = first_run.STEPS.index(step)
    context = {
        "step": step,
        "place": place + 1,
        "count": len(first_run.STEPS),
        "steps": [
            {"step": one, "done": one.value in done, "now": one == step} for one in first_run.STEPS
        ],
        "before": first_run.STEPS[place - 1] if place else None,
        **_CONTEXTS[step](request),
    }
    if form is not None:
        context["form"] = form
    return render(request, "practices/people_welcome.html", context)


def _confirm(request: MemberRequest, _at: datetime) -> forms.Form:
    form = TopicsForm(request.POST, topics=first_run.topics_for(request.user.person))
    if form.is_valid():
        first_run.confirm(
            by=request.user,
            languages=form.cleaned_data["languages"],
            topics=list(form.cleaned_data["topics"]),
        )
    return form


def _accept(request: MemberRequest, at: datetime) -> forms.Form | None:
    """Accepts the charter that was read; nothing is asked where nobody is to accept it."""
    if not request.POST.get("charter"):
        return None
    form = AcceptCharterForm(request.POST)
    if form.is_valid():
        read = form.cleaned_data["charter"].pk
        _tried(form, "charter", lambda: accepting.accept(charter_id=read, by=request.user, at=at))
    return form


def _pick(request: MemberRequest, at: datetime) -> forms.Form | None:
    """Settles the buddy that was picked; nothing is asked where nobody was."""
    if not request.POST.get("buddy"):
        return None
    form = BuddyForm(request.POST)
    if form.is_valid():
        me = request.user.person.pk
        buddy = form.cleaned_data["buddy"]
        _tried(
            form,
            "buddy",
            lambda: buddies.settle(newcomer_id=me, buddy_id=buddy, by=request.user, at=at),
        )
    return form


def _say(request: MemberRequest, at: datetime) -> forms.Form:
    form = WordsForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        _tried(form, "words", lambda: first_run.say_hello(by=request.user, words=words, at=at))
    return form


def _tried(form: forms.Form, field: str, deed: Callable[[], object]) -> None:
    try:
        deed()
    except NotPossible as error:
        form.add_error(field, str(error))


_DEEDS: dict[FirstStep, Callable[[MemberRequest, datetime], forms.Form | None]] = {
    FirstStep.CHARTER: _accept,
    FirstStep.TOPICS: _confirm,
    FirstStep.PEOPLE: _pick,
    FirstStep.HELLO: _say,
}


def _charter(request: MemberRequest) -> dict[str, Any]:
    charter = first_run.charter_of(request.user.person)
    lines = first_run.charter_lines(charter) if charter else []
    return {
        "charter": charter,
        "purpose": first_run.purpose(charter),
        "lines": lines,
        "is_accepted": accepting.is_accepted(request.user.person, charter),
        "asks_to_accept": accepting.is_asked(request.user, charter),
    }


def _topics(request: MemberRequest) -> dict[str, Any]:
    person = request.user.person
    initial = {"topics": first_run.chosen_topics(person), "languages": person.languages}
    return {"form": TopicsForm(initial=initial, topics=first_run.topics_for(person))}


def _people(request: MemberRequest) -> dict[str, Any]:
    return {"around": buddies.around(request.user.person, timezone.now())}


def _question(request: MemberRequest) -> dict[str, Any]:
    has_page = wording.has_page("question_detail")
    return {"question": first_run.question_for(request.user), "has_page": has_page}


def _session(request: MemberRequest) -> dict[str, Any]:
    found = first_run.session_for(request.user, timezone.now())
    return {"session": found, "when": found.when(request.user.person.zone) if found else None}


def _practice(request: MemberRequest) -> dict[str, Any]:
    has_page = wording.has_page("practice_detail")
    return {"practice": first_run.practice_for(request.user), "has_page": has_page}


def _hello(request: MemberRequest) -> dict[str, Any]:
    person = request.user.person
    current = buddies.current_of(person)
    words = first_run.hello_words(person, current.buddy) if current else ""
    return {
        "buddy": current,
        "said": first_run.said_hello(person),
        "form": WordsForm(initial={"words": words}),
    }


_CONTEXTS: dict[FirstStep, Callable[[MemberRequest], dict[str, Any]]] = {
    FirstStep.PURPOSE: _charter,
    FirstStep.CHARTER: _charter,
    FirstStep.TOPICS: _topics,
    FirstStep.PEOPLE: _people,
    FirstStep.QUESTION: _question,
    FirstStep.SESSION: _session,
    FirstStep.PRACTICE: _practice,
    FirstStep.HELLO: _hello,
}
