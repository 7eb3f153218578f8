"""The project's words: a list to search in, a form, and the words of one document."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import glossary, glossary_page
from materials.domain import glossary_csv as glossary_csv_file
from materials.forms.glossary import GlossaryFilterForm, TermForm, initial_of
from materials.models import GlossaryTerm, Version
from materials.querysets import GlossaryQuerySet

PER_PAGE = 50


@require_safe
def glossary_list(request: MemberRequest) -> HttpResponse:
    form, terms = _asked_for(request)
    page_obj = Paginator(terms.with_words(), PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page_obj": page_obj,
        "entries": glossary_page.entries(
            page_obj.object_list, glossary_page.language_of(request.user)
        ),
        "may_edit": permissions.may_edit_glossary.allows(request.user),
        "query": kept.urlencode(),
    }
    return render(request, "materials/glossary_list.html", context)


@require_safe
def glossary_csv(request: MemberRequest) -> HttpResponseBase:
    """What the list shows, on all its pages."""
    _form, terms = _asked_for(request)
    response = StreamingHttpResponse(glossary_csv_file.lines(terms), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return response


def _asked_for(request: MemberRequest) -> tuple[GlossaryFilterForm, GlossaryQuerySet]:
    form = GlossaryFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    terms = GlossaryTerm.objects.visible_to(request.user)
    language = form.cleaned_data["language"]
    if form.cleaned_data["q"]:
        terms = terms.containing(glossary.key_of(form.cleaned_data["q"], language))
    if language:
        terms = terms.named_in(language)
    return form, terms


@require_http_methods(["GET", "POST"])
def term_new(request: MemberRequest) -> HttpResponse:
    permissions.may_edit_glossary(request.user)
    form = TermForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            glossary.add_term(
                source=form.cleaned_data["source"],
                words=form.words(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            _show(form, error)
        else:
            messages.success(request, _("The term is in the glossary."))
            return redirect("glossary_list")
    return render(request, "materials/glossary_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def term_edit(request: MemberRequest, pk: int) -> HttpResponse:
    terms = GlossaryTerm.objects.visible_to(request.user).with_words()
    term = get_object_or_404(terms, pk=pk)
    permissions.may_edit_glossary(request.user)
    bound = request.method == "POST"
    form = TermForm(request.POST) if bound else TermForm(initial=initial_of(term))
    is_conflict = False
    if form.is_bound and form.is_valid():
        try:
            glossary.change_term(
                term_id=pk,
                edition=form.cleaned_data["edition"] or 0,
                source=form.cleaned_data["source"],
                words=form.words(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            is_conflict = isinstance(error, glossary.TermChangedMeanwhile)
            _show(form, error)
        else:
            messages.success(request, _("The term is changed."))
            return redirect("glossary_list")
    context = {"form": form, "term": term, "is_conflict": is_conflict}
    status = 409 if is_conflict else 200
    return render(request, "materials/glossary_form.html", context, status=status)


@require_POST
def term_delete(request: MemberRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(GlossaryTerm.objects.visible_to(request.user), pk=pk)
    permissions.may_edit_glossary(request.user)
    edition = request.POST.get("edition", "")
    try:
        glossary.delete_term(
            term_id=term.pk,
            edition=int(edition) if edition.isascii() and edition.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The term is taken away."))
    return redirect("glossary_list")


@require_safe
def version_words(request: MemberRequest, pk: int) -> HttpResponse:
    """A page of its own, which the reading view shows in its place when it is opened there."""
    versions = Version.objects.visible_to(request.user).select_related("material")
    version = get_object_or_404(versions, pk=pk)
    found = glossary_page.in_document(version, glossary_page.language_of(request.user))
    context = {"version": version, "found": found}
    return render(request, "materials/version_words.html", context)


def _show(form: TermForm, error: NotPossible) -> None:
    """Puts a refusal of the domain beside the word it is about."""
    field = f"word_{error.language}" if isinstance(error, glossary.WordTaken) else None
    form.add_error(field, str(error))
