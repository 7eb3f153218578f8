"""What a person says about calendars to subscribe to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.models import CommunityOfPractice, User
from sessions.enums import FeedScope


class NewFeedForm(forms.Form):
    """What the calendar shows."""

    scope = forms.ChoiceField(choices=FeedScope.choices)
    cop = forms.ModelChoiceField(CommunityOfPractice.objects.none(), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["cop"].queryset = CommunityOfPractice.objects.visible_to(user)  # type: ignore[attr-defined]


class AlarmForm(forms.Form):
    """When calendars ring."""

    alarm = forms.TypedChoiceField(
        label=_("Alarm"),
        choices=[
            (0, _("No alarm")),
            (5, _("5 minutes before")),
            (15, _("15 minutes before")),
            (30, _("30 minutes before")),
        ],
        coerce=int,
    )
