"""One's own remarks, for the window they are written in: read, kept, taken away, downloaded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_clock, to_wall
from experts.requests import MemberRequest
from feedback.reviews.domain import annotations as notes
from feedback.reviews.domain import desk, identity, web_annotation
from feedback.reviews.domain.phases import RoundClosed
from feedback.reviews.forms.annotations import AnnotationForm, AnnotationKeyForm
from feedback.reviews.models import Assignment


@require_http_methods(["GET", "POST"])
def review_annotations(request: MemberRequest, pk: int) -> JsonResponse:
    """The own remarks; or keeps one, new or changed, and answers with it as it is stored."""
    assignment = _own(request, pk)
    if request.method == "GET":
        rows = notes.of(assignment)
        return JsonResponse({"annotations": [notes.as_data(row) for row in rows]})
    form = AnnotationForm(request.POST, criteria=assignment.round.rubric.criteria.all())
    if not form.is_valid():
        return JsonResponse({"error": form.sentence()}, status=400)
    try:
        kept = notes.save(
            assignment_id=pk,
            client_key=form.cleaned_data["client_key"],
            revision=form.cleaned_data["revision"],
            spot=form.spot(),
            remark=form.remark(),
            by=request.user,
        )
    except NotPossible as error:
        return _refused(error)
    return JsonResponse({"annotation": notes.as_data(kept), "saved": _now(request)})


@require_http_methods(["POST"])
def review_annotation_delete(request: MemberRequest, pk: int) -> JsonResponse:
    """Takes a remark away; the window may send it again to undo that."""
    _own(request, pk)
    form = AnnotationKeyForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": form.sentence()}, status=400)
    try:
        notes.delete(assignment_id=pk, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        return _refused(error)
    return JsonResponse({"saved": _now(request)})


@require_http_methods(["GET"])
def review_annotations_export(request: MemberRequest, pk: int) -> HttpResponse:
    """The own remarks as W3C Web Annotations."""
    assignment = _own(request, pk)
    version = assignment.round.version
    answer = JsonResponse(
        web_annotation.collection(assignment),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    file_name = f"{version.material.code}-v{version.number}-remarks.jsonld"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _refused(error: NotPossible) -> JsonResponse:
    """409 with the sentence; `over` when no remark is taken in any more."""
    body: dict[str, Any] = {"error": str(error)}
    if isinstance(error, notes.AnotherWindow):
        body["stored"] = notes.as_data(error.stored) if error.stored else None
    body["over"] = isinstance(error, desk.AlreadySent | RoundClosed)
    return JsonResponse(body, status=409)


def _now(request: MemberRequest) -> str:
    return say_clock(to_wall(timezone.now(), request.user.person.zone))


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.desk_of(request.user), pk=pk)
