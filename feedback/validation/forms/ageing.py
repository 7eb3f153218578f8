"""Forms about signs of ageing: the mini round, the reason why nothing is done, a dead link."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from feedback.reviews.forms.rounds import DueDayForm


class MiniRoundForm(DueDayForm):
    """What a mini round still needs; the rest is proposed."""

    instruction = TextFormField(
        label=_("What to look at"),
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two sentences that every reviewer reads first."),
    )


class SettleForm(forms.Form):
    """Why nothing is done."""

    reason = TextFormField(
        label=_("Why nothing needs to be done"),
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeadLinkForm(forms.Form):
    """Which link leads nowhere, as a reader says it."""

    address = TextFormField(
        label=_("Which link is dead?"),
        limit=500,
        widget=forms.TextInput(),
        help_text=_("Its address, or the words it stands under and the page."),
    )
