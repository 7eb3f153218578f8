"""Thanks, and what somebody shows of themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.models import Person
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.people import notes, streams
from practices.enums import NoteKind
from practices.forms.people import SwitchForm, WordsForm
from practices.models import Note


@require_http_methods(["GET", "HEAD", "POST"])
def person_thank(request: MemberRequest, pk: int) -> HttpResponse:
    """Thanks somebody with a sentence."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    permissions.may_contribute(request.user)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        try:
            notes.send(
                kind=NoteKind.THANKS,
                receiver_id=person.pk,
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("%(name)s will read it.") % {"name": person.name})
            return redirect(person)
    return render(request, "practices/people_words.html", {"form": form, "person": person})


@require_http_methods(["POST"])
def thanks_show(request: MemberRequest, pk: int) -> HttpResponse:
    """Shows thanks on one's own page, or hides them."""
    note = get_object_or_404(
        Note.objects.received_by(request.user).filter(kind=NoteKind.THANKS), pk=pk
    )
    shown = _switched(request)
    notes.show(note_id=note.pk, by=request.user, shown=shown, at=timezone.now())
    text = _("All members see these thanks on your page.") if shown else _("Only you see them.")
    messages.success(request, text)
    return redirect(request.user.person)


@require_http_methods(["POST"])
def stream_choice(request: MemberRequest) -> HttpResponse:
    """Opens what one gave to the members, or closes it."""
    permissions.may_contribute(request.user)
    is_open = _switched(request)
    streams.choose(by=request.user, is_open=is_open)
    text = _("Members see what you gave.") if is_open else _("Only you see what you gave.")
    messages.success(request, text)
    return redirect("profile")


def _switched(request: MemberRequest) -> bool:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    return bool(form.cleaned_data["shown"] == "yes")
