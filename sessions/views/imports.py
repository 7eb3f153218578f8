"""Sessions out of a calendar file: a preview, then the import."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions.domain import imports
from sessions.forms.imports import ImportForm


@require_http_methods(["GET", "HEAD", "POST"])
def session_import(request: MemberRequest) -> HttpResponse:
    """A file is shown first; only the second button writes, from the text that was shown."""
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        text, cop = form.cleaned_data["text"], form.cleaned_data["cop"]
        try:
            if "confirm" in request.POST:
                return _run(request, form)
            lines = imports.preview(text, cop=cop, user=request.user)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            good = sum(len(line.row.occurrences) for line in lines if line.row.is_good)
            context |= {"lines": lines, "good": good, "text": text, "cop": cop}
            context["kind"] = form.cleaned_data["kind"]
    return render(request, "sessions/session_import.html", context)


def _run(request: MemberRequest, form: ImportForm) -> HttpResponse:
    made = imports.run(
        form.cleaned_data["text"],
        cop=form.cleaned_data["cop"],
        kind=form.cleaned_data["kind"],
        by=request.user,
        at=timezone.now(),
    )
    text = ngettext(
        "%(n)d session was imported. Nobody is invited yet.",
        "%(n)d sessions were imported. Nobody is invited yet.",
        len(made),
    )
    messages.success(request, text % {"n": len(made)})
    return redirect(made[0] if len(made) == 1 else "session_list")
