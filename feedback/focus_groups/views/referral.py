"""The referral card of a country: written by those who run groups there, printed for each group."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.revisions import ChangedMeanwhile
from experts.models import Country
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.guides import referral
from feedback.focus_groups.domain.language_names import direction, named, ordered
from feedback.focus_groups.forms.guides import LanguageForm, ReferralCardForm
from feedback.focus_groups.views import conflicts


@require_http_methods(["GET", "HEAD", "POST"])
def referral_card(request: MemberRequest, code: str) -> HttpResponse:
    country = _country(request, code)
    card, languages = referral.of(country.pk), ordered(country.language)
    form = ReferralCardForm(request.POST or None, card=card, languages=languages)
    if form.is_valid():
        try:
            referral.save(
                country_id=country.pk,
                texts=form.texts(),
                phone=form.cleaned_data["phone"],
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            card = referral.of(country.pk)
            return conflicts.page(
                request,
                stored=ReferralCardForm(None, card=card, languages=languages),
                typed=form,
                mark=("seen", referral.mark(card)),
                title=_("Referral card"),
                back=reverse("referral_card", args=[country.code]),
            )
        messages.success(request, _("The referral card was saved."))
        return redirect("referral_card", code=country.code)
    context = {
        "country": country,
        "form": form,
        "written": [(c, named(c)) for c, _name in languages if card.texts.get(c)],
        "seen": request.POST.get("seen") or referral.mark(card),
    }
    return render(request, "feedback/referral_card.html", context)


@require_safe
def referral_print(request: MemberRequest, code: str) -> HttpResponse:
    """Half a page of paper in one language, twice on the sheet, to be cut."""
    country = _country(request, code)
    card = referral.of(country.pk)
    choices = [(c, named(c)) for c, _name in ordered(country.language) if card.texts.get(c)]
    language = choices[0][0] if choices else "en"
    if "language" in request.GET:
        form = LanguageForm(request.GET, choices)
        if not form.is_valid():
            raise BadRequest
        language = form.cleaned_data["language"]
    context = {
        "country": country,
        "card": card,
        "words": card.said(language),
        "language": language,
        "direction": direction(language),
        "choices": choices,
    }
    return render(request, "feedback/referral_print.html", context)


def _country(request: MemberRequest, code: str) -> Country:
    country = get_object_or_404(Country.objects.visible_to(request.user), code=code)
    permissions.may_plan(request.user, country.pk)
    return country
