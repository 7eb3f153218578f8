"""The library of kinds and methods."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import library, reminder_rules
from sessions.enums import Duty, Kind
from sessions.forms import agenda
from sessions.forms.library import KindForm, MethodForm, initial_of
from sessions.forms.planning import StepFormSet
from sessions.models import KindTemplate, Method


def library_list(request: MemberRequest) -> HttpResponse:
    order = list(Kind.values)
    kinds = sorted(
        KindTemplate.objects.visible_to(request.user), key=lambda entry: order.index(entry.kind)
    )
    context = {
        "kinds": [
            (
                entry,
                _duties(entry),
                [reminder_rules.say(r) for r in reminder_rules.read(entry.reminders)],
            )
            for entry in kinds
        ],
        "methods": Method.objects.visible_to(request.user),
        "may_edit": permissions.may_edit_library.allows(request.user),
    }
    return render(request, "sessions/library_list.html", context)


def _duties(entry: KindTemplate) -> list[str]:
    return [str(Duty(duty).label) for duty in entry.duties_needed]


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: MemberRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(KindTemplate.objects.visible_to(request.user), pk=pk)
    return _edit(request, entry, KindForm, library.save_kind, library.restore_kind, "template_id")


@require_http_methods(["GET", "HEAD", "POST"])
def method_edit(request: MemberRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Method.objects.visible_to(request.user), pk=pk)
    return _edit(
        request, entry, MethodForm, library.save_method, library.restore_method, "method_id"
    )


def _edit(
    request: MemberRequest, entry: Any, form_class: Any, save: Any, restore: Any, key: str
) -> HttpResponse:
    """Both kinds of entry are edited alike: words, rows, one button back to the standard."""
    permissions.may_edit_library(request.user)
    form, formset = _bound(request, entry, form_class)
    status = 200
    if request.method == "POST" and not agenda.is_deed(request.POST):
        deed: dict[str, Any] = {key: entry.pk, "by": request.user, "at": timezone.now()}
        # The standard needs nothing of what was typed but which version was seen.
        valid = all([form.is_valid(), formset.is_valid()])
        wants_standard = "standard" in request.POST
        try:
            if wants_standard and "version" in form.cleaned_data:
                restore(version=form.cleaned_data["version"], **deed)
            elif valid:
                content = form.content(formset.steps())
                save(version=form.cleaned_data["version"], content=content, **deed)
        except library.LibraryEditedMeanwhile as error:
            form.add_error(None, str(error))
            status = 409
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            if valid or wants_standard:
                messages.success(request, _("The template was saved."))
                return redirect("library_list")
    context = {"entry": entry, "form": form, "formset": formset, "conflict": status == 409}
    return render(request, "sessions/library_edit.html", context, status=status)


def _bound(request: MemberRequest, entry: Any, form_class: Any) -> tuple[Any, Any]:
    if request.method != "POST":
        initial, steps = initial_of(entry)
        return form_class(initial=initial), StepFormSet(initial=steps, prefix="steps")
    if agenda.is_deed(request.POST):
        draft = agenda.read(request.POST, {"duties_needed"})
        draft = agenda.apply(request.POST, draft, request.user)
        formset = StepFormSet(initial=draft.steps, prefix="steps")
        formset.extra = 0
        return form_class(initial=draft.values), formset
    return form_class(request.POST), StepFormSet(request.POST, prefix="steps")
