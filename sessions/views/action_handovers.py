"""Promises of one person go to another in one act, and can be taken back for a while."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.models import Person
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain.actions import handing_over, page
from sessions.domain.actions.writing import ForeignOwner
from sessions.forms.actions import HandOverForm
from sessions.models import ActionHandOver, ActionItem


@require_http_methods(["GET", "HEAD", "POST"])
def action_handover(request: MemberRequest, pk: int) -> HttpResponse:
    """The open actions of a person, all of them chosen."""
    before = get_object_or_404(handing_over.owners(request.user), pk=pk)
    actions = handing_over.open_of(before, request.user)
    permissions.may_hand_over(request.user, actions)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, user=request.user, actions=actions
    )
    if form.is_bound and form.is_valid():
        try:
            done = handing_over.hand_over(
                before=before,
                after=form.cleaned_data["owner"],
                action_ids=form.cleaned_data["actions"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("owner" if isinstance(error, ForeignOwner) else None, str(error))
        else:
            messages.success(request, _("They are handed over."))
            return redirect(done)
    context = {"form": form, "before": before, "has_left": _has_left(before)}
    return render(request, "sessions/action_handover.html", context)


@require_safe
def action_handed(request: MemberRequest, pk: int) -> HttpResponse:
    """What went over, and the way back while there is one."""
    done = _done(request, pk)
    seen = ActionItem.objects.visible_to(request.user).filter(pk__in=done.actions.values("pk"))
    actions = list(seen.with_people().order_by("due_on", "pk"))
    seconds = handing_over.seconds_left(done, timezone.now())
    context = {
        "done": done,
        "rows": page.rows(actions, clock.today_of(request.user)),
        "seconds": seconds,
        "may_undo": seconds > 0 and permissions.may_take_back.allows(request.user, done, actions),
    }
    return render(request, "sessions/action_handed.html", context)


@require_POST
def action_handed_undo(request: MemberRequest, pk: int) -> HttpResponse:
    done = _done(request, pk)
    try:
        handing_over.undo(hand_over_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        said = _("Taken back: the actions are those of %(name)s again, and nobody was told.")
        messages.success(request, said % {"name": done.before.name})
    return redirect(done)


def _done(request: MemberRequest, pk: int) -> ActionHandOver:
    seen = ActionHandOver.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("before", "after", "by"), pk=pk)


def _has_left(person: Person) -> bool:
    return Person.objects.left().filter(pk=person.pk).exists()
