"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import calibration, rubric_editing, rubric_page, rubrics, seen
from feedback.reviews.forms.rubrics import CriterionForm, RubricForm, said
from feedback.reviews.models import Criterion, Rubric


@require_safe
def rubric_list(request: MemberRequest) -> HttpResponse:
    context = {
        "rows": rubric_page.listed(),
        "missing": rubric_page.missing_templates(),
        "may_edit": permissions.may_edit_rubrics.allows(request.user),
    }
    return render(request, "feedback/rubric_list.html", context)


@require_POST
def rubric_templates(request: MemberRequest) -> HttpResponse:
    """Writes down the platform's own rubrics that are missing."""
    permissions.may_edit_rubrics(request.user)
    n = rubrics.write_down()
    text = ngettext("%(n)d rubric was added.", "%(n)d rubrics were added.", n)
    messages.success(request, text % {"n": n})
    return redirect("rubric_list")


@require_safe
def rubric_detail(request: MemberRequest, pk: int) -> HttpResponse:
    rubric = get_object_or_404(Rubric, pk=pk)
    rows = rubric_page.criteria(rubric)
    may_edit = permissions.may_edit_rubrics.allows(request.user)
    context = {
        "rubric": rubric,
        "rows": rows,
        "state": rubric_page.state(rubric),
        "use": rubric_page.use(rubric),
        "weights": rubric_page.weights(rows),
        "sample": calibration.sample_of(rubric.pk),
        "may_edit": may_edit,
        "is_open": may_edit and rubric.frozen_at is None,
    }
    return render(request, "feedback/rubric_detail.html", context)


@require_http_methods(["GET", "POST"])
def rubric_new(request: MemberRequest) -> HttpResponse:
    permissions.may_edit_rubrics(request.user)
    form = RubricForm(request.POST or None)
    if form.is_valid():
        try:
            made = rubric_editing.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except rubric_editing.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The rubric is there. Now add its criteria."))
            return redirect("rubric_detail", pk=made.pk)
    return render(request, "feedback/rubric_form.html", {"form": form, "rubric": None})


@require_http_methods(["GET", "POST"])
def rubric_edit(request: MemberRequest, pk: int) -> HttpResponse:
    rubric = get_object_or_404(Rubric, pk=pk)
    permissions.may_edit_rubrics(request.user)
    form = RubricForm.of(rubric, request.POST or None)
    if form.is_valid():
        try:
            rubric_editing.change(
                rubric_id=pk,
                **form.cleaned_data,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            rubric.refresh_from_db()
            return _conflict(request, RubricForm.of(rubric), form, rubric)
        except rubric_editing.NameTaken as error:
            form.add_error("name", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The rubric is saved."))
            return redirect("rubric_detail", pk=pk)
    context = {"form": form, "rubric": rubric, "seen": _seen(request, rubric)}
    return render(request, "feedback/rubric_form.html", context)


@require_POST
def rubric_revise(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(Rubric, pk=pk)
    made = rubric_editing.revise(rubric_id=pk, by=request.user, at=timezone.now())
    text = _("This is revision %(n)d. Rounds that run keep the one they were opened with.")
    messages.success(request, text % {"n": made.revision})
    return redirect("rubric_detail", pk=made.pk)


@require_POST
def rubric_retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Out of use, or with "retired" empty into use again."""
    get_object_or_404(Rubric, pk=pk)
    retired = request.POST.get("retired") != ""
    rubric_editing.retire(rubric_id=pk, retired=retired, by=request.user, at=timezone.now())
    said = _("No new round is opened with it any more.") if retired else _("It is in use again.")
    messages.success(request, said)
    return redirect("rubric_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def criterion_new(request: MemberRequest, pk: int) -> HttpResponse:
    rubric = get_object_or_404(Rubric, pk=pk)
    permissions.may_edit_rubrics(request.user)
    form = CriterionForm(request.POST or None)
    if form.is_valid():
        try:
            made = rubric_editing.add_criterion(
                rubric_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(code)s is added.") % {"code": made.code})
            return redirect("rubric_detail", pk=pk)
    context = {"form": form, "rubric": rubric, "criterion": None}
    return render(request, "feedback/criterion_form.html", context)


@require_http_methods(["GET", "POST"])
def criterion_edit(request: MemberRequest, pk: int) -> HttpResponse:
    criterion = _criterion(pk)
    permissions.may_edit_rubrics(request.user)
    form = CriterionForm.of(criterion, request.POST or None)
    if form.is_valid():
        try:
            rubric_editing.change_criterion(
                criterion_id=pk,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ChangedMeanwhile:
            criterion.refresh_from_db()
            return _conflict(request, CriterionForm.of(criterion), form, criterion)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": criterion.code})
            return redirect("rubric_detail", pk=criterion.rubric_id)
    context = {"form": form, "rubric": criterion.rubric, "criterion": criterion}
    context["seen"] = _seen(request, criterion)
    return render(request, "feedback/criterion_form.html", context)


@require_POST
def criterion_move(request: MemberRequest, pk: int) -> HttpResponse:
    """One place up, or with "direction" = "down" one place down."""
    criterion = _criterion(pk)
    is_up = request.POST.get("direction") != "down"
    try:
        rubric_editing.move_criterion(criterion_id=pk, up=is_up, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("rubric_detail", pk=criterion.rubric_id)


@require_POST
def criterion_delete(request: MemberRequest, pk: int) -> HttpResponse:
    criterion = _criterion(pk)
    try:
        rubric_editing.delete_criterion(criterion_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(text)s” is taken out.") % {"text": criterion.text})
    return redirect("rubric_detail", pk=criterion.rubric_id)


def _seen(request: MemberRequest, row: Rubric | Criterion) -> str:
    """The mark of what the form was opened with, also when it comes back with a sentence."""
    return request.POST.get("seen") or seen.mark(row)


def _conflict(
    request: MemberRequest, stored: Form, typed: Form, row: Rubric | Criterion
) -> HttpResponse:
    """Both texts beside each other, and a button that saves what was typed all the same."""
    pairs = [(field, typed[field.name]) for field in stored]
    context = {
        "rubric": row if isinstance(row, Rubric) else row.rubric,
        "rows": [
            {"label": one.label, "stored": said(one), "typed": said(other)}
            for one, other in pairs
            if said(one) != said(other)
        ],
        "fields": [(name, text) for name in typed.fields for text in request.POST.getlist(name)],
        "seen": seen.mark(row),
    }
    return render(request, "feedback/rubric_conflict.html", context, status=409)


def _criterion(pk: int) -> Criterion:
    return get_object_or_404(Criterion.objects.select_related("rubric"), pk=pk)
