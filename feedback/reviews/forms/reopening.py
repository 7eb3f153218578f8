"""Asking for a sent review, and answering that."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField

MAX_REASON = 500


class ReopeningForm(forms.Form):
    """Why the writer wants the review back."""

    reason = TextFormField(
        label=_("Why do you want it back?"),
        limit=MAX_REASON,
        help_text=_("A coordinator reads this without your name. Do not sign it."),
    )


class AnswerForm(forms.Form):
    """Hand it back, or leave it as it was sent."""

    answer = forms.ChoiceField(choices=[("allow", "allow"), ("decline", "decline")])
