"""What a browser may keep of one person: by whose word it is named, and when it is thrown away."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

# The worker reads this header of a desk: by whom it may be kept. A desk without it is not kept.
COPY_HEADER = "Desk-Copy"
_BYTES = 15
KeptSource = Callable[[Any], Iterable[str]]
_sources: list[KeptSource] = []


def word(user: Any) -> str:
    """The word that names all that this person's browser keeps; says nothing about the person."""
    message = f"device\n{user.pk}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `device`, the reader's word; empty for people who are not signed in."""
    user = getattr(request, "user", None)
    return {"device": word(user) if user is not None and user.is_authenticated else ""}


def register(source: KeptSource) -> None:
    """Adds a room whose desks may be kept; called with the user, in AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def kept(user: Any) -> list[str]:
    """The desks of all such rooms of which this person's browser may keep copies."""
    return [desk for source in _sources for desk in source(user)]


def end_switched_off(request: HttpRequest) -> None:
    """Ends the log-in of an account that was switched off, and with it what its browser keeps.

    Such a log-in is still in the session though nobody is signed in; one that ran out is not.
    """
    if SESSION_KEY in request.session:
        request.session.flush()
        _forget(request)


@receiver(user_logged_out)
def _forget(request: HttpRequest, **_more: Any) -> None:
    if request is not None:
        request.forgets_device = True  # type: ignore[attr-defined]


class ForgetDeviceMiddleware:
    """Tells the browser to throw away all that it keeps of us, where `_forget` was called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "forgets_device", False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
