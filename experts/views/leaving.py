"""When somebody leaves a community: written down, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_day
from experts import permissions
from experts.domain import memberships
from experts.forms.people import LastDayForm
from experts.models import Membership
from experts.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _found(request, pk)
    permissions.may_end_membership(request.user, membership.cop)
    rows = memberships.held(membership.person, membership.cop).select_related("cop")
    # At midnight it may have ended since it was found.
    held = list(rows) or [membership]
    [stay] = memberships.stays(held, reader=request.user)
    form = LastDayForm(request.POST or None, initial={"last_day": stay.last_day})
    if form.is_valid():
        try:
            memberships.leave(
                membership_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error("last_day", str(error))
        else:
            day = say_day(form.cleaned_data["last_day"])
            said = {"name": membership.person.name, "day": day}
            messages.success(request, _("%(name)s is a member until the end of %(day)s.") % said)
            return redirect(membership.person)
    roles = ", ".join(str(one.get_role_display()) for one in held)
    context = {"form": form, "person": membership.person, "stay": stay, "roles": roles}
    return render(request, "experts/membership_end.html", context)


@require_http_methods(["POST"])
def membership_stay(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _found(request, pk)
    memberships.stay(membership_id=pk, by=request.user, at=timezone.now())
    text = _("%(name)s stays: the last day was taken back.")
    messages.success(request, text % {"name": membership.person.name})
    return redirect(membership.person)


def _found(request: MemberRequest, pk: int) -> Membership:
    """One that holds today, of somebody whose card this person may open."""
    rows = Membership.objects.visible_to(request.user).current().select_related("person", "cop")
    return get_object_or_404(rows, pk=pk)
