"""What is typed about a hand-over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from experts.models import CommunityOfPractice, Person
from practices.domain.forming import handing_over
from practices.forms.forming_charters import DayInput


class HandOverForm(forms.Form):
    """Who hands over to whom, from when, and what to know."""

    before = forms.ModelChoiceField(
        label=_("Who hands over"), queryset=Person.objects.none(), empty_label=None
    )
    after = forms.ModelChoiceField(
        label=_("Who coordinates from then on"),
        queryset=Person.objects.none(),
        empty_label=_("Choose a member"),
        help_text=_("Members with an account. Both get a mail."),
    )
    on = forms.DateField(label=_("From"), validators=[validate_day], widget=DayInput())
    note = TextFormField(label=_("What to know"), required=False, limit=2000)

    def __init__(self, *args: Any, cop: CommunityOfPractice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["before"].queryset = handing_over.coordinators(cop)
        fields["after"].queryset = handing_over.candidates(cop)
