"""Views translate: the list of forms, one form, and what is done to it as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import editing, listed, standard_questions
from feedback.focus_groups.forms.easy import NewForm, PlanForm, RuleForm
from feedback.focus_groups.models import EasyForm
from feedback.focus_groups.views.easy import conflicts

PER_PAGE = 25


@require_safe
def form_list(request: MemberRequest) -> HttpResponse:
    permissions.may_enter(request.user)
    at = timezone.now()
    page_obj = Paginator(listed.forms(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "rows": [listed.row(form, at) for form in page_obj.object_list],
        "rules": [(rule, listed.days_open(rule)) for rule in listed.rules(request.user)],
    }
    return render(request, "feedback/form_list.html", context)


@require_http_methods(["GET", "POST"])
def form_new(request: MemberRequest) -> HttpResponse:
    """From a template named in the address, or empty."""
    permissions.may_enter(request.user)
    chosen = request.POST.get("template", request.GET.get("template", "migrants"))
    form = NewForm(
        request.POST or None,
        user=request.user,
        today=clock.today_of(request.user),
        template=chosen,
    )
    if form.is_valid():
        made = editing.create(
            country=form.cleaned_data["country"],
            template=form.cleaned_data["template"],
            plan=form.plan,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The form is there. Look at its questions, then share it."))
        return redirect("form_detail", pk=made.pk)
    context = {
        "form": form,
        "templates": [(t.key, t.name) for t in standard_questions.TEMPLATES.values()],
        "chosen": chosen if standard_questions.template(chosen) else "",
    }
    return render(request, "feedback/form_new.html", context)


@require_safe
def form_detail(request: MemberRequest, pk: int) -> HttpResponse:
    form = get_object_or_404(listed.one(request.user), pk=pk)
    at = timezone.now()
    context = {
        "form": form,
        "is_rule": listed.is_rule(form),
        "state": listed.state(form, at),
        "standing": listed.standing(form, at),
        "rows": listed.questions(form),
        "days_open": listed.days_open(form),
        "rights": listed.rights(request.user, form),
        "is_locked": form.answered,
    }
    return render(request, "feedback/form_detail.html", context)


@require_http_methods(["GET", "POST"])
def form_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """What stands around the questions: title, version, languages, days."""
    row = get_object_or_404(listed.one(request.user), pk=pk)
    permissions.may_plan(request.user, row.country_id)
    form = PlanForm.of(row, request.user, request.POST or None)
    if form.is_valid():
        try:
            editing.change(
                form_id=pk,
                plan=form.plan,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            row.refresh_from_db()
            stored = PlanForm.of(row, request.user)
            return conflicts.page(request, stored, form, seen=editing.seen_of(row), back=row)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The form is saved."))
            return redirect("form_detail", pk=pk)
    seen = request.POST.get("seen") or editing.seen_of(row)
    return render(request, "feedback/form_edit.html", {"form": form, "row": row, "seen": seen})


@require_POST
def form_copy(request: MemberRequest, pk: int) -> HttpResponse:
    _form(request, pk)
    made = editing.copy(form_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("This is a copy, open from today; its questions can be changed."))
    return redirect("form_detail", pk=made.pk)


@require_POST
def form_close(request: MemberRequest, pk: int) -> HttpResponse:
    _form(request, pk)
    editing.close(form_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The form is closed: nobody can answer it any more."))
    return redirect("form_detail", pk=pk)


@require_POST
def form_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """A form without answers, or a rule."""
    form = _form(request, pk)
    try:
        editing.delete(form_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("form_detail", pk=pk)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": form.title})
    return redirect("form_list")


@require_http_methods(["GET", "POST"])
def form_rule(request: MemberRequest) -> HttpResponse:
    """The rule of surveys that open by themselves after a release."""
    permissions.may_enter(request.user)
    form = RuleForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            made = editing.make_rule(**form.cleaned_data, by=request.user, at=timezone.now())
        except editing.RuleTaken as error:
            form.add_error("release_days", str(error))
        else:
            messages.success(request, _("From now on such a survey opens after each release."))
            return redirect("form_detail", pk=made.pk)
    return render(request, "feedback/form_rule.html", {"form": form})


def _form(request: MemberRequest, pk: int) -> EasyForm:
    return get_object_or_404(EasyForm.objects.visible_to(request.user), pk=pk)
