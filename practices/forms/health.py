"""The three questions of the belonging pulse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.enums import PulseQuestion

SCORES = (
    (1, _("1: not at all")),
    (2, _("2: a little")),
    (3, _("3: partly")),
    (4, _("4: mostly")),
    (5, _("5: very much")),
)


class PulseForm(forms.Form):
    """One score from 1 to 5 for each question; all three are asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in PulseQuestion:
            self.fields[question.value] = forms.TypedChoiceField(
                label=question.label,
                choices=SCORES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the five answers.")},
            )
