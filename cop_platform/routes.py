"""The route register at work: `register` lists every address, and here each is held to it.

The register is enforced, not only written: a route that is not listed does not exist (404), and
one that is listed opens for its audience alone. Which objects somebody sees there is decided by
`visible_to` in the app the route belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

from cop_platform.common import device
from cop_platform.common.routes import Audience, Route
from cop_platform.register import REGISTER

__all__ = ["REGISTER", "PageLanguageMiddleware", "RouteGuardMiddleware", "find"]

_ADMIN = Route(Audience.OPERATOR)


def find(view_name: str) -> Route | None:
    """The register's line for a view name; Django's admin is one block for the operator."""
    return _ADMIN if view_name.startswith("admin:") else REGISTER.get(view_name)


class RouteGuardMiddleware:
    """Opens a route for its audience and closes it for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        match = request.resolver_match
        route = find(match.view_name) if match else None
        if route is None:
            raise Http404
        refused = _admit(request, route.audience)
        if refused is None and request.user.is_authenticated:
            # Every clock a template shows is the reader's own.
            timezone.activate(request.user.person.zone)
        return refused


def _admit(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    if audience in {Audience.PUBLIC, Audience.GUEST}:
        return None
    if audience is Audience.DEMO:
        if settings.DEMO:
            return None
        raise Http404
    if audience is Audience.CLOSED:
        raise Http404
    if not request.user.is_authenticated:
        device.end_switched_off(request)
        return redirect_to_login(request.get_full_path())
    access = request.user.access
    allowed = {
        Audience.MEMBER: access.is_member,
        Audience.COORDINATOR: access.plans_sessions,
        Audience.OPERATOR: access.is_admin,
        Audience.PEOPLE_MANAGER: access.manages_people,
    }
    if not allowed[audience]:
        raise PermissionDenied(_("Your role does not open this page."))
    return None


class PageLanguageMiddleware:
    """The reader's language on pages that exist in it, English on the others.

    A page half in one language and half in another, in the wrong direction, helps nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Error pages are translated, so the reader's language holds until a route says otherwise.
        translation.activate(_wanted(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        match = request.resolver_match
        route = find(match.view_name) if match else None
        if route is not None and not route.translated:
            translation.activate(settings.LANGUAGE_CODE)


def _wanted(request: HttpRequest) -> str:
    # A guest's page carries its language in the address: it works without any cookie.
    chosen = request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    try:
        return get_supported_language_variant(chosen)
    except LookupError:
        return translation.get_language_from_request(request)
