"""Files that come in pieces, over the tus protocol (1.0.0: core, creation, termination)."""

from __future__ import annotations

import base64
import binascii

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import incoming, quota, store
from materials.domain.homes import home_of
from materials.domain.intake import accepted_formats
from materials.enums import FORMATS
from materials.models import IncomingFile

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
_LONGEST_NUMBER = 15
_STATUS = {incoming.NotThere: 409, incoming.InUse: 423, store.StoreFull: 507}


@require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])
def incoming_list(request: MemberRequest) -> HttpResponse:
    """The page of somebody's files that wait for more bytes or for words; POST announces one."""
    permissions.may_upload(request.user)
    if request.method == "OPTIONS":
        return _abilities()
    if request.method == "POST":
        return _wrong_version(request) or _announce(request)
    context = {"files": IncomingFile.objects.visible_to(request.user), **zone(request)}
    return render(request, "materials/incoming_list.html", context)


def zone(request: MemberRequest) -> dict[str, object]:
    """What the place to drop files on shows: what is taken, how much room there is."""
    return {
        "formats": accepted_formats(),
        "endings": ",".join(f".{ending}" for entry in FORMATS for ending in entry.extensions),
        "room": quota.room(home_of(request.user)),
        "piece": settings.MAX_CHUNK_BYTES,
    }


def incoming_file(request: MemberRequest, key: str) -> HttpResponse:
    """One file of the sender's own: how far it came, its next piece, or its end."""
    row = get_object_or_404(IncomingFile.objects.visible_to(request.user), key=key)
    deeds = {"HEAD": _tell, "PATCH": _take_piece, "DELETE": _end}
    if request.method not in deeds:
        return HttpResponseNotAllowed(deeds)
    return _wrong_version(request) or deeds[request.method](request, row)


def _announce(request: MemberRequest) -> HttpResponse:
    size, name = _number(request, "Upload-Length"), _file_name(request)
    if size is None or name is None:
        return _said(_("The upload does not say how large the file is, or its name."), 400)
    try:
        row = incoming.announce(name=name, size=size, by=request.user, at=timezone.now())
    except NotPossible as error:
        return _said(str(error), _STATUS.get(type(error), 422))
    answer = _said("", 201)
    answer["Location"] = reverse("incoming_file", args=[row.key])
    return answer


def _tell(_request: MemberRequest, row: IncomingFile) -> HttpResponse:
    answer = _said("", 200)
    answer["Upload-Offset"], answer["Upload-Length"] = str(row.received), str(row.size)
    return answer


def _take_piece(request: MemberRequest, row: IncomingFile) -> HttpResponse:
    offset, length = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if request.content_type != PIECE:
        return _said(_("A piece of a file is sent as %(kind)s.") % {"kind": PIECE}, 415)
    if offset is None or length is None:
        return _said(_("The piece does not say where it belongs."), 400)
    if length > settings.MAX_CHUNK_BYTES:
        return _said(_("This piece is larger than pieces may be."), 413)
    try:
        received = incoming.append(
            incoming=row, offset=offset, body=request, length=length, at=timezone.now()
        )
    except NotPossible as error:
        return _said(str(error), _STATUS[type(error)])
    answer = _said("", 204)
    answer["Upload-Offset"] = str(received)
    return answer


def _end(_request: MemberRequest, row: IncomingFile) -> HttpResponse:
    incoming.remove(incoming=row)
    return _said("", 204)


def _wrong_version(request: MemberRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    answer = _said(_("This page takes files by the tus protocol 1.0.0."), 412)
    answer["Tus-Version"] = VERSION
    return answer


def _abilities() -> HttpResponse:
    answer = _said("", 204)
    answer["Tus-Version"] = VERSION
    answer["Tus-Extension"] = "creation,termination"
    answer["Tus-Max-Size"] = str(max(entry.max_bytes for entry in FORMATS))
    return answer


def _said(sentence: str, status: int) -> HttpResponse:
    """An answer of the protocol; a refusal is a sentence that is shown as it stands."""
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    answer["Tus-Resumable"] = VERSION
    answer["Cache-Control"] = "no-store"
    return answer


def _number(request: MemberRequest, header: str) -> int | None:
    typed = request.headers.get(header, "")
    usable = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER
    return int(typed) if usable else None


def _file_name(request: MemberRequest) -> str | None:
    """The name in the header Upload-Metadata: pairs of a key and a value in base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _blank, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, ValueError):
                return None
    return None
