"""The directory, and one person's card."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import accounts, contact_log, memberships, people
from experts.enums import Topic
from experts.forms.people import PersonFilterForm
from experts.models import Person
from experts.requests import MemberRequest

PER_PAGE = 25


def person_list(request: MemberRequest) -> HttpResponse:
    form = PersonFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = people.apply(
        Person.objects.visible_to(request.user).active(), people.PersonFilter(**form.cleaned_data)
    )
    shown = Paginator(people.with_row(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "rows": people.rows(shown.object_list),
        "may_invite": request.user.access.manages_people,
        "may_import": permissions.may_import.allows(request.user),
    }
    return render(request, "experts/person_list.html", context)


def person_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Person.objects.visible_to(request.user).select_related("country", "expert", "user")
    person = get_object_or_404(visible, pk=pk)
    sees_contacts = permissions.may_see_contacts.allows(request.user, person)
    held = list(person.memberships.current().select_related("cop"))
    topic = request.GET.get("topic", "")
    if topic and topic not in Topic.values:
        raise BadRequest
    context = {
        "person": person,
        "memberships": held,
        "stays": memberships.stays(held, reader=request.user),
        "sees_contacts": sees_contacts,
        "contacts": contact_log.of_person(
            person,
            reader=request.user,
            topic=topic,
            page=request.GET.get("page"),
            at=timezone.now(),
        )
        if sees_contacts
        else None,
        "sees_workload": request.user.access.coordinates(person.country_id),
        "topic": topic,
        "topics": Topic.choices,
        "opens_mails": sees_contacts and request.user.access.manages_people,
        "may_manage_account": permissions.may_manage_account.allows(request.user, person),
        "panels": panels.of("person", request.user, person),
    }
    return render(request, "experts/person_detail.html", context)


@require_http_methods(["POST"])
def person_account(request: MemberRequest, pk: int) -> HttpResponse:
    """Switches somebody's account off or on."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    active = request.POST.get("active") == "yes"
    try:
        accounts.set_active(person_id=pk, by=request.user, active=active, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        text = _("%(name)s can log in again.") if active else _("%(name)s can no longer log in.")
        messages.success(request, text % {"name": person.name})
    return redirect(person)
