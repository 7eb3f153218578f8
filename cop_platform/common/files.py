"""Private files as answers: the reader's right is checked before, the browser gets bytes only."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

# A document runs nothing and loads nothing, whatever is inside.
POLICY = "default-src 'none'; sandbox"


def private_response(
    file: FieldFile, *, name: str, media_type: str, inline: bool = False
) -> HttpResponseBase:
    """The bytes of a stored file under the name `name`; Http404 when they are gone.

    With X_ACCEL_PREFIX set the web server in front sends the bytes itself.
    """
    stored = file.name or ""
    if not stored or not file.storage.exists(stored):
        raise Http404
    prefix = getattr(settings, "X_ACCEL_PREFIX", "").rstrip("/")
    if prefix:
        response: HttpResponseBase = HttpResponse()
        response["X-Accel-Redirect"] = f"{prefix}/{quote(stored)}"
    else:
        response = FileResponse(file.open("rb"))
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    # The bytes are the ones that were hashed; nothing on the way may pack them differently.
    response["Content-Encoding"] = "identity"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def private_bytes(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Bytes that were made for this reader, under the name `name`, and kept nowhere."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
