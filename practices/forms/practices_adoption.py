"""What an adopting partner says: the use, what was changed, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from practices.enums import Use
from practices.models import Practice


class AdoptForm(forms.Form):
    """How the partner uses it; an outcome is told once there is something to tell."""

    use = forms.ChoiceField(label=_("Use"), choices=Use.choices, initial=Use.PLANNED)
    adapted = TextFormField(
        label=_("What we changed"),
        required=False,
        limit=3000,
        help_text=_("Empty if you use it as it is."),
    )
    outcome = TextFormField(
        label=_("What came of it"),
        required=False,
        limit=3000,
        help_text=_("For how many people, what worked, what did not. You can tell it later."),
    )


class ReportForm(AdoptForm):
    """The same later on, and the practice that grew out of it."""

    became = forms.TypedChoiceField(
        label=_("Practice of yours that grew out of it"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, candidates: list[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {practice.pk: practice for practice in candidates}
        choices = [(pk, str(practice)) for pk, practice in self.candidates.items()]
        self.fields["became"].choices = [("", _("None so far")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The cleaned fields, with the practice in place of its key."""
        data = dict(self.cleaned_data)
        return data | {"became": self.candidates.get(data["became"])}
