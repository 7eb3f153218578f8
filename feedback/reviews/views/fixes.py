"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews.domain import fixes, identity
from feedback.reviews.forms.fixes import FixForm
from feedback.reviews.models import Assignment


@require_http_methods(["POST"])
def review_fixed(request: MemberRequest, pk: int) -> HttpResponse:
    """One click on "fixed?": JSON for the script of the desk, else the desk itself."""
    assignment = get_object_or_404(identity.own(request.user), pk=pk)
    form = FixForm(request.POST)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if not form.is_valid():
        return _answer(request, assignment, wants_json, error=form.sentence(), status=400)
    try:
        check = fixes.check(assignment_id=pk, by=request.user, **form.said())
    except NotPossible as error:
        return _answer(request, assignment, wants_json, error=str(error), status=409)
    if wants_json:
        return JsonResponse({"answer": check.answer, "said": _("Kept.")})
    return redirect(f"{assignment.get_absolute_url()}#remark-{check.annotation_id}")


def _answer(
    request: MemberRequest, assignment: Assignment, wants_json: bool, *, error: str, status: int
) -> HttpResponse:
    if wants_json:
        return JsonResponse({"error": error}, status=status)
    messages.error(request, error)
    return redirect(assignment)
