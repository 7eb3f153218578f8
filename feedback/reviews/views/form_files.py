"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.files import private_bytes
from cop_platform.common.refusals import NotPossible
from experts.domain import mail_words
from experts.requests import MemberRequest
from feedback.reviews.domain import desk, identity, page
from feedback.reviews.domain.form_files import document, intake, shapes, workbook
from feedback.reviews.forms.desk import DraftForm
from feedback.reviews.forms.form_files import FormFileForm, ReadForm
from feedback.reviews.models import Assignment
from materials.enums import DOCX, XLSX, Format


@require_safe
def review_form_docx(request: MemberRequest, pk: int) -> HttpResponse:
    assignment = _own(request, pk)
    return _download(assignment, document.write(_form(request, assignment)), DOCX)


@require_safe
def review_form_xlsx(request: MemberRequest, pk: int) -> HttpResponse:
    assignment = _own(request, pk)
    return _download(assignment, workbook.write(_form(request, assignment)), XLSX)


def _form(request: MemberRequest, assignment: Assignment) -> shapes.Form:
    """In the language in which the platform writes to this person."""
    return shapes.of(assignment, mail_words.spoken(request.user.person.language))


@require_http_methods(["GET", "POST"])
def review_form(request: MemberRequest, pk: int) -> HttpResponse:
    """Forms to download; a filled-in one is read and shown, nothing is saved yet."""
    assignment = _own(request, pk)
    form = FormFileForm(request.POST or None, request.FILES or None)
    context = {"assignment": assignment, "form": form}
    if form.is_valid():
        try:
            typed = intake.read(
                name=form.cleaned_data["file"].name,
                data=form.data_of_file(),
                assignment=assignment,
                by=request.user,
            )
        except NotPossible as error:
            form.add_error("file", str(error))
        else:
            context |= _shown(request, assignment, typed)
    return render(request, "feedback/review_form.html", context)


def _shown(request: MemberRequest, assignment: Assignment, typed: intake.Typed) -> dict:
    """What was read as the desk would show it, with what is wrong beside each field."""
    checked = _checked(assignment, typed)
    shown = page.desk(
        assignment,
        request.user,
        timezone.now(),
        typed=checked.raw(),
        errors=checked.sentences(),
    )
    return {
        "shown": shown,
        "rows": [row for row in shown.rows if row.key[1:] in typed],
        "faults": len(checked.errors),
        "sealed": ReadForm.seal(typed, assignment, request.user, shown.revision),
    }


@require_POST
def review_form_save(request: MemberRequest, pk: int) -> HttpResponse:
    """What was shown goes into the draft; what cannot be stored is left out of it."""
    assignment = _own(request, pk)
    form = ReadForm(request.POST)
    opened = form.opened(assignment, request.user) if form.is_valid() else None
    if opened is None:
        messages.error(request, _("Upload the form once more; what was read is too old."))
        return redirect("review_form", pk=pk)
    typed, revision = opened
    try:
        desk.save_draft(
            assignment_id=pk,
            typed=_checked(assignment, typed).typed(),
            revision=revision,
            writer="",
            by=request.user,
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("review_form", pk=pk)
    messages.success(request, _("What the form says is in your draft. Nothing was sent yet."))
    return redirect(assignment)


def _checked(assignment: Assignment, typed: intake.Typed) -> DraftForm:
    fields = {f"c{key}-{name}": text for key, some in typed.items() for name, text in some.items()}
    form = DraftForm(fields, criteria=assignment.round.rubric.criteria.all())
    form.full_clean()
    return form


def _download(assignment: Assignment, content: bytes, kind: Format) -> HttpResponse:
    version = assignment.round.version
    name = f"review-{version.material.code}-v{version.number}.{kind.extension}"
    return private_bytes(content, name=name, media_type=kind.media_type)


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.desk_of(request.user), pk=pk)
