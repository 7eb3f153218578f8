"""The directory's filter bar, and when somebody leaves."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from experts.enums import Profession, TargetGroup
from experts.fields import CountryField


class PersonFilterForm(forms.Form):
    """What the directory is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Name or “ask me about”"), required=False)
    country = CountryField()
    profession = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *Profession.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    group = forms.ChoiceField(
        label=_("Works with"), choices=[("", _("All groups")), *TargetGroup.choices], required=False
    )


class LastDayForm(forms.Form):
    """The last day somebody is a member of a community."""

    last_day = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
        help_text=_("Rights, invitations and reminders last until the end of this day."),
    )
