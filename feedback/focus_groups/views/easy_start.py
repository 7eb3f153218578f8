"""The way into an easy form: its languages, what happens with answers, yes or no."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import clients, throttle
from feedback.focus_groups.domain.easy import answering, easy_pages, form_links, guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.enums import Purpose, Voice
from feedback.focus_groups.models import EasyForm
from feedback.focus_groups.views.easy_page import not_open, notice, of_form, page, readers_words

# People of several groups in one house share an address; more in an hour is a machine.
STARTS = 60
# Keep a title of other letters from turning the sentence around it.
_ISOLATED = "\u2068{}\u2069"


@of_form
def easy_form(request: HttpRequest, form: EasyForm) -> HttpResponseBase:
    """Tiles of languages, then what happens with answers; only the button "yes" starts."""
    words = readers_words(request, form)
    closed = not_open(request, form, words)
    if closed is not None:
        return closed
    offered = easy_pages.languages(form)
    if len(offered) > 1 and request.GET.get("lang") not in offered:
        tiles = [guest_words.words(code) for code in offered]
        return page(request, "languages", words, tiles=tiles)
    if request.method == "POST":
        return _start(request, form, words)
    if request.GET.get("answer") == "no":
        return _said_no(request, form, words)
    return page(
        request,
        "purpose",
        words,
        form=form,
        about=words.say("about", title=_ISOLATED.format(form.title)),
        token=form_links.token(form),
        notes=easy_pages.read_aloud(Purpose.NOTES, words.code),
        is_migrants=form.voice == Voice.MIGRANT,
        has_others=len(offered) > 1,
        secret=answering.new_secret(form),
    )


def _start(request: HttpRequest, form: EasyForm, words: Words) -> HttpResponse:
    if throttle.count("easy-form", clients.address_of(request)) > STARTS:
        return notice(request, words, "busy", status=429)
    started = answering.start(
        form=form, language=words.code, at=timezone.now(), secret=request.POST.get("place", "")
    )
    return redirect(reverse("easy_question", args=[form_links.token(form), started.secret, 1]))


def _said_no(request: HttpRequest, form: EasyForm, words: Words) -> HttpResponse:
    card = easy_pages.help_card(form, words.code)
    return page(request, "no", words, card=card)
