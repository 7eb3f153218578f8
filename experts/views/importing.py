"""A list of experts, looked at first and then written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import expert_lists, import_runs, importing
from experts.forms.importing import ConfirmImportForm, ImportForm
from experts.models import ImportRun
from experts.requests import MemberRequest

IMPORT_ERRORS_SHOWN, IMPORT_ROWS_SHOWN = 100, 50
RUNS_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
def person_import(request: MemberRequest) -> HttpResponse:
    """A list of experts: looked at first, cell by cell, and written only after a second click."""
    permissions.may_import(request.user)
    if "sealed" in request.POST:
        return _confirm_import(request)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    context: dict[str, object] = {"form": form, "columns": expert_lists.COLUMNS}
    context["runs"] = ImportRun.objects.visible_to(request.user).lately(timezone.now())[:RUNS_SHOWN]
    if form.is_valid():
        try:
            table = form.table()
            checked = importing.check(table, request.user)
        except NotPossible as error:
            form.add_error("file", str(error))
        else:
            context |= {
                "checked": checked,
                "errors": checked.errors[:IMPORT_ERRORS_SHOWN],
                "rows": checked.valid[:IMPORT_ROWS_SHOWN],
                "sealed": ConfirmImportForm.seal(table, request.user),
            }
    return render(request, "experts/person_import.html", context)


def _confirm_import(request: MemberRequest) -> HttpResponse:
    form = ConfirmImportForm(request.POST)
    table = form.table_for(request.user) if form.is_valid() else None
    if table is None:
        messages.error(request, _("This list is too old. Please choose the file once more."))
        return redirect("person_import")
    run = import_runs.request_run(
        table=table, token=form.cleaned_data["sealed"], by=request.user, at=timezone.now()
    )
    return redirect(run)


@require_safe
def import_run(request: MemberRequest, pk: int) -> HttpResponse:
    """How far an import is; asked by htmx, the moving part alone."""
    # The list itself may be long, and this page is asked for every second.
    found = ImportRun.objects.visible_to(request.user).defer("listing")
    run = get_object_or_404(found.prefetch_related("communities__country"), pk=pk)
    part = getattr(request, "htmx", False)
    template = "experts/_import_run.html" if part else "experts/import_run.html"
    return render(request, template, {"run": run})


@require_http_methods(["POST"])
def import_run_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    try:
        import_runs.cancel(run_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The work was stopped; nothing was written."))
    return redirect(run)
