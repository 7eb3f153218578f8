"""The log of help given."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.people import helping, wording
from practices.forms.people import HelpForm
from practices.models import HelpGiven

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def help_list(request: MemberRequest) -> HttpResponse:
    """One's own lines with their sums, and a form for one more."""
    permissions.may_contribute(request.user)
    now = timezone.now()
    today = to_wall(now, request.user.person.zone).date()
    form = HelpForm(
        request.POST or None,
        user=request.user,
        initial={"on": today, "minutes": 30},
    )
    if form.is_valid():
        try:
            helping.note(typed=helping.Typed(**form.cleaned_data), by=request.user, at=now)
        except helping.NotNoted as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, _("Noted. It counts in the sums, without your name."))
            return redirect("help_list")
    mine = HelpGiven.objects.visible_to(request.user)
    rows = mine.select_related("to_person", "to_country")
    sums = helping.sums(mine)
    context = {
        "form": form,
        "sums": sums,
        "whole_spent": wording.spent(helping.whole(sums)),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "practices/people_help.html", context)


@require_http_methods(["POST"])
def help_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a line of one's own out."""
    line = get_object_or_404(HelpGiven.objects.visible_to(request.user), pk=pk)
    helping.take_back(line_id=line.pk, by=request.user)
    messages.success(request, _("The line is out of your log."))
    return redirect("help_list")
