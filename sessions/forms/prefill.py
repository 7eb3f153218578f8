"""What an address may fill in of a new session: the day and hour somebody pointed at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from cop_platform.common.times import validate_day, validate_zone


class PrefillForm(forms.Form):
    """A day and a clock, in a zone; anything else is refused."""

    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False, validators=[validate_day])
    clock = forms.TimeField(input_formats=["%H:%M"], required=False)
    zone = forms.CharField(required=False, validators=[validate_zone])


def prefilled(query: QueryDict) -> dict[str, Any]:
    """The values an address names, for the form's `initial`. Raises BadRequest."""
    form = PrefillForm(query)
    if not form.is_valid():
        raise BadRequest
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
