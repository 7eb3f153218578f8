"""Circles: the list, one of them, joining, leaving, its sessions."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from practices.domain.forming import circles
from practices.forms.forming_circles import CircleForm, CircleSessionForm
from practices.models import Circle
from practices.permissions import may_contribute
from practices.querysets import MembersQuerySet
from sessions.models import CopSession


@require_safe
def circle_list(request: MemberRequest) -> HttpResponse:
    shown = Circle.objects.visible_to(request.user).select_related("cop__country")
    context = {
        "circles": shown.annotate(count=Count("members")),
        "may_make": may_contribute.allows(request.user),
    }
    return render(request, "practices/forming_circle_list.html", context)


@require_safe
def circle_detail(request: MemberRequest, pk: int) -> HttpResponse:
    circle = get_object_or_404(_circles(request), pk=pk)
    members = list(circle.members.select_related("person__country", "person__expert"))
    is_member = any(one.person_id == request.user.person.pk for one in members)
    context = {
        "circle": circle,
        "members": members,
        "is_member": is_member,
        "missing": max(0, circles.ENOUGH - len(members)),
        "may_join": not is_member and may_contribute.allows(request.user),
        "may_schedule": is_member and circle.promoted_at is not None,
        "sessions": CopSession.objects.filter(circles=circle).order_by("-starts_at")[:10],
        "panels": panels.of("circle", request.user, circle),
    }
    return render(request, "practices/forming_circle_detail.html", context)


@require_http_methods(["GET", "POST"])
def circle_new(request: MemberRequest) -> HttpResponse:
    may_contribute(request.user)
    form = CircleForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            circle = circles.make(
                cop_id=form.cleaned_data["community"].pk,
                name=form.cleaned_data["name"],
                purpose=form.cleaned_data["purpose"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The circle is there; three more and you can meet."))
            return redirect(circle)
    return render(request, "practices/forming_circle_form.html", {"form": form})


@require_POST
def circle_join(request: MemberRequest, pk: int) -> HttpResponse:
    circle = get_object_or_404(_circles(request), pk=pk)
    circles.join(circle_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("You are in the circle."))
    return redirect(circle)


@require_POST
def circle_leave(request: MemberRequest, pk: int) -> HttpResponse:
    circle = get_object_or_404(_circles(request), pk=pk)
    circles.leave(circle_id=pk, by=request.user)
    messages.success(request, _("You left the circle."))
    return redirect(circle)


@require_http_methods(["GET", "POST"])
def circle_session(request: MemberRequest, pk: int) -> HttpResponse:
    circle = get_object_or_404(_circles(request), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = CircleSessionForm(posted, initial={"title": circle.name})
    if form.is_bound and form.is_valid():
        try:
            session = circles.schedule(
                circle_id=pk, wanted=form.wanted(), by=request.user, at=timezone.now()
            )
        except (NoSuchTime, TwiceThatDay) as error:
            form.add_error("clock", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session is planned and the circle is invited."))
            return redirect(session)
    context = {"circle": circle, "form": form}
    return render(request, "practices/forming_circle_session.html", context)


def _circles(request: MemberRequest) -> MembersQuerySet:
    return Circle.objects.visible_to(request.user).select_related("cop__country", "made_by")
