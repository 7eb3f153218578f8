"""What is typed on an experiment card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from practices.domain.ideas.testing import Card
from practices.enums import Outcome
from practices.forms.ideas import RevisionForm
from practices.models import Experiment


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


def _few_lines(label: Any, help_text: Any) -> TextFormField:
    area = forms.Textarea(attrs={"rows": 3})
    return TextFormField(label=label, help_text=help_text, limit=2000, widget=area)


class CardForm(forms.Form):
    """The plan of a test."""

    hypothesis = _few_lines(_("We believe that"), _("What will be better, for whom."))
    test = _few_lines(_("To find out, we"), _("The smallest thing you can do to learn it."))
    sign = _few_lines(_("We are right if"), _("What you will see or count."))
    starts_on = _day(_("Starts on"))
    ends_on = _day(_("Ends on"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A test ends on the day it starts, or later."))
        return cleaned

    def card(self) -> Card:
        """What was typed, of a form that is valid."""
        return Card(**self.cleaned_data)


class ResultForm(RevisionForm):
    """What came of a test."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("", _("Please choose")), *((o, o.label) for o in Outcome if o)],
    )
    result = _few_lines(
        _("What happened"), _("Two sentences are enough. What did not work helps others too.")
    )

    def __init__(self, data: Any = None, *, experiment: Experiment) -> None:
        start = {
            "revision": experiment.revision,
            "outcome": experiment.outcome,
            "result": experiment.result,
        }
        super().__init__(data, initial=start)
