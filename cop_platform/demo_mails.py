"""The demo's post: answers an invitation as a calendar program, or takes in a raw mail."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_platform import calendar_program, mailbox
from cop_platform.common.times import validate_day
from sessions.domain import inbound
from sessions.domain.mail_reading import MAX_BYTES

COUNTER = "COUNTER"


class AnswerForm(forms.Form):
    """What the calendar program says."""

    deed = forms.ChoiceField(
        choices=[(name, name) for name in ("ACCEPTED", "TENTATIVE", "DECLINED", COUNTER)]
    )
    start = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M"], validators=[validate_day]
    )

    def start_in_utc(self) -> datetime:
        """The proposed start as the form asks for it. Raises BadRequest without one."""
        start: datetime | None = self.cleaned_data["start"]
        if start is None:
            raise BadRequest
        return start.replace(tzinfo=UTC)


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Composes a REPLY or COUNTER mail to a mail of the mailbox and receives it."""
    raw = mailbox.read_mail(number)
    if raw is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    deed, now = form.cleaned_data["deed"], timezone.now()
    try:
        if deed == COUNTER:
            mail = calendar_program.propose(raw, start=form.start_in_utc(), at=now)
        else:
            mail = calendar_program.answer(raw, partstat=deed, at=now)
    except ValueError as error:
        raise BadRequest(_("This mail invites nobody.")) from error
    return _receive(request, mail)


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Receives an uploaded raw mail."""
    file = request.FILES.get("eml")
    if file is None or (file.size or 0) > MAX_BYTES:
        raise BadRequest
    return _receive(request, file.read())


def _receive(request: HttpRequest, raw: bytes) -> HttpResponse:
    received = inbound.receive(raw, at=timezone.now())
    context = {"received": received, "raw": raw.decode("utf-8", "replace")}
    return render(request, "demo/received.html", context)
