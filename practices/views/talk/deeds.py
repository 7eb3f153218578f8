"""What a member may do with a comment of somebody: one page, with words for each deed."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.requests import MemberRequest
from practices.domain.talk import reading
from practices.models import Comment


@dataclass(frozen=True)
class Deed:
    """The words of the page, and of the button that does it."""

    title: str | Promise
    standing: str | Promise
    label: str | Promise
    icon: str = "check"


REPORT = Deed(
    _("Report a comment"),
    _(
        "Say what is wrong with it: a name or detail of somebody, an insult, an advertisement. "
        "A moderator decides."
    ),
    _("Report it"),
    "warning",
)
TAKE_DOWN = Deed(
    _("Take a comment down"),
    _("Only its writer and moderators read it then. The writer is told the reason."),
    _("Take it down"),
)
TRANSLATE = Deed(
    _("Translate a comment"),
    _("Type it in another language, so that more people can follow. No machine translates here."),
    _("Save the translation"),
)


def page(request: MemberRequest, deed: Deed, comment: Comment, form: Form) -> HttpResponse:
    """The comment, and the form below it."""
    line = reading.with_things([comment], request.user, timezone.now())[0]
    context = {"deed": deed, "line": line, "comment": comment, "form": form}
    return render(request, "practices/talk_deed.html", context)
