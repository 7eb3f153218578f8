"""The attendance list: names alone, for those who lead groups in the country."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_day
from experts.requests import MemberRequest
from feedback.focus_groups.domain.language_names import listed
from feedback.focus_groups.domain.planning import attendance
from feedback.focus_groups.forms.attendance import SIGN, TAKE_OUT, LineDeedForm, NamesForm
from feedback.focus_groups.models import FocusGroup

# Lines to sign on that nobody typed a name for.
BLANK_LINES = 4


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_list(request: MemberRequest, pk: int) -> HttpResponse:
    group = _heard(request, pk)
    form = NamesForm(request.POST or None)
    if form.is_valid():
        try:
            n = attendance.add_names(
                group_id=pk, names=form.cleaned_data["names"], by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error("names", str(error))
        else:
            text = ngettext("%(n)d name was added.", "%(n)d names were added.", n)
            messages.success(request, text % {"n": n})
            return redirect("attendance_list", pk=pk)
    lines = list(group.attendance.all())
    context = {
        "group": group,
        "form": form,
        "lines": lines,
        "signed": sum(line.has_signed for line in lines),
    }
    return render(request, "feedback/attendance_list.html", context)


@require_POST
def attendance_mark(request: MemberRequest, pk: int) -> HttpResponse:
    """Signed, not signed after all, or taken out."""
    group = _heard(request, pk)
    form = LineDeedForm(request.POST)
    known = form.is_valid() and group.attendance.filter(pk=form.cleaned_data["line"]).exists()
    if not known:
        messages.error(request, _("This name is not on the list any more."))
    else:
        _do(request, form.cleaned_data["line"], form.cleaned_data["deed"])
    return redirect("attendance_list", pk=pk)


def _do(request: MemberRequest, line_id: int, deed: str) -> None:
    if deed == TAKE_OUT:
        attendance.take_out(line_id=line_id, by=request.user, at=timezone.now())
        messages.success(request, _("The name is deleted."))
    else:
        attendance.mark_signed(
            line_id=line_id, has_signed=deed == SIGN, by=request.user, at=timezone.now()
        )


@require_safe
def attendance_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """The list to print and sign, with lines for those who come unannounced."""
    group = _heard(request, pk)
    lines = list(group.attendance.all())
    room = max(BLANK_LINES, group.most - len(lines))
    context = {
        "group": group,
        "lines": lines,
        "blanks": range(len(lines) + 1, len(lines) + room + 1),
        "day": say_day(group.session.wall_day),
        "languages": listed(group.languages),
    }
    return render(request, "feedback/attendance_sheet.html", context)


def _heard(request: MemberRequest, pk: int) -> FocusGroup:
    """A group whose people this person knows; of another country it does not exist for them."""
    found = FocusGroup.objects.heard_by(request.user)
    return get_object_or_404(found.select_related("session__room", "country"), pk=pk)
