"""What all guests' pages of easy forms share: a kind page for what goes wrong, no cookie.

The token in the address is the only right that counts, so no cookie is looked at (ADR 9). A link
that was guessed, mistyped or revoked gets one and the same page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feedback.focus_groups.domain.easy import answering, easy_pages, form_links, guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormResponse

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Visit:
    """Somebody at the address of their half-filled or sent form."""

    form: EasyForm
    token: str
    secret: str
    response: FormResponse
    words: Words
    questions: list[EasyQuestion]

    def address(self, step: int) -> str:
        """The page of a question; the one that sends, after the last question."""
        if step > len(self.questions):
            return reverse("easy_last", args=[self.token, self.secret])
        return reverse("easy_question", args=[self.token, self.secret, max(step, 1)])

    @property
    def end(self) -> str:
        return reverse("easy_end", args=[self.token, self.secret])

    @property
    def is_sent(self) -> bool:
        return self.response.finished_on is not None


def of_form(view: View) -> View:
    """A page of the form a token leads to; `view` gets the form in place of the token."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        form = form_links.find(token)
        if form is None:
            return unknown(request)
        return view(request, form, **kwargs)

    return opened


def of_answers(view: View) -> View:
    """A page of the answers a secret leads to; `view` gets a Visit in place of both."""

    @of_form
    @wraps(view)
    def visited(
        request: HttpRequest, form: EasyForm, secret: str, **kwargs: Any
    ) -> HttpResponseBase:
        response = answering.find(form, secret)
        if response is None:
            return unknown(request)
        words = guest_words.words(response.language)
        if response.erased_on is not None:
            return notice(request, words, "erased", status=410)
        token = form_links.token(form)
        visit = Visit(form, token, secret, response, words, list(form.questions.all()))
        return view(request, visit, **kwargs)

    return visited


def still_open(view: View) -> View:
    """A page on which answers can be given: neither sent nor after the form's last day."""

    @wraps(view)
    def opened(request: HttpRequest, visit: Visit, **kwargs: Any) -> HttpResponseBase:
        if visit.is_sent:
            return redirect(visit.end)
        return not_open(request, visit.form, visit.words) or view(request, visit, **kwargs)

    return opened


def page(
    request: HttpRequest, template: str, words: Words, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in one language, which its direction belongs to."""
    context["words"] = words
    response = render(request, f"feedback/easy_{template}.html", context, status=status)
    response["Content-Language"] = words.code
    return response


def notice(
    request: HttpRequest, words: Words, name: str, status: int, text: str = ""
) -> HttpResponse:
    """A page that only says something: the words NAME_title and NAME_text, or `text`."""
    title = words.texts.get(f"{name}_title", "") or words[name]
    text = text or words.texts.get(f"{name}_text", "")
    return page(request, "notice", words, status, title=title, text=text)


def readers_words(request: HttpRequest, form: EasyForm | None = None) -> Words:
    """The words of the language asked for in the address, else of the browser's."""
    offered = easy_pages.languages(form) if form else guest_words.LANGUAGES
    accepted = request.headers.get("Accept-Language", "")
    return guest_words.wanted(request.GET.get("lang", ""), accepted, offered)


def unknown(request: HttpRequest) -> HttpResponse:
    """The same for every link that leads nowhere, whatever the reason."""
    return notice(request, readers_words(request), "unknown", status=404)


def not_open(request: HttpRequest, form: EasyForm, words: Words) -> HttpResponse | None:
    """The page of a form that takes no answers today, with its day; None for an open one."""
    now = timezone.now()
    if answering.is_open(form, now):
        return None
    if answering.today(form, now) < form.opens_on:
        text = words.say("early_text", day=words.day(form.opens_on))
        return notice(request, words, "early", 200, text)
    text = words.say("closed_text", day=words.day(form.closes_on))
    return notice(request, words, "closed", 410, text)
