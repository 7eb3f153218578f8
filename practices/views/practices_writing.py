"""Writing practices down: a new one, a draft, a new version, and what is said beside the card."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.models import Country
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.practices import cards, checking, discarding, topics
from practices.forms.practices import AboutForm, CardForm, WhereForm, about_of, card_of
from practices.models import Practice, PracticeVersion


@require_http_methods(["GET", "POST"])
def practice_new(request: MemberRequest) -> HttpResponse:
    permissions.may_contribute(request.user)
    country, where = _country(request)
    if country is None:
        return render(request, "practices/practice_where.html", {"form": where})
    posted = request.POST if request.method == "POST" and "title" in request.POST else None
    card = CardForm(posted, initial={"language": _language(request, country)})
    about = _about_form(request, country, posted)
    if posted is not None and card.is_valid() & about.is_valid():
        try:
            version = cards.describe(
                country=country,
                card=card.card(),
                about=about.about(),
                by=request.user,
                at=timezone.now(),
            )
        except topics.ForeignTopic as error:
            about.add_error("topic", str(error))
        except NotPossible as error:
            card.add_error(None, str(error))
        else:
            messages.success(request, _("Your draft is saved. Submit it when it is ready."))
            return redirect(version)
    context = {"form": card, "about": about, "country": country, "asked_where": where is not None}
    return render(request, "practices/practice_form.html", context)


@require_http_methods(["GET", "POST"])
def practice_edit(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    practice = version.practice
    permissions.may_edit_practice(request.user, practice)
    is_first = version.number == 1
    card = CardForm(request.POST or None, initial=card_of(version), number=version.number)
    about = _about_form(request, practice.country, request.POST or None, practice)
    is_valid = card.is_valid() and (not is_first or about.is_valid())
    if request.method == "POST" and is_valid:
        try:
            cards.save(
                version_id=pk,
                card=card.card(),
                about=about.about() if is_first else None,
                revision=card.revision_sent,
                by=request.user,
                at=timezone.now(),
            )
        except topics.ForeignTopic as error:
            about.add_error("topic", str(error))
        except NotPossible as error:
            card.add_error(None, str(error))
            # The next press is made knowingly.
            again = request.POST.copy()
            again["revision"] = str(PracticeVersion.objects.get(pk=pk).revision)
            card.data = again
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(version)
    context = {"form": card, "about": about if is_first else None, "version": version}
    return render(request, "practices/practice_form.html", context)


@require_http_methods(["GET", "POST"])
def practice_revise(request: MemberRequest, pk: int) -> HttpResponse:
    """A new version starts from the published one, which stays as it is."""
    practice = _practice(request, pk)
    permissions.may_edit_practice(request.user, practice)
    current = practice.current
    initial = card_of(current) | {"what_changed": ""} if current else {}
    form = CardForm(request.POST or None, initial=initial, number=2)
    if form.is_valid():
        try:
            version = cards.revise(practice_id=pk, card=form.card(), by=request.user)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The new version is a draft; the published one stays."))
            return redirect(version)
    context = {"form": form, "practice": practice, "revises": current}
    return render(request, "practices/practice_form.html", context)


@require_http_methods(["GET", "POST"])
def practice_about(request: MemberRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    permissions.may_edit_practice(request.user, practice)
    form = _about_form(request, practice.country, request.POST or None, practice)
    if form.is_valid():
        try:
            cards.say_about(practice_id=pk, about=form.about(), by=request.user, at=timezone.now())
        except topics.ForeignTopic as error:
            form.add_error("topic", str(error))
        else:
            messages.success(request, _("Topic, tags and materials are saved."))
            return redirect(practice)
    return render(request, "practices/practice_about.html", {"form": form, "practice": practice})


@require_POST
def practice_submit(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    try:
        checking.submit(version_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Submitted. A coordinator screens it, a colleague checks it."))
    return redirect(version)


@require_POST
def practice_discard(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    try:
        discarding.discard(version_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thrown away. For thirty days you can take it back here."))
    return redirect(version)


@require_POST
def practice_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    try:
        discarding.take_back(version_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The draft is back as it was."))
    return redirect(version)


def _country(request: MemberRequest) -> tuple[Country | None, WhereForm | None]:
    """One's own; who belongs to none chooses it first."""
    home = request.user.person.country
    if home is not None:
        return home, None
    form = WhereForm(request.GET or None)
    return (form.cleaned_data["country"] if form.is_valid() else None), form


def _language(request: MemberRequest, country: Country) -> str:
    spoken = request.user.person.languages
    return country.language if country.language in spoken else request.user.person.language


def _about_form(
    request: MemberRequest, country: Country, posted: Any, practice: Practice | None = None
) -> AboutForm:
    today = clock.today_of(request.user)
    initial = about_of(practice) if practice else {"started_on": today}
    return AboutForm(
        posted,
        initial=initial,
        user=request.user,
        country=country,
        today=today,
        practice=practice,
    )


def _version(request: MemberRequest, pk: int) -> PracticeVersion:
    versions = PracticeVersion.objects.visible_to(request.user)
    whole = versions.select_related("practice__author", "practice__country", "practice__topic")
    return get_object_or_404(whole, pk=pk)


def _practice(request: MemberRequest, pk: int) -> Practice:
    practices = Practice.objects.visible_to(request.user)
    return get_object_or_404(
        practices.select_related("author", "country", "topic", "current"), pk=pk
    )
