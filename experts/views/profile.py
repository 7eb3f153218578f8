"""What a person sets about oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.domain import people
from experts.forms.profile import ProfileForm
from experts.models import Person
from experts.requests import MemberRequest


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
