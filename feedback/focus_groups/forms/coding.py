"""What a coder ticks beside a quote, and the words of a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import Code

MAX_NAME = 60
MAX_MEANING = 1_000


class CodeForm(forms.Form):
    """A code with its meaning; `revision` is the state that was looked at."""

    name = LineFormField(
        label=_("Code"), limit=MAX_NAME, help_text=_("Two or three words, as they stand on a tag.")
    )
    meaning = TextFormField(
        label=_("When to use it"),
        limit=MAX_MEANING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that somebody else would give it to the same quotes."),
    )
    not_for = TextFormField(
        label=_("When not to use it"),
        limit=MAX_MEANING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What looks alike and belongs to another code."),
    )

    @classmethod
    def of(cls, code: Code | None, data: Any = None) -> CodeForm:
        names = ("name", "meaning", "not_for")
        return cls(data, initial={name: getattr(code, name) for name in names} if code else {})


class MergeForm(forms.Form):
    """Which code this one would become part of, and why."""

    into = forms.ModelChoiceField(
        label=_("It means the same as"),
        queryset=Code.objects.none(),
        empty_label=_("Please choose"),
    )
    why = LineFormField(label=_("Why"), required=False)

    def __init__(self, data: Any = None, *, code: Code) -> None:
        super().__init__(data, auto_id="id_merge_%s")
        others = Code.objects.in_use().filter(country=code.country_id).exclude(pk=code.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class PassForm(forms.Form):
    """The codes of a quote: ticks named `codes`, and for each a stance named `stance_<key>`.

    Keys that are no numbers are dropped; whether a code is in the codebook is the domain's to say.
    """

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.codes = {
            int(key): data.get(f"stance_{key}", Stance.NEUTRAL)
            for key in data.getlist("codes")
            if key.isascii() and key.isdecimal() and len(key) < 19
        }
