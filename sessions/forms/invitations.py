"""What invited people type."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from sessions.enums import Answer


class AnswerForm(forms.Form):
    """Yes, maybe or no, with a word if one likes."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(a.value, a.label) for a in Answer if a != Answer.NONE],
        error_messages={"required": _("Choose an answer.")},
    )
    note = LineFormField(label=_("A word to the coordinator (optional)"), limit=500, required=False)
    suggested = LineFormField(label=_("A colleague who could come instead"), required=False)
