"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import (
    accounts,
    contact_log,
    expert_lists,
    import_runs,
    importing,
    people,
    sending,
)
from experts.forms import (
    AcceptForm,
    ConfirmImportForm,
    ImportForm,
    InvitePersonForm,
    MessageFilterForm,
    PersonFilterForm,
    ProfileForm,
)
from experts.models import AccountInvitation, Country, ImportRun, Membership, Message, Person
from experts.requests import MemberRequest

PER_PAGE = 25
MEMBERS_SHOWN = 24
IMPORT_ERRORS_SHOWN, IMPORT_ROWS_SHOWN = 100, 50
RUNS_SHOWN = 5


def country_list(request: MemberRequest) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    return render(request, "experts/country_list.html", {"countries": countries})


def country_detail(request: MemberRequest, code: str) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    country = get_object_or_404(countries.with_code(code))
    if country.code != code:
        return redirect(country)
    members = Membership.objects.current().filter(cop=country.cop).select_related("person__expert")
    shown = members.filter(person__in=Person.objects.visible_to(request.user))
    context = {
        "country": country,
        "charter": country.cop.charters.prefetch_related("topics").first(),
        "partners": country.partners.all(),
        "members": shown[:MEMBERS_SHOWN],
        "member_count": shown.count(),
        "may_invite": permissions.may_invite.allows(request.user, country.cop, "expert"),
        "panels": panels.of("country", request.user, country),
    }
    return render(request, "experts/country_detail.html", context)


def person_list(request: MemberRequest) -> HttpResponse:
    form = PersonFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = people.apply(
        Person.objects.visible_to(request.user).active(), people.PersonFilter(**form.cleaned_data)
    )
    shown = Paginator(found.select_related("country", "expert"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page_obj": shown, "may_invite": request.user.access.manages_people}
    context["may_import"] = permissions.may_import.allows(request.user)
    return render(request, "experts/person_list.html", context)


def person_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Person.objects.visible_to(request.user).select_related("country", "expert", "user")
    person = get_object_or_404(visible, pk=pk)
    sees_contacts = permissions.may_see_contacts.allows(request.user, person)
    context = {
        "person": person,
        "memberships": person.memberships.current().select_related("cop"),
        "sees_contacts": sees_contacts,
        "contacts": contact_log.of_person(person) if sees_contacts else [],
        "may_manage_account": permissions.may_manage_account.allows(request.user, person),
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


@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: MemberRequest) -> HttpResponse:
    form = InvitePersonForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            invitation = accounts.invite(by=request.user, at=timezone.now(), **form.cleaned_data)
        except accounts.AlreadyMember as error:
            form.add_error("email", str(error))
        else:
            messages.success(
                request,
                _("An invitation to %(name)s is on its way.") % {"name": invitation.person.name},
            )
            return redirect("person_invite")
    waiting = AccountInvitation.objects.visible_to(request.user).open()
    context = {"form": form, "waiting": waiting.select_related("person", "cop")[:50]}
    return render(request, "experts/person_invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_import(request: MemberRequest) -> HttpResponse:
    """A list of experts: looked at first, cell by cell, and written only after a second click."""
    permissions.may_import(request.user)
    if "sealed" in request.POST:
        return _confirm_import(request)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    context: dict[str, object] = {"form": form, "columns": expert_lists.COLUMNS}
    context["runs"] = ImportRun.objects.visible_to(request.user).lately(timezone.now())[:RUNS_SHOWN]
    if form.is_valid():
        try:
            table = form.table()
            checked = importing.check(table, request.user)
        except NotPossible as error:
            form.add_error("file", str(error))
        else:
            context |= {
                "checked": checked,
                "errors": checked.errors[:IMPORT_ERRORS_SHOWN],
                "rows": checked.valid[:IMPORT_ROWS_SHOWN],
                "sealed": ConfirmImportForm.seal(table, request.user),
            }
    return render(request, "experts/person_import.html", context)


def _confirm_import(request: MemberRequest) -> HttpResponse:
    form = ConfirmImportForm(request.POST)
    table = form.table_for(request.user) if form.is_valid() else None
    if table is None:
        messages.error(request, _("This list is too old. Please choose the file once more."))
        return redirect("person_import")
    run = import_runs.request_run(
        table=table, token=form.cleaned_data["sealed"], by=request.user, at=timezone.now()
    )
    return redirect(run)


@require_safe
def import_run(request: MemberRequest, pk: int) -> HttpResponse:
    """How far an import is; asked by htmx, the moving part alone."""
    # The list itself may be long, and this page is asked for every second.
    found = ImportRun.objects.visible_to(request.user).defer("listing")
    run = get_object_or_404(found.prefetch_related("communities__country"), pk=pk)
    part = getattr(request, "htmx", False)
    template = "experts/_import_run.html" if part else "experts/import_run.html"
    return render(request, template, {"run": run})


@require_http_methods(["POST"])
def import_run_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    try:
        import_runs.cancel(run_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The work was stopped; nothing was written."))
    return redirect(run)


@require_http_methods(["POST"])
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(AccountInvitation.objects.visible_to(request.user), pk=pk)
    accounts.revoke(invitation_id=invitation.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The invitation was withdrawn; its link no longer works."))
    return redirect("person_invite")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an account invitation; its link works once."""
    invitation = accounts.find_open(token, timezone.now())
    if invitation is None:
        return render(request, "experts/invitation_over.html", status=404)
    person = invitation.person
    form = AcceptForm(request.POST or None, initial={"name": person.name, "zone": person.zone})
    if form.is_valid():
        try:
            accounts.accept(token=token, at=timezone.now(), **form.cleaned_data)
        except accounts.InvitationOver:
            return render(request, "experts/invitation_over.html", status=404)
        messages.success(request, _("Your account is open. Log in to begin."))
        return redirect("account_login")
    return render(
        request, "experts/invitation_accept.html", {"invitation": invitation, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    person: Person = request.user.person
    names = ("name", "zone", "language", "languages", "ask_me_about", "in_directory")
    form = ProfileForm(request.POST or None, initial={n: getattr(person, n) for n in names})
    if form.is_valid():
        people.save_profile(
            by=request.user, profile=people.Profile(**form.cleaned_data), at=timezone.now()
        )
        messages.success(request, _("Your profile was saved."))
        return redirect("profile")
    return render(request, "experts/profile.html", {"form": form, "person": person})


def message_list(request: MemberRequest) -> HttpResponse:
    form = MessageFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = Message.objects.visible_to(request.user).filter(**wanted).select_related("person")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standing = contact_log.standing(request.user, timezone.now())
    context = {
        "form": form,
        "page_obj": shown,
        "entries": contact_log.entries(shown.object_list),
        "standing": standing,
        "pause": sending.current() if standing.paused_since else None,
        "may_pause": permissions.may_pause_sending.allows(request.user),
    }
    return render(request, "experts/message_list.html", context)


@require_http_methods(["POST"])
def sending_pause(request: MemberRequest) -> HttpResponse:
    sending.pause(by=request.user, at=timezone.now())
    messages.success(request, _("Sending is paused. Mails are still planned, and none leaves."))
    return redirect("message_list")


@require_http_methods(["POST"])
def sending_resume(request: MemberRequest) -> HttpResponse:
    sending.resume(by=request.user, at=timezone.now())
    messages.success(request, _("Sending goes on. What waited leaves within a minute."))
    return redirect("message_list")
