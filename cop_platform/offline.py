"""The script that lets an opened desk work without a network."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SOURCE = settings.BASE_DIR / "static" / "js" / "desk_worker.js"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's source, from the top of the site: it sees the pages below its own address only.

    Asked for anew each time, so that a new release is there with the next page.
    """
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()
