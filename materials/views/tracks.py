"""Captions and transcripts of films."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import tracks
from materials.forms.tracks import TrackForm
from materials.models import TextTrack, Version
from materials.views.reading import opened


@require_http_methods(["GET", "HEAD", "POST"])
def version_tracks(request: MemberRequest, pk: int) -> HttpResponse:
    version = opened(request, pk)
    permissions.may_edit(request.user, version.material)
    sent = request.method == "POST"
    form = TrackForm(request.POST, request.FILES) if sent else TrackForm(initial=_first(version))
    if form.is_valid():
        data = form.cleaned_data
        try:
            tracks.save_track(
                version_id=pk,
                kind=data["kind"],
                language=data["language"],
                text=data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("file" if data.get("file") else "text", str(error))
        else:
            messages.success(request, _("The text is stored and shown beside the film."))
            return redirect("version_tracks", pk)
    context = {"version": version, "form": form, "tracks": version.tracks.all()}
    return render(request, "materials/version_tracks.html", context)


@require_safe
def text_track(request: MemberRequest, pk: int) -> HttpResponse:
    """Captions as a browser's player wants them; readable by whoever may open the film."""
    readable = Version.objects.visible_to(request.user)
    track = get_object_or_404(TextTrack, pk=pk, version__in=readable)
    response = HttpResponse(track.text, content_type="text/vtt; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _first(version: Version) -> dict[str, str]:
    return {"language": version.language}
