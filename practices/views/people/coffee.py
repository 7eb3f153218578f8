"""Coffee across countries."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.requests import MemberRequest
from practices import permissions
from practices.domain.people import coffee
from practices.forms.people import CoffeeForm, MetForm
from practices.models import CoffeePair


def coffee_page(request: MemberRequest) -> HttpResponse:
    """Taking part, one's own pairs, and the rounds in numbers for those who draw them."""
    may_draw = permissions.may_draw_coffee.allows(request.user)
    context = {
        "takes_part": coffee.takes_part(request.user.person),
        "may_take_part": permissions.may_contribute.allows(request.user),
        "tables": coffee.tables_of(request.user.person),
        "may_draw": may_draw,
        "rounds": coffee.figures() if may_draw else [],
    }
    return render(request, "practices/people_coffee.html", context)


@require_http_methods(["POST"])
def coffee_choice(request: MemberRequest) -> HttpResponse:
    """Takes part from the next round on, or no longer."""
    form = CoffeeForm(request.POST)
    permissions.may_contribute(request.user)
    if not form.is_valid():
        raise BadRequest
    wanted = form.cleaned_data["coffee"] == "yes"
    coffee.choose(by=request.user, coffee=wanted)
    text = _("You take part from the next round on.") if wanted else _("You take no longer part.")
    messages.success(request, text)
    return redirect("coffee")


@require_http_methods(["POST"])
def coffee_round(request: MemberRequest) -> HttpResponse:
    """Draws a round."""
    try:
        made = coffee.new_round(by=request.user, at=timezone.now())
    except coffee.NoRound as error:
        messages.error(request, str(error))
    else:
        text = _("Round %(n)d is drawn. Everybody gets one mail.")
        messages.success(request, text % {"n": made.number})
    return redirect("coffee")


@require_http_methods(["POST"])
def coffee_met(request: MemberRequest, pk: int) -> HttpResponse:
    """Says what became of a pair."""
    pair = get_object_or_404(CoffeePair.objects.visible_to(request.user), pk=pk)
    form = MetForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    coffee.say(pair_id=pair.pk, said=form.cleaned_data["said"], by=request.user)
    messages.success(request, _("Noted, thank you."))
    return redirect("coffee")
