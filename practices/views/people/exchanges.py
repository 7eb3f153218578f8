"""Offers and needs."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.people import exchanges, notes
from practices.enums import NoteKind, Wish
from practices.forms.people import ExchangeFilterForm, ExchangeForm, WordsForm
from practices.models import Exchange


def exchange_list(request: MemberRequest) -> HttpResponse:
    """One's own with what answers them, and everybody else's."""
    form = ExchangeFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    wanted = exchanges.Wanted(**form.cleaned_data)
    context = {
        "form": form,
        "board": exchanges.board(request.user, wanted, timezone.now()),
        "may_write": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/people_exchanges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exchange_new(request: MemberRequest) -> HttpResponse:
    """Puts an offer or a need up."""
    permissions.may_contribute(request.user)
    wish = Wish.NEED if request.GET.get("wish") == Wish.NEED else Wish.OFFER
    initial = {"wish": wish, "languages": request.user.person.languages}
    form = ExchangeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            typed = exchanges.Typed(**form.cleaned_data)
            exchanges.put_up(typed=typed, by=request.user, at=timezone.now())
        except exchanges.NoRoom as error:
            form.add_error("until", str(error))
        except NotPossible as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("It is up. What answers it is shown beside it."))
            return redirect("exchange_list")
    return render(request, "practices/people_exchange_new.html", {"form": form})


@require_http_methods(["POST"])
def exchange_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes one's own down."""
    exchange = get_object_or_404(Exchange.objects.visible_to(request.user), pk=pk)
    exchanges.close(exchange_id=exchange.pk, by=request.user, at=timezone.now())
    messages.success(request, _("It is down. Thank you for tidying up."))
    return redirect("exchange_list")


@require_http_methods(["GET", "HEAD", "POST"])
def exchange_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Writes to the person who offers or needs something."""
    found = Exchange.objects.visible_to(request.user).select_related("person__country")
    exchange = get_object_or_404(found, pk=pk)
    permissions.may_contribute(request.user)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        try:
            notes.send(
                kind=NoteKind.CONTACT,
                receiver_id=exchange.person_id,
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
                exchange=exchange,
            )
        except NotPossible as error:
            form.add_error("words", str(error))
        else:
            text = _("Your words are on the way to %(name)s.")
            messages.success(request, text % {"name": exchange.person.name})
            return redirect("exchange_list")
    context = {"form": form, "exchange": exchange, "person": exchange.person}
    return render(request, "practices/people_words.html", context)
