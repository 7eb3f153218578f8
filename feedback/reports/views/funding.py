"""Pages of the funder's rules: the grant, its words in each language, and the logos."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.files import POLICY
from cop_platform.common.refusals import NotPossible
from experts.models import Partner
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain.funding import keeping, page
from feedback.reports.domain.funding.keeping import BadFunding
from feedback.reports.forms.funding import FundingTextForm, GrantForm, LogoForm, SeenForm
from feedback.reports.models import FundingText, Grant


@require_safe
def report_funding(request: MemberRequest) -> HttpResponse:
    """How far the funder's rules are met, and where to mend what is not."""
    permissions.may_fund(request.user)
    return render(request, "feedback/funding.html", {"page": page.build(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def report_grant(request: MemberRequest) -> HttpResponse:
    """The grant and its emblem."""
    permissions.may_fund(request.user)
    grant = keeping.grant()
    form = GrantForm(
        request.POST or None, request.FILES or None, initial=_typed_before(grant) if grant else {}
    )
    if form.is_valid():
        try:
            keeping.save_grant(
                words=form.words(), emblem=form.emblem_bytes(), by=request.user, at=timezone.now()
            )
        except BadFunding as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved. Reports compiled from now on say it."))
            return redirect("report_funding")
    form.say_choose_again()
    return render(request, "feedback/grant_form.html", {"form": form, "grant": grant})


def _typed_before(grant: Grant) -> dict[str, str]:
    return {name: getattr(grant, name) for name in keeping.GrantWords.__dataclass_fields__}


@require_http_methods(["GET", "HEAD", "POST"])
def funding_text(request: MemberRequest, language: str) -> HttpResponse:
    """Statement and disclaimer in one language."""
    text = _text(request, language)
    before = {"statement": text.statement, "disclaimer": text.disclaimer} if text else {}
    seen = keeping.digest(text)
    form = FundingTextForm(request.POST or None, initial={"seen": seen, **before})
    if form.is_valid():
        try:
            keeping.save_text(
                language=language, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error(None, str(error))
            # What was typed may be saved on top of what is there now, once that was read.
            form.data = {**request.POST.dict(), "seen": seen}
        else:
            messages.success(request, _("Saved. Read it once more, then sign it off."))
            return redirect("funding_text", language)
    with translation.override(language):
        direction = "rtl" if translation.get_language_bidi() else "ltr"
    for name in ("statement", "disclaimer"):
        form.fields[name].widget.attrs |= {"lang": language, "dir": direction}
    context = {
        "form": form,
        "text": text,
        "seen": seen,
        "language": language,
        "direction": direction,
        "label": dict(settings.MAIL_LANGUAGES)[language],
    }
    return render(request, "feedback/funding_text.html", context)


@require_POST
def funding_text_sign(request: MemberRequest, language: str) -> HttpResponse:
    """The manager signs the words that stand on the page."""
    _text(request, language)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        keeping.sign_off(language=language, seen=seen, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("funding_text", language)
    messages.success(request, _("Signed off. Reports compiled from now on carry these words."))
    return redirect("report_funding")


def _text(request: MemberRequest, language: str) -> FundingText | None:
    """The words of a language that reports are written in; 404 for any other."""
    if language not in page.LANGUAGES:
        raise Http404
    permissions.may_fund(request.user)
    found = FundingText.objects.select_related("signed_off_by")
    return found.filter(language=language).first()


@require_safe
def funding_emblem(request: MemberRequest) -> HttpResponse:
    """The emblem as it was handed out."""
    permissions.may_fund(request.user)
    grant = keeping.grant()
    if grant is None or not grant.emblem:
        raise Http404
    return _picture(bytes(grant.emblem), grant.emblem_type)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_logo(request: MemberRequest, pk: int) -> HttpResponse:
    """A partner's logo; POST gives another one."""
    partner = _partner(request, pk)
    form = LogoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            keeping.give_logo(
                partner=partner, picture=form.picture_bytes(), by=request.user, at=timezone.now()
            )
        except BadFunding as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved. Reports compiled from now on show this logo."))
            return redirect("partner_logo", pk)
    context = {"form": form, "partner": partner, "has_logo": hasattr(partner, "logo")}
    return render(request, "feedback/partner_logo.html", context)


@require_POST
def partner_logo_remove(request: MemberRequest, pk: int) -> HttpResponse:
    partner = _partner(request, pk)
    keeping.take_logo_away(partner=partner, by=request.user, at=timezone.now())
    messages.success(request, _("Reports compiled from now on show no logo of this partner."))
    return redirect("partner_logo", pk)


@require_safe
def partner_logo_picture(request: MemberRequest, pk: int) -> HttpResponse:
    """The logo itself."""
    partner = _partner(request, pk)
    if not hasattr(partner, "logo"):
        raise Http404
    return _picture(bytes(partner.logo.picture), partner.logo.media_type)


def _partner(request: MemberRequest, pk: int) -> Partner:
    """To everybody but the partner and the manager the page is not there."""
    partner = get_object_or_404(Partner.objects.select_related("country", "logo"), pk=pk)
    if not page.may_see_logo_page(request.user, partner):
        raise Http404
    return partner


def _picture(data: bytes, media_type: str) -> HttpResponse:
    """Bytes that the browser shows and never runs."""
    response = HttpResponse(data, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
