"""What is typed to change how long something is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField


class RetentionForm(forms.Form):
    """Days and a reason; the box appears once the new rule would delete something today."""

    days = forms.IntegerField(
        label=_("Kept for so many days"),
        min_value=1,
        max_value=3650,
        help_text=_("365 days are a year."),
    )
    why = LineFormField(
        label=_("Why so long"), help_text=_("Everybody reads the reason beside the rule.")
    )
    deletes_ok = forms.BooleanField(
        label=_("Yes, delete what is over by the new rule"), required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_twice = self.is_bound and bool(self.data.get("deletes_ok"))
