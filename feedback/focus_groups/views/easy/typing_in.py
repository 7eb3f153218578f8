"""Views translate: sheets of paper are typed in, one screen a sheet."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups.domain.easy import answering, typing_in
from feedback.focus_groups.forms.typing_in import SheetForm
from feedback.focus_groups.models import EasyForm


@require_http_methods(["GET", "POST"])
def form_type_in(request: MemberRequest, pk: int) -> HttpResponse:
    """After saving, the receipt code of the sheet stands above the next one, and nowhere else."""
    found = EasyForm.objects.heard_by(request.user).select_related("country")
    row = get_object_or_404(found, pk=pk)
    at = timezone.now()
    questions = list(row.questions.all())
    language = request.GET.get("language", row.languages[0])
    day = _day(row, request.GET.get("day", ""))
    form = SheetForm(
        request.POST or None, form=row, questions=questions, language=language, day=day
    )
    code = ""
    if form.is_valid():
        try:
            code = typing_in.keep(
                form=row,
                sheet=form.sheet,
                secret=form.cleaned_data["secret"],
                by=request.user,
                at=at,
            )
        except typing_in.WrongDay as error:
            form.add_error("day", str(error))
        except answering.WrongValue:
            form.add_error(None, _("One of the numbers is not on its scale."))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            sheet = form.sheet
            form = SheetForm(form=row, questions=questions, language=sheet.language, day=sheet.day)
    context = {"row": row, "form": form, "code": code, "sheets": _sheets(row)}
    return render(request, "feedback/form_type_in.html", context)


def _day(row: EasyForm, typed: str) -> date:
    """The day in the address, else today or the last one that the form was open."""
    try:
        chosen = parse_date(typed)
    except ValueError:
        chosen = None
    return chosen or min(answering.today(row, timezone.now()), row.closes_on)


def _sheets(row: EasyForm) -> int:
    """How many sheets of the form were typed in."""
    return row.responses.finished().filter(is_paper=True).count()
