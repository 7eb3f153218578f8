"""The form for the words of a mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField


class MailTextForm(forms.Form):
    """Subject and text; `version` is the one they began from, `once` makes a test mail one mail."""

    subject = LineFormField(label=_("Subject"))
    body = TextFormField(
        label=_("Text"),
        limit=6_000,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=_(
            "An empty line begins a new paragraph, a line with “- ” is a point of a list, and "
            "addresses that begin with https:// become links."
        ),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)


class UseVersionForm(forms.Form):
    """Which version to use again; 0 stands for the words the platform came with."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 2)
