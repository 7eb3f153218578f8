"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms

from cop_platform.common.text import TextFormField
from feedback.reviews.domain.fixes import MAX_NOTE
from feedback.reviews.enums import Fixed


class FixForm(forms.Form):
    """One of three buttons, and a note if the window sends one."""

    annotation = forms.IntegerField(min_value=1, max_value=2**53)
    answer = forms.ChoiceField(choices=Fixed.choices)
    note = TextFormField(limit=MAX_NOTE, required=False)

    def said(self) -> dict[str, Any]:
        """What the domain takes; a note that did not come along stays as it is."""
        note = self.cleaned_data["note"] if "note" in self.data else None
        return {
            "annotation_id": self.cleaned_data["annotation"],
            "answer": self.cleaned_data["answer"],
            "note": note,
        }

    def sentence(self) -> str:
        """The first thing that is wrong."""
        return str(next(iter(self.errors.values()))[0])
