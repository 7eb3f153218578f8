"""Choosing what one gets and how often: for members, and for guests by the link in a mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop_platform.common.times import city
from experts.domain import mail_words, preferences, wishes
from experts.enums import Topic
from experts.forms.preferences import PreferencesForm, RestoreForm
from experts.models import Person
from experts.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: MemberRequest) -> HttpResponse:
    person: Person = request.user.person
    form = _form(request, person)
    if form.is_valid():
        preferences.choose(
            person_id=person.pk, wanted=form.wishes(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Your choices were saved."))
        return redirect("mail_choices")
    context = {"form": form, "city": city(person.zone)}
    return render(request, "experts/mail_choices.html", context)


# The token is the only right that counts, no cookie: a mail program posts here too (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def guest_mails(request: HttpRequest, token: str) -> HttpResponse:
    """The same choices behind the link in a mail: looking changes nothing, the button does."""
    person = preferences.find_by_token(token)
    if person is None:
        return _no_such_link(request)
    form, saved = _form(request, person), False
    if form.is_valid():
        preferences.choose(person_id=person.pk, wanted=form.wishes(), by=None, at=timezone.now())
        saved = True
    context = {"form": form, "saved": saved, "person": person, "city": city(person.zone)}
    return _shown(request, person, "experts/guest_mails.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str, topic: str) -> HttpResponse:
    """Ends mails of a topic: the page and its button, or a mail program that posts by itself."""
    if topic not in {*wishes.CHOSEN_TOPICS, wishes.DIGEST}:
        raise Http404
    person = preferences.find_by_token(token)
    if person is None:
        return _no_such_link(request)
    now, done, ended = timezone.now(), "", []
    if request.method == "POST":
        restored = RestoreForm(request.POST)
        if "mails" in request.POST and restored.is_valid():
            preferences.restore(person_id=person.pk, mails=restored.pairs(), at=now)
            done = "restored"
        else:
            ended = preferences.end_mails(person_id=person.pk, topic=topic, at=now)
            done = "ended"
    context = {
        "person": person,
        "token": token,
        "topic": topic,
        "label": "" if topic == wishes.DIGEST else Topic(topic).label,
        "done": done,
        "ended": ended,
        "coming": preferences.mails_of(person, topic),
        "language": request.GET.get("lang", ""),
        "topics": [t for t in wishes.CHOSEN_TOPICS if t != topic],
    }
    return _shown(request, person, "experts/guest_unsubscribe.html", context)


def _form(request: HttpRequest, person: Person) -> PreferencesForm:
    posted = request.POST if request.method == "POST" else None
    shown = person.user_id is not None
    return PreferencesForm(posted, chosen=preferences.of(person), shown=shown)


def _shown(
    request: HttpRequest, person: Person, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page in the language chosen in its address, else in that of the person's mails."""
    chosen = request.GET.get("lang", "")
    known = chosen in dict(settings.MAIL_LANGUAGES)
    language = chosen if known else mail_words.spoken(person.language)
    with translation.override(language):
        response = render(request, template, context)
    response.headers["Content-Language"] = language
    return response


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "experts/guest_mails_invalid.html", status=404)
