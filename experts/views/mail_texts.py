"""The words of mails: a list, a page to edit one with its preview, and the way back."""

from __future__ import annotations

import uuid
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import mail_editing
from experts.domain.mail_editing import Preview
from experts.domain.mail_words import BadWords
from experts.domain.message_kinds import MessageKind
from experts.forms.mail_texts import MailTextForm, UseVersionForm
from experts.requests import MemberRequest

# Mails carry their style inline; nothing else of them is let in, and nothing of them runs.
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)


def mail_text_list(request: MemberRequest) -> HttpResponse:
    permissions.may_write_mail_texts(request.user)
    kinds = mail_editing.overview()
    edited = sum(line.text is not None for _kind, lines in kinds for line in lines)
    return render(request, "experts/mail_text_list.html", {"kinds": kinds, "edited": edited})


def _kind(request: MemberRequest, kind: str, language: str) -> MessageKind:
    found = mail_editing.find(kind, language)
    if found is None:
        raise Http404
    permissions.may_write_mail_texts(request.user)
    return found


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def mail_text_edit(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Subject and text of a kind in one language; POST saves them or sends a test of them."""
    found = _kind(request, kind, language)
    version, subject, body = mail_editing.current(kind, language)
    initial = {"version": version, "subject": subject, "body": body, "once": uuid.uuid4()}
    form = MailTextForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            if "test" in request.POST:
                _send_test(request, kind, language, form)
            else:
                _save(request, kind, language, form)
                return redirect("mail_text_edit", kind, language)
        except BadWords as error:
            form.add_error(error.field, str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
            # What was typed may be saved on top of what is there now, once it was looked at.
            form.data = {**request.POST.dict(), "version": str(version)}
    with translation.override(language):
        direction = "rtl" if translation.get_language_bidi() else "ltr"
    for name in ("subject", "body"):
        form.fields[name].widget.attrs |= {"lang": language, "dir": direction}
    context = {
        "kind": found,
        "language": language,
        "label": dict(settings.MAIL_LANGUAGES)[language],
        "languages": settings.MAIL_LANGUAGES,
        "form": form,
        "placeholders": found.words.placeholders if found.words else (),
        "versions": mail_editing.versions(kind, language),
    }
    return render(request, "experts/mail_text_edit.html", context)


def _send_test(request: MemberRequest, kind: str, language: str, form: MailTextForm) -> None:
    words = {name: form.cleaned_data[name] for name in ("subject", "body", "once")}
    mail_editing.send_test(
        kind=kind, language=language, by=request.user, at=timezone.now(), **words
    )
    messages.success(
        request,
        _("A test is on its way to %(email)s. The words are not saved by it.")
        % {"email": request.user.person.email},
    )


def _save(request: MemberRequest, kind: str, language: str, form: MailTextForm) -> None:
    words = {name: form.cleaned_data[name] for name in ("subject", "body", "version")}
    mail_editing.save(kind=kind, language=language, by=request.user, at=timezone.now(), **words)
    messages.success(request, _("Saved. The next mail of this kind says it in these words."))


@require_http_methods(["POST"])
def mail_text_use(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """An old version again, or the words the platform came with."""
    _kind(request, kind, language)
    form = UseVersionForm(request.POST)
    deed: dict[str, Any] = {"kind": kind, "language": language, "by": request.user}
    try:
        if not form.is_valid():
            raise NotPossible(_("There is no such version."))
        if version := form.cleaned_data["version"]:
            mail_editing.use_again(version=version, at=timezone.now(), **deed)
        else:
            mail_editing.back_to_standard(at=timezone.now(), **deed)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved. The next mail of this kind says it in these words."))
    return redirect("mail_text_edit", kind, language)


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
def mail_text_preview(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """The mail in the words in use, or in those sent along; it stands in a frame of the page."""
    found = _kind(request, kind, language)
    _version, subject, body = mail_editing.current(kind, language)
    form = MailTextForm(request.POST or None)
    errors: list[str] = []
    shown: Preview | None = None
    if request.method == "POST":
        errors = [] if form.is_valid() else [_("Please write a subject and a text.")]
        subject = form.cleaned_data.get("subject", "")
        body = form.cleaned_data.get("body", "")
    if not errors:
        try:
            shown = mail_editing.preview(
                kind=kind,
                language=language,
                subject=subject,
                body=body,
                by=request.user,
                at=timezone.now(),
            )
        except BadWords as error:
            errors = [str(error)]
    context = {"kind": found, "shown": shown, "errors": errors}
    page = render(request, "mail/preview.html", context)
    page.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return page
