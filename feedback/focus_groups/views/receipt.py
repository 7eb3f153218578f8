"""The page that takes receipt codes: no account, no cookie, no script.

The code travels in the body of a POST alone, so it stands in no address, history or log. Every
answer is drawn on the spot, since a redirect would have nothing to carry the code in.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop_platform.common import clients, throttle
from feedback.focus_groups.domain.consenting import receipt_page, receipts
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.domain.keeping import erasing
from feedback.focus_groups.models import FormResponse, Participant

# Wrong codes of one place in an hour: a few people who mistype, and then a machine.
GUESSES = 20
_GUESS = "receipt"


# No cookie gives a right here, so there is none to borrow (ADR 9).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def guest_receipt(request: HttpRequest) -> HttpResponse:
    """Asks for a code; shows what hangs on it, stops the printing of words, erases them."""
    accepted = request.headers.get("Accept-Language", "")
    words = guest_words.wanted(request.GET.get("lang", ""), accepted)
    if request.method != "POST":
        return _page(request, words)
    address = clients.address_of(request)
    if throttle.counted(_GUESS, address) >= GUESSES:
        return _page(request, words, status=429, problem=words["receipt_busy"])
    typed = request.POST.get("code", "")
    holder = receipts.find(typed)
    if holder is None:
        throttle.count(_GUESS, address)
        # Whether no slip has this code or none could have it: the sentence is the same.
        return _page(request, words, problem=words["receipt_unknown"], typed=typed[:40])
    return _opened(request, words, holder, typed)


def _opened(
    request: HttpRequest, words: Words, holder: Participant | FormResponse, typed: str
) -> HttpResponse:
    """The page of a slip, after what the pressed button asks for."""
    deed, now = request.POST.get("deed", ""), timezone.now()
    if deed == "stop":
        receipt_page.stop_printing(holder, at=now)
    elif deed == "erase for good":
        erasing.erase(holder, at=now)
    return _page(
        request,
        words,
        code=typed,
        page=receipt_page.build(holder, words),
        is_asked=deed == "erase" and holder.erased_on is None,
        is_stopped=deed == "stop",
    )


def _page(request: HttpRequest, words: Words, status: int = 200, **more: Any) -> HttpResponse:
    others = [guest_words.words(code) for code in guest_words.LANGUAGES if code != words.code]
    context = {"words": words, "others": others} | more
    response = render(request, "feedback/receipt.html", context, status=status)
    response["Content-Language"] = words.code
    return response
