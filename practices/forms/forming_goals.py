"""What is typed about goals, what a session is about, and life stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from practices.enums import LifeStage
from practices.forms.forming_charters import DayInput
from sessions.domain import goals
from sessions.models import Goal
from sessions.querysets import GoalQuerySet


class GoalForm(forms.Form):
    """A goal: what is counted, how many, in which time."""

    title = LineFormField(
        label=_("Goal"), help_text=_("In your own words: what will be different then?")
    )
    counter = forms.ChoiceField(
        label=_("Counted by"),
        choices=goals.choices,
        help_text=_("The platform counts it by itself; nobody types the figure."),
    )
    target = forms.IntegerField(label=_("How many"), min_value=1, max_value=9999)
    starts_on = forms.DateField(label=_("From"), validators=[validate_day], widget=DayInput())
    ends_on = forms.DateField(label=_("To"), validators=[validate_day], widget=DayInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes after the first."))
        return cleaned


class AimForm(forms.Form):
    """What a session is about and which goal it serves; the topic is typed or chosen."""

    topic = LineFormField(label=_("Topic of the charter"), required=False, limit=80)
    goal = forms.ModelChoiceField(
        label=_("Goal it serves"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("No goal"),
    )

    def __init__(self, *args: Any, names: list[str], shown: GoalQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["goal"].queryset = shown  # type: ignore[attr-defined]
        self.fields["topic"].widget.attrs |= {"list": "topics-known", "autocomplete": "off"}


class StageForm(forms.Form):
    """The life stage that somebody confirms, or another one with a reason."""

    stage = forms.ChoiceField(
        label=_("Life stage"), choices=LifeStage.choices, widget=forms.RadioSelect
    )
    why = TextFormField(label=_("Why another one than suggested?"), required=False, limit=1000)
