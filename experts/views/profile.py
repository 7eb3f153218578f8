"""What a person sets about oneself."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common import panels
from experts.domain import people
from experts.forms.profile import ProfileForm, WorkloadForm
from experts.models import Expert, Person
from experts.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    person: Person = request.user.person
    expert = Expert.objects.filter(person=person).first()
    names = ("name", "zone", "language", "languages", "ask_me_about", "in_directory")
    form = ProfileForm(request.POST or None, initial={n: getattr(person, n) for n in names})
    load = _workload_form(request, expert)
    if form.is_valid() and (load is None or load.is_valid()):
        now = timezone.now()
        with transaction.atomic():
            people.save_profile(
                by=request.user, profile=people.Profile(**form.cleaned_data), at=now
            )
            if load is not None:
                workload = people.Workload(**load.cleaned_data)
                people.save_workload(by=request.user, workload=workload, at=now)
        messages.success(request, _("Your profile was saved."))
        return redirect("profile")
    context = {
        "form": form,
        "load": load,
        "person": person,
        "panels": panels.of("profile", request.user, person),
    }
    return render(request, "experts/profile.html", context)


def _workload_form(request: MemberRequest, expert: Expert | None) -> WorkloadForm | None:
    """What an expert says of their load. A form without these fields keeps what is stored."""
    if expert is None:
        return None
    names = ("most_reviews", "away_from", "away_until")
    stored = {name: getattr(expert, name) for name in names}
    if request.method == "POST":
        return WorkloadForm({**stored, **request.POST.dict()})
    return WorkloadForm(initial=stored)
