"""Two people saved the same of a form: the page on which they meet, in the list of forms."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.requests import MemberRequest
from feedback.focus_groups.models import EasyForm
from feedback.focus_groups.views import conflicts


def page(
    request: MemberRequest, stored: Form, typed: Form, *, seen: str, back: EasyForm
) -> HttpResponse:
    """What is saved now beside what was typed, and a button that saves what was typed."""
    return conflicts.page(
        request,
        stored=stored,
        typed=typed,
        mark=("seen", seen),
        title=back.title,
        back=back.get_absolute_url(),
        room=(_("Forms"), reverse("form_list")),
    )
