"""The rooms of the countries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import rooms
from sessions.forms.rooms import NewRoomForm, RoomForm
from sessions.models import Room


@require_http_methods(["GET", "HEAD", "POST"])
def room_list(request: MemberRequest) -> HttpResponse:
    """The project's rooms, and a form for one more of a country one coordinates."""
    form = NewRoomForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            rooms.add_room(**form.cleaned_data, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The room was added."))
            return redirect("room_list")
    context = {
        "rooms": Room.objects.visible_to(request.user).select_related("country"),
        "own": set(Room.objects.run_by(request.user).values_list("pk", flat=True)),
        "form": form,
    }
    return render(request, "sessions/room_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def room_edit(request: MemberRequest, pk: int) -> HttpResponse:
    room = get_object_or_404(Room.objects.visible_to(request.user), pk=pk)
    permissions.may_keep_room(request.user, room.country_id)
    start = {"name": room.name, "address": room.address, "seats": room.seats}
    form = RoomForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            rooms.change_room(room_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The room was saved."))
            return redirect("room_list")
    return render(request, "sessions/room_edit.html", {"room": room, "form": form})
