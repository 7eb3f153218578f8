"""What lists and calendars are narrowed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
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
