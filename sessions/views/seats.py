"""How many seats there are, and taking a deed back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.models import Country
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import guest_log, seat_limits, undo
from sessions.forms.guests import SeatsForm
from sessions.models import CopSession, UndoWindow


@require_http_methods(["GET", "HEAD", "POST"])
def session_seats(request: MemberRequest, pk: int) -> HttpResponse:
    """Seats in all and by country, and who waits in which order."""
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    limits = dict(session.country_seats.values_list("country__code", "seats"))
    initial = {f"seats_{code}": number for code, number in limits.items()}
    form = SeatsForm(
        request.POST or None,
        initial=initial | {"capacity": session.capacity},
        countries=list(Country.objects.visible_to(request.user)),
    )
    if form.is_valid():
        try:
            seat_limits.change_seats(
                session_id=pk,
                capacity=form.cleaned_data["capacity"],
                by_country=form.by_country(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seats were saved."))
            return redirect(session)
    now = timezone.now()
    invitations = list(session.invitations.select_related("person__country"))
    lines = [line for line in guest_log.lines(invitations, [], now) if line.place]
    context = {
        "session": session,
        "form": form,
        "seats": guest_log.panel(session, invitations, session.country_seats.all(), now),
        "line": sorted(lines, key=lambda line: line.place or 0),
    }
    return render(request, "sessions/session_seats.html", context)


@require_http_methods(["POST"])
def session_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a deed on a session or a series back, while nobody was told of it."""
    windows = UndoWindow.objects.visible_to(request.user).select_related("session", "series")
    window = get_object_or_404(windows, pk=pk)
    try:
        undo.undo(window_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Nobody was told anything."))
    about = window.series or window.session
    assert about is not None  # the database keeps one of them
    return redirect(about)
