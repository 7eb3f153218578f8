"""What coordinators say about mails that came in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.enums import Answer

_LARGEST_KEY = 2**63 - 1


class CountForm(forms.Form):
    """Whose answer a mail is, and which one."""

    person = forms.IntegerField(label=_("Person"), min_value=1, max_value=_LARGEST_KEY)
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[(a.value, a.label) for a in Answer if a != Answer.NONE]
    )


class DecisionForm(forms.Form):
    """Yes or no to a proposed time."""

    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(choices=[(ACCEPT, ""), (DECLINE, "")])
