"""Names of an attendance list, typed or pasted, and what is done with one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import MAX_LINE, TextFormField

SIGN, UNSIGN, TAKE_OUT = "sign", "unsign", "take_out"


class NamesForm(forms.Form):
    """One name a line."""

    names = TextFormField(
        label=_("Names, one in a line"),
        limit=8000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Type at least one name.")},
    )

    def clean_names(self) -> list[str]:
        """The names, without numbers and marks that a pasted list brings along."""
        lines = self.cleaned_data["names"].splitlines()
        names = [" ".join(line.split()).lstrip("0123456789.)-•*\t ").strip() for line in lines]
        found = [name for name in names if name]
        if not found:
            raise ValidationError(_now("Type at least one name."))
        if any(len(name) > MAX_LINE for name in found):
            text = _now("A name has at most %(n)d characters; put each in a line of its own.")
            raise ValidationError(text % {"n": MAX_LINE})
        return found


class LineDeedForm(forms.Form):
    """Which line, and what becomes of it; nonsense is refused."""

    line = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    deed = forms.ChoiceField(choices=[(one, one) for one in (SIGN, UNSIGN, TAKE_OUT)])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
