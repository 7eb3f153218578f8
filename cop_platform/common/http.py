"""What every request and answer passes through."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


def error_page(status: int, message: str = "") -> HttpResponse:
    """The error page of a status, with the reason where one is known.

    Rendered without the request: neither a person nor the database is needed for it.
    """
    context = {"message": message, "plain": True}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


class CleanRequestMiddleware:
    """NUL and invalid UTF-8 in an address or a query end here as 400, before any view.

    So does, as 413, a request that announces more than any page takes: not a byte is written.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._unusable(request):
            return error_page(400)
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.MAX_REQUEST_BYTES:
            return error_page(413)
        return self.get_response(request)

    @staticmethod
    def _unusable(request: HttpRequest) -> bool:
        raw = request.META.get("QUERY_STRING", "") + request.path
        if "\x00" in raw or "%00" in raw or "\ufffd" in request.path:
            return True
        # Django decodes the query with "replace": the mark of a replaced byte tells on it.
        return any("\ufffd" in v for values in request.GET.lists() for v in values[1])

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        # Reading POST here would parse uploads before a view set its limits, so only plain forms.
        if request.content_type != "application/x-www-form-urlencoded":
            return None
        if any("\x00" in v for values in request.POST.lists() for v in values[1]):
            return error_page(400)
        return None


class ServiceUnavailableMiddleware:
    """A database that is away gives a 503 page with a promise, never a stack trace."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            logger.exception("The database did not answer.")
            return _unavailable()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, (OperationalError, InterfaceError)):
            logger.error("The database did not answer: %s", type(error).__name__)
            return _unavailable()
        if isinstance(error, (BadRequest, UnicodeEncodeError)) or _bad_value(error):
            return error_page(400)
        return None


def _bad_value(error: Exception) -> bool:
    """PostgreSQL refuses a value (class 22): the request was wrong, not the server."""
    cause = error.__cause__
    code = getattr(cause, "pgcode", "") or ""
    return isinstance(error, DatabaseError) and code.startswith("22")


def _unavailable() -> HttpResponse:
    response = error_page(503)
    response["Retry-After"] = "30"
    return response


class PrivatePagesMiddleware:
    """Pages of a person are never kept by a shared cache, and links of guests never leak."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        if request.path.startswith("/g/"):
            response["Referrer-Policy"] = "no-referrer"
        return response


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: whether this is the demo."""
    return {"is_demo": settings.DEMO}
