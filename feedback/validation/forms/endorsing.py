"""What somebody says who stands behind a version, and who takes that back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField

MAX_WORDS = 1000


class EndorseForm(forms.Form):
    """Own words, and whether the name is shown to everybody."""

    words = TextFormField(
        label=_("In your own words"),
        limit=MAX_WORDS,
        required=False,
        help_text=_("Why you stand behind it. Shown beside your name, and only with it."),
    )
    shows_name = forms.BooleanField(
        label=_("Show my name to everybody"),
        required=False,
        help_text=_("Otherwise you are counted and nobody reads who you are."),
    )


class TakeBackForm(forms.Form):
    """Why an endorsement is taken back."""

    reason = TextFormField(
        label=_("Why do you take it back?"),
        limit=MAX_WORDS,
        help_text=_("Kept with your endorsement. It is counted as taken back, without your name."),
    )
