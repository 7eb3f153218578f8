"""The form of a waiver."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from experts.models import Country


class WaiverForm(forms.Form):
    """For one of the countries that need the edition, or for all that are missing."""

    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All that are missing"),
    )
    reason = TextFormField(
        label=_("Reason"),
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Every member reads it beside the version: say why it may be used without."),
    )

    def __init__(self, *args: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]
