"""The figures of a table of ratings, for whoever brings one along."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from experts.requests import MemberRequest
from feedback.validation.domain.outcome import figures_document, figures_page
from feedback.validation.figures import whole
from feedback.validation.forms.figures import FiguresForm


@require_http_methods(["GET", "POST"])
def validation_figures(request: MemberRequest) -> HttpResponse:
    """The figures of a table that somebody brings along; nothing of it is kept."""
    posted = request.method == "POST"
    form = FiguresForm(request.POST, request.FILES) if posted else FiguresForm()
    context: dict[str, object] = {"form": form}
    if posted and form.is_valid():
        file = form.cleaned_data["ratings"]
        found = whole.of(file.table, form.cleaned_data["scale"], form.cleaned_data["level"])
        if request.POST.get("as") == "json":
            return _download(figures_document.build(file, found))
        context["page"] = figures_page.build(file, found)
    return render(request, "feedback/figures_form.html", context)


def _download(document: figures_document.Document) -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="figures.json"'
    return response
