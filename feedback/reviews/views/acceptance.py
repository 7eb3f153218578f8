"""The answer of an expert who is asked: the card of the material, accept, decline."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews.domain import acceptance, identity
from feedback.reviews.forms.acceptance import AcceptForm, DeclineForm
from feedback.reviews.models import Assignment


def request_page(
    request: MemberRequest, assignment: Assignment, form: AcceptForm | None = None
) -> HttpResponse:
    """The card of the material in the place of the desk, or why no answer is needed any more."""
    context = {
        "assignment": assignment,
        "card": acceptance.card(assignment, request.user, timezone.now()),
        "form": form or _form(assignment),
    }
    return render(request, "feedback/review_request.html", context)


@require_POST
def review_accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the review on; the desk opens."""
    assignment = _own(request, pk)
    form = _form(assignment, request.POST)
    if form.is_valid():
        try:
            acceptance.accept(
                assignment_id=pk, reads_language=form.reads(), by=request.user, at=timezone.now()
            )
        except acceptance.LanguageUnread as error:
            form.add_error("reads_language", str(error))
        except NotPossible:
            return redirect(assignment)  # the page there says how things stand
        else:
            messages.success(request, _("Thank you for taking it on. The material is open."))
            return redirect(assignment)
    return request_page(request, assignment, form)


@require_http_methods(["GET", "POST"])
def review_decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Gives a review back with a reason; that may be a conflict of interest."""
    assignment = _own(request, pk)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            acceptance.decline(
                assignment_id=pk,
                reason=said["reason"],
                has_conflict=said["has_conflict"],
                reads_language=False if said["unread"] else None,
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you for telling us. Nothing is left to do for you."))
            return redirect(assignment)
    card = acceptance.card(assignment, request.user, timezone.now())
    context = {"assignment": assignment, "card": card, "form": form}
    return render(request, "feedback/review_decline.html", context)


def _form(assignment: Assignment, data: QueryDict | None = None) -> AcceptForm:
    return AcceptForm(data, language=assignment.round.version.get_language_display())


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.desk_of(request.user), pk=pk)
