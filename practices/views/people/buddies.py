"""Buddies of newcomers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.models import Person
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.people import buddies
from practices.forms.people import BuddyForm


def buddy_list(request: MemberRequest) -> HttpResponse:
    """Newcomers without a buddy, with suggestions, and those who have one."""
    context = {
        "waiting": buddies.waiting(request.user, timezone.now()),
        "settled": buddies.settled(request.user),
    }
    return render(request, "practices/people_buddies.html", context)


@require_http_methods(["POST"])
def person_buddy(request: MemberRequest, pk: int) -> HttpResponse:
    """Settles who is a newcomer's buddy."""
    newcomer = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    permissions.may_settle_buddy(request.user, newcomer)
    form = BuddyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a person."))
    else:
        _settle(request, newcomer, form.cleaned_data["buddy"])
    return redirect("welcome" if newcomer.user_id == request.user.pk else "buddy_list")


def _settle(request: MemberRequest, newcomer: Person, buddy_id: int) -> None:
    try:
        made = buddies.settle(
            newcomer_id=newcomer.pk, buddy_id=buddy_id, by=request.user, at=timezone.now()
        )
    except buddies.NoBuddy as error:
        messages.error(request, str(error))
    else:
        text = _("%(buddy)s is the buddy of %(newcomer)s now. Both get a mail.")
        names = {"buddy": made.buddy.name, "newcomer": newcomer.name}
        messages.success(request, text % names)
