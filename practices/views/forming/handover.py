"""Handing a community over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.models import CommunityOfPractice
from experts.requests import MemberRequest
from practices.domain.forming import clock, handing_over
from practices.forms.forming_handover import HandOverForm


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """What is open, and who looks after it from a day on."""
    shown = CommunityOfPractice.objects.visible_to(request.user).select_related("country")
    cop, at = get_object_or_404(shown, pk=pk), timezone.now()
    permissions.may_write_charter(request.user, cop)
    posted = request.POST if request.method == "POST" else None
    initial = {"on": clock.day_of(cop, at), "before": request.user.person}
    form = HandOverForm(posted, cop=cop, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            handing_over.hand_over(cop_id=pk, by=request.user, at=at, **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is handed over; both get a mail."))
            return redirect("charter_list")
    context = {
        "cop": cop,
        "form": form,
        "things": list(handing_over.open_things(cop, at)),
        "agreed": cop.handovers.select_related("before", "after").filter(done_at=None).first(),
    }
    return render(request, "practices/forming_handover.html", context)
