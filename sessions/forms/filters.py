"""What lists and calendars are narrowed to."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from experts.fields import CountryField
from sessions.enums import Kind


class SessionFilterForm(forms.Form):
    """What a list or a calendar of sessions is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Search"), required=False)
    country = CountryField()
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Kind.choices], required=False
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("", _("Coming up")), ("past", _("Past")), ("all", _("All"))],
        required=False,
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)


class MonthForm(forms.Form):
    """Which month a calendar shows."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False, validators=[validate_day])
    view = forms.ChoiceField(choices=[("", ""), ("month", ""), ("list", "")], required=False)

    def first_day(self, today: date) -> date:
        chosen: date | None = self.cleaned_data["month"]
        return (chosen or today).replace(day=1)
