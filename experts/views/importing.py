"""A list of experts, looked at first and then written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import expert_lists, importing
from experts.forms.importing import ConfirmImportForm, ImportForm
from experts.requests import MemberRequest

IMPORT_ERRORS_SHOWN, IMPORT_ROWS_SHOWN = 100, 50


@require_http_methods(["GET", "HEAD", "POST"])
def person_import(request: MemberRequest) -> HttpResponse:
    """A list of experts: looked at first, cell by cell, and written only after a second click."""
    permissions.may_import(request.user)
    if "sealed" in request.POST:
        return _confirm_import(request)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    context: dict[str, object] = {"form": form, "columns": expert_lists.COLUMNS}
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
    try:
        if table is None:
            raise NotPossible(_("This list is too old. Please choose the file once more."))
        outcome = importing.run(table=table, by=request.user, at=timezone.now())
        if outcome.errors:
            raise NotPossible(_("Something changed meanwhile. Please look at the list again."))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("person_import")
    text = _("%(created)d people were added and %(updated)d were brought up to date.")
    messages.success(request, text % {"created": outcome.created, "updated": outcome.updated})
    return redirect("person_list")
