"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.times import validate_day


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class PeriodForm(forms.Form):
    """The first and the last day of a report."""

    start = _day(_("From"))
    end = _day(_("To"))
