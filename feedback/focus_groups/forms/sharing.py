"""The choice of languages for a poster, and of one for the paper version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from feedback.focus_groups.domain.easy import guest_words, paper
from feedback.focus_groups.models import EasyForm


class PosterForm(forms.Form):
    """The languages that stand on a poster."""

    languages = forms.MultipleChoiceField(
        label=_("Languages on the poster"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, form: EasyForm) -> None:
        usual = form.languages[: paper.MOST_ON_A_POSTER]
        super().__init__(data, initial={"languages": usual})
        field: Any = self.fields["languages"]
        field.choices = [(code, guest_words.own_name(code)) for code in form.languages]

    def clean_languages(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["languages"]
        if len(chosen) > paper.MOST_ON_A_POSTER:
            text = _now("A poster has room for %(n)d languages.")
            raise forms.ValidationError(text % {"n": paper.MOST_ON_A_POSTER})
        return chosen
